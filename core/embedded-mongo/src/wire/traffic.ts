/** What the limit needs to know of a connection. */
export interface Holder {
  /** Bytes that are kept for it: messages that are not whole or not answered, replies that are not read. */
  readonly held: number;
  /** Ends the connection. */
  readonly drop: () => void;
}

/** Below this a connection is not looked at. */
const SMALL = 1024 * 1024;
/** What all connections together may hold. */
const POOL = 256 * 1024 * 1024;

/** Keeps bounded what clients that send in pieces or never read make the engine hold. */
export class Traffic {
  readonly #holders = new Set<Holder>();

  add(holder: Holder): void {
    this.#holders.add(holder);
  }

  remove(holder: Holder): void {
    this.#holders.delete(holder);
  }

  /** Called when a connection holds more than before; drops the largest when all together hold too much. */
  check(holder: Holder): void {
    if (holder.held < SMALL) return;
    let total = 0;
    let largest = holder;
    for (const one of this.#holders) {
      total += one.held;
      if (one.held > largest.held) largest = one;
    }
    if (total > POOL) largest.drop();
  }
}
