import type { QueryFilter } from 'mongoose';
import type { LibraryModels, LinkDoc } from '../models.ts';
import { Remembered } from './remembered.ts';
import type { Sample } from './list-sample.rules.ts';
import { sizeFrom } from './list-sample.rules.ts';

const SIZE = 600;
const FRESH_MS = 5 * 60_000;
/** Samples are large; who looks at a list seldom is drawn for anew. */
const MOST = 20;
/** What conditions ask about. */
const FIELDS = {
  _id: 0,
  kind: 1,
  platform: 1,
  author: 1,
  folders: 1,
  inbox: 1,
  labels: 1,
  terms: 1,
  favourite: 1,
  addedAt: 1,
  postedAt: 1,
  duration: 1,
  shuffle: 1,
} as const;

/** Draws links of a list by chance, to know how common the answers to a question are without counting them. */
export class Sampler {
  readonly #link: LibraryModels['Link'];
  readonly #samples = new Remembered<Sample>(FRESH_MS, MOST);

  constructor(link: LibraryModels['Link']) {
    this.#link = link;
  }

  /** @param whole whose list, and which state: the beginning of every index */
  async of(whole: QueryFilter<LinkDoc>): Promise<Sample> {
    return this.#samples.get(JSON.stringify(whole), async () => this.#draw(whole));
  }

  /** Each link has its place on a ring by chance: a stretch of the ring is a sample, and its length tells how many all are. */
  async #draw(whole: QueryFilter<LinkDoc>): Promise<Sample> {
    const start = Math.random();
    const first = await this.#stretch({ ...whole, shuffle: { $gte: start } }, SIZE);
    const second =
      first.length === SIZE ? [] : await this.#stretch({ ...whole, shuffle: { $lt: start } }, SIZE - first.length);
    const links = [...first, ...second];
    if (links.length < SIZE) return { links, size: links.length };
    const end = links.at(-1)?.shuffle ?? start;
    return { links, size: sizeFrom(SIZE, end >= start ? end - start : 1 - start + end) };
  }

  async #stretch(
    where: QueryFilter<LinkDoc>,
    limit: number,
  ): Promise<(Record<string, unknown> & { readonly shuffle: number })[]> {
    return this.#link
      .find(where, FIELDS)
      .sort({ shuffle: 1, _id: 1 })
      .limit(limit)
      .hint('list_by_shuffle')
      .lean<(Record<string, unknown> & { readonly shuffle: number })[]>();
  }
}
