/** A value that is read once and known until it is changed: for what this process alone writes. */
export class Remembered<T> {
  readonly #read: () => Promise<T>;
  readonly #alone: boolean;
  #known: Promise<T> | undefined;

  /** @param alone false where others write too: then it is read each time */
  constructor(read: () => Promise<T>, alone: boolean) {
    this.#read = read;
    this.#alone = alone;
  }

  get(): Promise<T> {
    if (!this.#alone) return this.#read();
    if (this.#known !== undefined) return this.#known;
    const reading = this.#read();
    this.#known = reading;
    reading.catch(() => {
      // Whoever comes next tries again.
      if (this.#known === reading) this.#known = undefined;
    });
    return reading;
  }

  /** Makes a change; who asks from now on, or asks while it is made, does not get what was read before. */
  async change<R>(write: () => Promise<R>): Promise<R> {
    try {
      return await write();
    } finally {
      this.#known = undefined;
    }
  }
}
