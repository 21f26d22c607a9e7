/** Handed out now and then by long work, so that who runs it can let others have their turn. */
export const PAUSE: unique symbol = Symbol('pause');

/** How long one turn of long work lasts, in milliseconds. */
const TURN = 4;

/** Says when it is time to pause. */
export class Turn {
  readonly #length: number;
  #until: number;

  /** @param length of a turn, in milliseconds */
  constructor(length = TURN) {
    this.#length = length;
    this.#until = performance.now() + length;
  }

  over(): boolean {
    const now = performance.now();
    if (now < this.#until) return false;
    this.#until = now + this.#length;
    return true;
  }
}

/** Waits for the other events of this turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
