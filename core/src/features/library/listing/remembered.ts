interface Known<T> {
  readonly value: Promise<T>;
  readonly until: number;
}

/** Answers that are believed for a while. Who asks while one is being made waits for that one. */
export class Remembered<T> {
  readonly #known = new Map<string, Known<T>>();
  readonly #freshMs: number;
  readonly #most: number;

  /** @param most beyond so many the oldest are forgotten */
  constructor(freshMs: number, most: number) {
    this.#freshMs = freshMs;
    this.#most = most;
  }

  async get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known !== undefined && known.until > Date.now()) return known.value;
    const value = make();
    this.#known.delete(key);
    this.#known.set(key, { value, until: Date.now() + this.#freshMs });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#most) break;
      this.#known.delete(oldest);
    }
    try {
      return await value;
    } catch (error) {
      // A failure is not remembered.
      if (this.#known.get(key)?.value === value) this.#known.delete(key);
      throw error;
    }
  }
}
