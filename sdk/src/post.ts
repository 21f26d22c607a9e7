/** Kind of one item of a post. */
export type ItemKind = 'video' | 'image' | 'audio';

export interface AuthorFacts {
  /** The platform's stable id, where known. */
  readonly id?: string;
  readonly handle: string;
  readonly name?: string;
  readonly url?: string;
}

/** What is known of a post before its bytes are here. Texts are plain, as the platform sent them. */
export interface PostFacts {
  /** The platform's id of the post: the part of the key after the colon. */
  readonly postId: string;
  readonly author?: AuthorFacts;
  readonly title?: string;
  readonly caption?: string;
  /** ISO 8601. */
  readonly postedAt?: string;
  /** Without `#`, as written. */
  readonly hashtags?: readonly string[];
  readonly nsfw?: boolean;
}

export interface ItemFacts {
  /** Place in the post, from 0. */
  readonly index: number;
  readonly kind: ItemKind;
  readonly width?: number;
  readonly height?: number;
  /** Seconds. */
  readonly duration?: number;
  /** Bytes, where the platform says so. */
  readonly totalBytes?: number;
}

export interface PostProbe {
  readonly post: PostFacts;
  /** May be incomplete: an engine that probes and fetches in one run can find more while it fetches. */
  readonly items: readonly ItemFacts[];
}

/** A fetched file of a post. */
export interface FetchedItem {
  readonly index: number;
  readonly kind: ItemKind;
  /** Absolute path inside the staging directory. */
  readonly path: string;
  /** Engine that brought it, e.g. `yt-dlp`. */
  readonly engine: string;
}
