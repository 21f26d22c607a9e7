import type { Socket } from 'node:net';

/**
 * Lets the replies of one turn of the event loop leave together. To wake a client costs more than to answer it, and one
 * process with several connections is woken once for all of them.
 */
export class Outbox {
  #waiting: Replies[] = [];

  /** Sends these at the end of the turn. */
  add(replies: Replies): void {
    if (this.#waiting.length === 0) setImmediate(() => this.#deliver());
    this.#waiting.push(replies);
  }

  #deliver(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const replies of waiting) replies.flush();
  }
}

/** The replies to one client, in order. */
export class Replies {
  readonly #socket: Socket;
  readonly #outbox: Outbox;
  #waiting: Buffer[] = [];
  #bytes = 0;

  constructor(socket: Socket, outbox: Outbox) {
    this.#socket = socket;
    this.#outbox = outbox;
  }

  /** Bytes that the client has not taken yet. */
  get unsent(): number {
    return this.#bytes + this.#socket.writableLength;
  }

  post(reply: Buffer): void {
    if (this.#waiting.length === 0) this.#outbox.add(this);
    this.#waiting.push(reply);
    this.#bytes += reply.length;
  }

  /** Hands what waits to the socket. */
  flush(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    this.#bytes = 0;
    if (!this.#socket.writable) return;
    const [first] = waiting;
    if (first && waiting.length === 1) {
      this.#socket.write(first);
      return;
    }
    this.#socket.cork();
    for (const reply of waiting) this.#socket.write(reply);
    this.#socket.uncork();
  }
}
