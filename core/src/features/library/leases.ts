import { randomUUID } from 'node:crypto';
import type { Lease } from '../media/index.ts';

/** Makes and judges the leases of one server. */
export class Leases {
  readonly #server: string;
  readonly #ms: number;

  constructor(server: string, ms: number) {
    this.#server = server;
    this.#ms = ms;
  }

  make(): Lease {
    return { server: this.#server, token: randomUUID(), until: new Date(Date.now() + this.#ms) };
  }

  /** Whether nobody works on it any more. `mine`: nobody in this process does, so that its own leases do not count. */
  expired(lease: Lease | undefined, mine: boolean): boolean {
    return lease === undefined || lease.until.getTime() < Date.now() || (mine && lease.server === this.#server);
  }
}
