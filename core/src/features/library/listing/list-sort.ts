import type { QueryFilter } from 'mongoose';
import type { LinkDoc } from '../models.ts';
import type { Cursor } from '../cursor.rules.ts';
import type { ListIndex } from './link-fields.ts';

/** What lists are sorted by. */
export type SortField = 'addedAt' | 'postedAt' | 'size' | 'shuffle';

interface Order {
  readonly field: SortField;
  readonly direction: 1 | -1;
  readonly index: ListIndex;
}

export const LibrarySort = {
  added_desc: { field: 'addedAt', direction: -1, index: 'list_by_added' },
  added_asc: { field: 'addedAt', direction: 1, index: 'list_by_added' },
  posted_desc: { field: 'postedAt', direction: -1, index: 'list_by_posted' },
  posted_asc: { field: 'postedAt', direction: 1, index: 'list_by_posted' },
  size_desc: { field: 'size', direction: -1, index: 'list_by_size' },
  size_asc: { field: 'size', direction: 1, index: 'list_by_size' },
  random: { field: 'shuffle', direction: 1, index: 'list_by_shuffle' },
} as const satisfies Record<string, Order>;
export type LibrarySort = keyof typeof LibrarySort;
export const LIBRARY_SORTS = Object.keys(LibrarySort) as readonly LibrarySort[];

export function valueOf(link: LinkDoc, sort: LibrarySort): number {
  return Number(link[LibrarySort[sort].field]);
}

/** What comes after a cursor in the order. */
export function afterCursor(sort: LibrarySort, { value, id }: Cursor): QueryFilter<LinkDoc> {
  const { field, direction } = LibrarySort[sort];
  const at = field === 'addedAt' || field === 'postedAt' ? new Date(value) : value;
  const beyond = direction === 1 ? '$gt' : '$lt';
  return {
    // Says nothing new, but the index can begin there.
    [field]: { [`${beyond}e`]: at },
    $or: [{ [field]: { [beyond]: at } }, { [field]: at, _id: { [beyond]: id } }],
  };
}

/** Where a shuffled list begins: the same seed gives the same order. */
export function startOfSeed(seed: number): number {
  // Weyl's sequence with the golden ratio: seeds that are neighbours begin far from each other.
  return (Math.abs(Math.trunc(seed)) * 0.618_033_988_749_895) % 1;
}
