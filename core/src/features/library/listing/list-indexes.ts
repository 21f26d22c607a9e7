import type { ListIndex } from './link-fields.ts';
import type { SortField } from './list-sort.ts';

/** A kind of condition. */
export type FacetName =
  | 'added'
  | 'posted'
  | 'platform'
  | 'kind'
  | 'author'
  | 'duration'
  | 'folders'
  | 'labels'
  | 'terms'
  | 'favourite'
  | 'inbox';

/** For each kind of condition the index that finds its posts in the order of a field. */
const BY_ORDER: Readonly<Record<FacetName, Partial<Record<SortField, ListIndex>>>> = {
  added: { addedAt: 'list_by_added' },
  posted: { postedAt: 'list_by_posted' },
  platform: { addedAt: 'list_platform', postedAt: 'list_platform_posted' },
  kind: { addedAt: 'list_kind', size: 'list_kind_size' },
  author: { addedAt: 'list_author', postedAt: 'list_author_posted' },
  duration: {},
  folders: {
    addedAt: 'list_folders',
    postedAt: 'list_folders_posted',
    size: 'list_folders_size',
    shuffle: 'list_folders_shuffle',
  },
  labels: { addedAt: 'list_labels', postedAt: 'list_labels_posted' },
  terms: { addedAt: 'list_terms' },
  favourite: {
    addedAt: 'list_favourite',
    postedAt: 'list_favourite_posted',
    size: 'list_favourite_size',
    shuffle: 'list_favourite_shuffle',
  },
  inbox: { addedAt: 'list_inbox' },
};

/** The index for a condition when the order is no matter. */
const ANY: Readonly<Record<FacetName, ListIndex>> = {
  added: 'list_by_added',
  posted: 'list_by_posted',
  platform: 'list_platform',
  kind: 'list_kind',
  author: 'list_author',
  duration: 'list_duration',
  folders: 'list_folders',
  labels: 'list_labels',
  terms: 'list_terms',
  favourite: 'list_favourite',
  inbox: 'list_inbox',
};

/** The index that finds the posts of a condition, and whether it holds them in the order of a field. */
export function indexOf(facet: FacetName, order?: SortField): { index: ListIndex; ordered: boolean } {
  const index = order === undefined ? undefined : BY_ORDER[facet][order];
  return { index: index ?? ANY[facet], ordered: index !== undefined || order === undefined };
}
