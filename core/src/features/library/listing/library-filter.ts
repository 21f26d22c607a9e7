import type { PostKind } from '../post-kind.ts';

/** Stands for a folder's id: the posts that are in no folder. */
export const INBOX = 'inbox';

/** What a list shows. All conditions hold together. */
export interface LibraryFilter {
  readonly kind?: PostKind;
  readonly platform?: string;
  /** Words or beginnings of words. */
  readonly q?: string;
  /** When it was added. */
  readonly from?: Date;
  readonly to?: Date;
  readonly postedFrom?: Date;
  readonly postedTo?: Date;
  /** A folder's id, or {@link INBOX}. */
  readonly folder?: string;
  /** With the posts of all folders inside. @default false */
  readonly subfolders?: boolean;
  readonly tag?: string;
  /** Handle, with or without its `@`. */
  readonly author?: string;
  readonly favourite?: boolean;
  /** Seconds of the longest item. */
  readonly minDuration?: number;
  /** Seconds of the longest item. */
  readonly maxDuration?: number;
  /** What is in the trash, instead of what is not. @default false */
  readonly trash?: boolean;
}
