import { parseTerms } from '../terms.rules.ts';
import { INBOX } from './library-filter.ts';
import type { LibraryFilter } from './library-filter.ts';
import type { FacetName } from './list-indexes.ts';
import { authorKey, labelOf } from './list-facts.rules.ts';

const MAX_WORDS = 12;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** One condition of a list. */
export interface Facet {
  readonly name: FacetName;
  /** A MongoDB condition on one field. */
  readonly where: Readonly<Record<string, unknown>>;
}

/** The conditions of a filter one by one. `folders`: what the filter's folder stands for, with those inside. */
export function facetsOf(filter: LibraryFilter, folders: readonly unknown[] = []): Facet[] {
  const { kind, platform, q, from, to, postedFrom, postedTo, folder, tag, author, favourite } = filter;
  const facets: Facet[] = [];
  const add = (name: FacetName, where: Facet['where']): void => {
    facets.push({ name, where });
  };
  if (kind !== undefined) add('kind', { kind });
  if (platform !== undefined) add('platform', { platform });
  if (folder === INBOX) add('inbox', { inbox: true });
  else if (folder !== undefined) add('folders', { folders: folders.length === 1 ? folders[0] : { $in: folders } });
  if (tag !== undefined) add('labels', { labels: labelOf(tag) });
  if (author !== undefined) add('author', { author: authorKey(author) });
  if (favourite === true) add('favourite', { favourite: true });
  if (from ?? to) add('added', { addedAt: between(from, to) });
  if (postedFrom ?? postedTo) add('posted', { postedAt: between(postedFrom, postedTo) });
  const duration = durations(filter);
  if (duration !== undefined) add('duration', { duration });
  for (const word of wordsOf(q)) add('terms', { terms: beginsWith(word) });
  return facets;
}

/** Words of a search; the shorter of two that begin alike says nothing more. */
export function wordsOf(q: string | undefined): string[] {
  const words = q === undefined ? [] : parseTerms([q], MAX_WORDS);
  return words.filter((word) => !words.some((other) => other !== word && other.startsWith(word)));
}

function durations({ minDuration, maxDuration }: LibraryFilter): Record<string, number> | undefined {
  if (minDuration === undefined && maxDuration === undefined) return undefined;
  // What has no length is never long or short enough; this also is what the index holds.
  return {
    ...(minDuration === undefined || minDuration <= 0 ? { $gt: 0 } : { $gte: minDuration }),
    ...(maxDuration !== undefined && { $lte: maxDuration }),
  };
}

function between(from: Date | undefined, to: Date | undefined): Record<string, Date> {
  return { ...(from && { $gte: from }), ...(to && { $lte: to }) };
}

function beginsWith(word: string): RegExp {
  return new RegExp(`^${word.replace(SPECIAL, '\\$&')}`);
}
