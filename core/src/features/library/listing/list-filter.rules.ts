import { parseTerms } from '../terms.rules.ts';
import { INBOX } from './library-filter.ts';
import type { LibraryFilter } from './library-filter.ts';
import { authorKey, labelOf } from './list-facts.rules.ts';

const MAX_WORDS = 12;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** One condition of a list, and the index that finds its posts. */
export interface Facet {
  /** Name of an index in LIST_INDEXES. */
  readonly index:
    | 'list_added'
    | 'list_posted'
    | 'list_platform'
    | 'list_kind'
    | 'list_author'
    | 'list_duration'
    | 'list_folders'
    | 'list_labels'
    | 'list_terms'
    | 'list_favourite'
    | 'list_inbox';
  /** A MongoDB condition on one field. */
  readonly where: Readonly<Record<string, unknown>>;
  /** Whether the index holds the posts of this facet in the order of the time they were added. */
  readonly ordered: boolean;
}

/** The conditions of a filter one by one. `folders`: what the filter's folder stands for, with those inside. */
export function facetsOf(filter: LibraryFilter, folders: readonly unknown[] = []): Facet[] {
  const { kind, platform, q, from, to, postedFrom, postedTo, folder, tag, author, favourite } = filter;
  const facets: Facet[] = [];
  const add = (index: Facet['index'], where: Facet['where'], ordered = true): void => {
    facets.push({ index, where, ordered });
  };
  if (kind !== undefined) add('list_kind', { kind });
  if (platform !== undefined) add('list_platform', { platform });
  if (folder === INBOX) add('list_inbox', { inbox: true });
  else if (folder !== undefined)
    add('list_folders', { folders: folders.length === 1 ? folders[0] : { $in: folders } }, folders.length === 1);
  if (tag !== undefined) add('list_labels', { labels: labelOf(tag) });
  if (author !== undefined) add('list_author', { author: authorKey(author) });
  if (favourite === true) add('list_favourite', { favourite: true });
  if (from ?? to) add('list_added', { addedAt: between(from, to) });
  if (postedFrom ?? postedTo) add('list_posted', { postedAt: between(postedFrom, postedTo) }, false);
  const duration = durations(filter);
  if (duration !== undefined) add('list_duration', { duration }, false);
  for (const word of wordsOf(q)) add('list_terms', { terms: beginsWith(word) }, false);
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
