import type { QueryFilter } from 'mongoose';
import type { LibraryModels, LinkDoc } from '../models.ts';
import { ENOUGH, hitsOf, shareOf } from './list-sample.rules.ts';
import type { Facet } from './list-filter.rules.ts';
import { indexOf } from './list-indexes.ts';
import { Remembered } from './remembered.ts';
import { Sampler } from './sampler.ts';

/** How long an estimate is believed. It only chooses the way, never the answer. */
const FRESH_MS = 60_000;
const MOST = 5_000;
/** What is rarer than a sample can tell is counted up to here. */
const COUNTED = 2_000;

/** About how many posts some conditions let through, without reading more than a little. */
export interface Estimates {
  /** The whole list. */
  readonly all: number;
  /** What satisfies all conditions. */
  readonly answers: number;
  /** What satisfies each condition, in their order. */
  readonly matches: readonly number[];
}

/** Estimates from a sample of the list; what is too rare for that is counted, for that is soon done. */
export class Selectivity {
  readonly #link: LibraryModels['Link'];
  readonly #sampler: Sampler;
  readonly #counts = new Remembered<number>(FRESH_MS, MOST);

  constructor(link: LibraryModels['Link']) {
    this.#link = link;
    this.#sampler = new Sampler(link);
  }

  async estimate(whole: QueryFilter<LinkDoc>, facets: readonly Facet[]): Promise<Estimates> {
    const sample = await this.#sampler.of(whole);
    const matches = await Promise.all(
      facets.map(async (facet) => {
        const about = shareOf(sample, [facet]) * sample.size;
        if (hitsOf(sample.links, [facet]) >= ENOUGH) return about;
        const counted = await this.#count(whole, facet);
        return counted < COUNTED ? counted : Math.max(counted, about);
      }),
    );
    return { all: sample.size, answers: Math.min(shareOf(sample, facets) * sample.size, ...matches), matches };
  }

  async #count(whole: QueryFilter<LinkDoc>, { name, where }: Facet): Promise<number> {
    const filter = { ...whole, ...where };
    const key = JSON.stringify(filter, (_name, value: unknown) => (value instanceof RegExp ? value.source : value));
    return this.#counts.get(key, async () =>
      this.#link.countDocuments(filter, { limit: COUNTED, hint: indexOf(name).index }),
    );
  }
}
