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
    return { server: this.#server, token: randomUUID(), until: this.#end() };
  }

  /** Milliseconds after which who still works should renew. */
  get renewalMs(): number {
    return this.#ms / 3;
  }

  /** The same lease, from now on. */
  renew(lease: Lease): Lease {
    return { ...lease, until: this.#end() };
  }

  /** Whether a third of it is over, so that who still works should renew it. */
  wantsRenewal(lease: Lease): boolean {
    return lease.until.getTime() - Date.now() < (this.#ms * 2) / 3;
  }

  /** Whether nobody works on it any more. `mine`: nobody in this process does, so that its own leases do not count. */
  expired(lease: Lease | undefined, mine: boolean): boolean {
    return lease === undefined || lease.until.getTime() < Date.now() || (mine && lease.server === this.#server);
  }

  /** The same as a condition; `mine` as the caller holds this process's mutex of the post. */
  free(): { $or: object[] } {
    return { $or: [{ 'lease.until': { $not: { $gt: new Date() } } }, { 'lease.server': this.#server }] };
  }

  #end(): Date {
    return new Date(Date.now() + this.#ms);
  }
}
