import type { Post } from '../api/types.ts';
import { buildFilterQuery } from '../router/filter.ts';
import type { Filter } from '../router/filter.ts';
import { toInput, toListInput } from './passes.rules.ts';
import type { FilterInput } from './passes.rules.ts';

/** How what lies beyond an end of a list is asked for. */
export interface Beyond {
  readonly filter: FilterInput;
  /** Null: from where the filter begins. */
  readonly cursor: string | null;
}

/** What is as old as a post, and older; the post is among it. */
export const olderThan = (filter: Filter, { addedAt }: Post): Beyond => ({
  filter: { ...toInput(filter), to: addedAt },
  cursor: null,
});

/** What is as new as a post, and newer; the post is among it. */
export const newerThan = (filter: Filter, { addedAt }: Post): Beyond => ({
  filter: { ...toInput(filter), from: addedAt },
  cursor: null,
});

/** What is newer than the month that a list begins with; nothing for a list that begins with the newest. */
export function newerThanMonth(filter: Filter): Beyond | undefined {
  if (!filter.at) return undefined;
  const all = toInput(filter);
  const { to = '' } = toListInput(filter);
  const from = new Date(Date.parse(to) + 1).toISOString();
  if (all.to !== undefined && all.to < from) return undefined;
  return { filter: { ...all, from: all.from !== undefined && all.from > from ? all.from : from }, cursor: null };
}

/** Where reading a list begins. */
export const firstOf = (filter: Filter): Beyond => ({ filter: toListInput(filter), cursor: null });

export const sameFilter = (a: Filter, b: Filter): boolean => buildFilterQuery(a) === buildFilterQuery(b);

/** A search or a chip narrows a place down; another folder is another place. */
export const samePlace = (a: Filter, b: Filter): boolean =>
  a.folder === b.folder && a.tag === b.tag && a.favourite === b.favourite && a.trash === b.trash;
