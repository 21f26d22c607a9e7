/** The longest message. */
export const MAX_MESSAGE = 48_000_000;

export const HEADER = 16;

export const OpCode = { reply: 1, query: 2004, compressed: 2012, msg: 2013 } as const;

/** A whole message. */
export interface Message {
  readonly id: number;
  readonly opCode: number;
  /** What follows the header. */
  readonly payload: Buffer;
}

/** Cuts a stream of bytes into messages. */
export class Framer {
  #chunks: Buffer[] = [];
  #length = 0;

  /** Bytes that wait for the rest of their message. */
  get length(): number {
    return this.#length;
  }

  /**
   * Takes bytes; gives the messages that are complete.
   * @throws RangeError when a length cannot be
   */
  push(chunk: Buffer): Message[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const messages: Message[] = [];
    while (this.#length >= HEADER) {
      const length = this.#peek();
      if (length < HEADER || length > MAX_MESSAGE) throw new RangeError(`a message of ${length} bytes`);
      if (this.#length < length) break;
      const bytes = this.#take(length);
      messages.push({ id: bytes.readInt32LE(4), opCode: bytes.readInt32LE(12), payload: bytes.subarray(HEADER) });
    }
    return messages;
  }

  #peek(): number {
    const [first] = this.#chunks;
    if (first && first.length >= 4) return first.readInt32LE(0);
    this.#join();
    return this.#chunks[0]?.readInt32LE(0) ?? 0;
  }

  #join(): Buffer {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first) return first;
    const joined = Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [joined];
    return joined;
  }

  #take(length: number): Buffer {
    const all = this.#join();
    const rest = all.subarray(length);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length -= length;
    return all.subarray(0, length);
  }
}
