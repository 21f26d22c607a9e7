import type { Doc } from '../bson/values.ts';
import { MongoError, mongoError } from '../errors.ts';

/** Who sends commands over one connection. */
export interface Client {
  readonly connectionId: number;
  /** `127.0.0.1:PORT`, or `anonymous unix socket`. */
  readonly address: string;
  /** What the client calls itself in its first hello. */
  appName: string;
}

/** A command that runs, as others see it. */
export interface Running {
  readonly name: string;
  readonly database: string;
  readonly body: Doc;
  readonly client: Client;
  readonly operation: Operation;
}

let lastOperation = 0;

/** One command on its way: it ends early when its time is over or somebody kills it. */
export class Operation {
  readonly id: number = ++lastOperation;
  readonly startedAt: number = performance.now();
  #deadline: number;
  #killed = false;

  /** @param milliseconds how long it may take; 0 for ever */
  constructor(milliseconds = 0) {
    this.#deadline = milliseconds > 0 ? this.startedAt + milliseconds : Infinity;
  }

  /** Milliseconds that are left; Infinity without a limit. */
  left(): number {
    return this.#deadline - performance.now();
  }

  /** Sets the time that a cursor has left, for a getMore. */
  limit(milliseconds: number): void {
    this.#deadline = performance.now() + milliseconds;
  }

  kill(): void {
    this.#killed = true;
  }

  /** @throws MongoError 50 or 11601 */
  check(): void {
    if (this.#killed) throw new MongoError(11601, 'operation was interrupted');
    if (performance.now() > this.#deadline) throw mongoError('MaxTimeMSExpired', 'operation exceeded time limit');
  }
}
