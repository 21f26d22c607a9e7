/** Handed out now and then by a long read, so that its reader can let others have their turn. */
export const PAUSE: unique symbol = Symbol('pause');

/** Waits for the other events of this turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
