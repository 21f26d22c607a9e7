import { Schema } from 'mongoose';
import type { Types } from 'mongoose';

/** What a person does with a post, and what lists sort and filter by. */
export interface LinkListFields {
  readonly author: string;
  /** Folders that hold it; none: it is in the inbox. */
  readonly folders: Types.ObjectId[];
  /** Set while it is in no folder; an index of its own, for an empty array has no place in one. */
  readonly inbox?: true;
  /** The person's own, as typed. */
  readonly tags: string[];
  readonly labels: string[];
  readonly favourite?: true;
  readonly note?: string;
  /** Own title. */
  readonly title?: string;
  /** Indexes of items that the person does not want to see. */
  readonly hidden?: number[];
  readonly size: number;
  readonly duration: number;
  /** In [0, 1), drawn once: the order of a shuffled list. */
  readonly shuffle: number;
  /** Counts the changes of what a person said: of two at once one starts again. */
  readonly rev: number;
  /** Set when the post was fetched with the person's account: it is shown to nobody else. */
  readonly own?: true;
}

export const linkListFields = {
  author: String,
  folders: { type: [Schema.Types.ObjectId], default: undefined },
  inbox: Boolean,
  tags: { type: [String], default: undefined },
  labels: { type: [String], default: undefined },
  favourite: Boolean,
  note: String,
  title: String,
  hidden: { type: [Number], default: undefined },
  size: Number,
  duration: Number,
  shuffle: Number,
  rev: Number,
  own: Boolean,
};

/** The part of an index that comes before the sort field: each list is of one person and one state. */
const WHOSE = { user: 1, state: 1 } as const;

/** The part behind the order: a key tells whether its post passes, before that one is fetched from somewhere else. */
const TOLD = { kind: 1, platform: 1, duration: 1 } as const;

/**
 * Indexes of lists by name. Two arrays cannot share one. Those of an order tell of each post what else may be asked; the
 * others end with what they sort by. Folders and favourites have one for each order, what else a person opens by itself
 * has one for each of the two times; the rest is met so often on the way along an order that it needs none. Except for
 * kinds by size: the largest posts are all of one kind; and for words of favourites, which are few among many.
 */
export const LIST_INDEXES = {
  list_by_added: { ...WHOSE, addedAt: 1, _id: 1, postedAt: 1, ...TOLD },
  list_by_posted: { ...WHOSE, postedAt: 1, _id: 1, addedAt: 1, ...TOLD },
  list_by_size: { ...WHOSE, size: 1, _id: 1, addedAt: 1, postedAt: 1, ...TOLD },
  list_by_shuffle: { ...WHOSE, shuffle: 1, _id: 1, addedAt: 1, postedAt: 1, ...TOLD },
  list_platform: { ...WHOSE, platform: 1, addedAt: 1, _id: 1 },
  list_platform_posted: { ...WHOSE, platform: 1, postedAt: 1, _id: 1 },
  list_kind: { ...WHOSE, kind: 1, addedAt: 1, _id: 1 },
  list_kind_size: { ...WHOSE, kind: 1, size: 1, _id: 1 },
  list_author: { ...WHOSE, author: 1, addedAt: 1, _id: 1 },
  list_author_posted: { ...WHOSE, author: 1, postedAt: 1, _id: 1 },
  list_duration: { ...WHOSE, duration: 1 },
  list_folders: { ...WHOSE, folders: 1, addedAt: 1, _id: 1 },
  list_folders_posted: { ...WHOSE, folders: 1, postedAt: 1, _id: 1 },
  list_folders_size: { ...WHOSE, folders: 1, size: 1, _id: 1 },
  list_folders_shuffle: { ...WHOSE, folders: 1, shuffle: 1, _id: 1 },
  list_labels: { ...WHOSE, labels: 1, addedAt: 1, _id: 1 },
  list_labels_posted: { ...WHOSE, labels: 1, postedAt: 1, _id: 1 },
  list_terms: { ...WHOSE, terms: 1, addedAt: 1, _id: 1 },
  list_favourite: { ...WHOSE, favourite: 1, addedAt: 1, _id: 1 },
  list_favourite_terms: { ...WHOSE, favourite: 1, terms: 1, addedAt: 1, _id: 1 },
  list_favourite_posted: { ...WHOSE, favourite: 1, postedAt: 1, _id: 1 },
  list_favourite_size: { ...WHOSE, favourite: 1, size: 1, _id: 1 },
  list_favourite_shuffle: { ...WHOSE, favourite: 1, shuffle: 1, _id: 1 },
  list_inbox: { ...WHOSE, inbox: 1, addedAt: 1, _id: 1 },
} as const;
export type ListIndex = keyof typeof LIST_INDEXES;

/** Those that hold only the documents which have the field. */
const PARTIAL: Partial<Record<ListIndex, Record<string, unknown>>> = {
  list_favourite: { favourite: true },
  list_favourite_terms: { favourite: true },
  list_favourite_posted: { favourite: true },
  list_favourite_size: { favourite: true },
  list_favourite_shuffle: { favourite: true },
  list_inbox: { inbox: true },
  list_duration: { duration: { $gt: 0 } },
};

export function addListIndexes(schema: Schema): void {
  for (const [name, key] of Object.entries(LIST_INDEXES)) {
    const partial = PARTIAL[name as ListIndex];
    schema.index(key, { name, ...(partial !== undefined && { partialFilterExpression: partial }) });
  }
}

/** Indexes of earlier versions that nothing uses any more. */
export const OLD_INDEXES: readonly string[] = [
  'user_1_addedAt_-1__id_-1',
  'user_1_postedAt_-1__id_-1',
  'user_1_terms_1',
  'list_added',
  'list_posted',
  'list_size',
  'list_shuffle',
];
