import type { Count, Post } from '../api/types.ts';
import type { Beyond } from './list-ends.rules.ts';

/** What somebody looked at: a key of the list, and how far below the upper edge of the screen it was, in CSS pixels. */
export interface Spot {
  readonly key: string;
  readonly y: number;
}

/** A list that somebody may come back to, as far as it was read. */
export interface KeptList {
  readonly posts: readonly Post[];
  readonly start: number;
  readonly older: Beyond | undefined;
  readonly newer: Beyond | undefined;
  /** See `Library.numberOf`. */
  readonly before: number | undefined;
  readonly spot: Spot | undefined;
  readonly count: Count | undefined;
}

const MOST = 6;

/** The lists that were left last, for going back to the same place. */
export class KeptLists {
  readonly #lists = new Map<string, KeptList>();

  get(key: string): KeptList | undefined {
    return this.#lists.get(key);
  }

  keep(key: string, list: KeptList): void {
    this.#lists.delete(key);
    this.#lists.set(key, list);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > MOST && oldest !== undefined) this.#lists.delete(oldest);
  }

  /** They may no longer hold. */
  forget(): void {
    this.#lists.clear();
  }
}
