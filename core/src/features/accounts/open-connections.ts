/** Streams and sockets that are open for a session, so that they end with it. */
export class OpenConnections {
  readonly #ends = new Map<string, Set<() => void>>();

  /** `end` is called when the session is over, unless the returned function was called before. */
  add(sessionId: string, end: () => void): () => void {
    const ends = this.#ends.get(sessionId) ?? new Set();
    this.#ends.set(sessionId, ends.add(end));
    return () => {
      ends.delete(end);
      if (ends.size === 0 && this.#ends.get(sessionId) === ends) this.#ends.delete(sessionId);
    };
  }

  /** Sessions that have something open. */
  get sessions(): string[] {
    return [...this.#ends.keys()];
  }

  endAll(sessionId: string): void {
    const ends = this.#ends.get(sessionId) ?? [];
    this.#ends.delete(sessionId);
    for (const end of ends) end();
  }
}
