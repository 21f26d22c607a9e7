import type { AuthorFacts, ItemKind } from './post.ts';

/** A post as a profile or a list shows it. */
export interface ListedPost {
  /** Its address; judged by the manifest's patterns, like one that a person sends. */
  readonly url: string;
  readonly title?: string;
  readonly author?: AuthorFacts;
  /** ISO 8601. */
  readonly postedAt?: string;
  /** Kinds of its items, where the listing tells them all. */
  readonly kinds?: readonly ItemKind[];
  /** Stands first without being the newest. */
  readonly pinned?: boolean;
  /** What of the download's options is another one for this post. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** How a profile or a list is to be read. */
export interface ListRequest {
  /** Posts that are wanted, counted after what the options leave out. */
  readonly limit: number;
}
