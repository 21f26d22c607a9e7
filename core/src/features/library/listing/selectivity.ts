import type { QueryFilter } from 'mongoose';
import type { LinkDoc } from '../models.ts';
import type { LibraryModels } from '../models.ts';
import type { ListIndex } from './link-fields.ts';

/** How long an estimate is believed. It only chooses the way, never the answer. */
const FRESH_MS = 60_000;
const MOST = 5_000;
/** What a page shows, about. */
const PAGE = 60;

interface Estimate {
  readonly value: number;
  readonly until: number;
}

/** About how many posts a condition lets through, remembered for a minute. */
export class Selectivity {
  readonly #link: LibraryModels['Link'];
  readonly #known = new Map<string, Estimate>();

  constructor(link: LibraryModels['Link']) {
    this.#link = link;
  }

  /** Entries of the whole list. */
  async all(where: QueryFilter<LinkDoc>): Promise<number> {
    return this.#remember(keyOf(where), async () => this.#link.countDocuments(where));
  }

  /**
   * Counts all, or up to what is worth reading. With a hint documents are read: only where no index has all that is asked.
   */
  async matches(
    where: QueryFilter<LinkDoc>,
    { index, bounded, hinted }: { index: ListIndex; bounded: boolean; hinted: boolean },
    all: number,
  ): Promise<number> {
    return this.#remember(keyOf(where), async () => {
      if (!bounded) return this.#link.countDocuments(where);
      // Above this the walk along the order finds a page sooner: PAGE × all / matches < matches.
      const limit = Math.ceil(Math.sqrt(PAGE * all)) + 1;
      const found = await this.#link.countDocuments(where, hinted ? { limit, hint: index } : { limit });
      return found < limit ? found : Math.max(found, all / 20);
    });
  }

  async #remember(key: string, count: () => Promise<number>): Promise<number> {
    const known = this.#known.get(key);
    if (known !== undefined && known.until > Date.now()) return known.value;
    const value = await count();
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(key, { value, until: Date.now() + FRESH_MS });
    return value;
  }
}

function keyOf(where: QueryFilter<LinkDoc>): string {
  return JSON.stringify(where, (_name, value: unknown) => (value instanceof RegExp ? value.source : value));
}
