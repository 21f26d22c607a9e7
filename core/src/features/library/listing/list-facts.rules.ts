import type { PostDoc } from '../models.ts';
import { foldText, parseTerms } from '../terms.rules.ts';

/** What a person has said of a post, as far as lists find it by that. */
export interface OwnWords {
  readonly title?: string | undefined;
  readonly tags?: readonly string[];
}

/** What a link copies of its post, so that one index answers a list. */
export interface ListFacts {
  readonly platform: string;
  readonly kind: PostDoc['kind'];
  /** Folded handle of the author; empty when unknown. */
  readonly author: string;
  /** Folded tags, the person's own and the post's. */
  readonly labels: string[];
  readonly terms: string[];
  /** Bytes of all items. */
  readonly size: number;
  /** Seconds of the longest item; 0 for pictures. */
  readonly duration: number;
}

const MAX_LABELS = 100;

/** Everything by which a post is found in one person's library. */
export function listFactsOf(post: PostDoc, own: OwnWords = {}): ListFacts {
  const { platform, kind, size, author, hashtags, items } = post;
  const tags = [...(own.tags ?? []), ...hashtags];
  return {
    platform,
    kind,
    size,
    author: author === undefined ? '' : authorKey(author.handle),
    labels: [...new Set(tags.map(labelOf))].filter((label) => label !== '').slice(0, MAX_LABELS),
    terms: parseTerms([
      own.title,
      ...tags,
      post.title,
      author?.handle,
      author?.name,
      platform,
      post.key.slice(post.key.indexOf(':') + 1),
      post.caption,
    ]),
    duration: items.reduce((longest, { duration = 0 }) => Math.max(longest, duration), 0),
  };
}

/** How a tag is compared: folded, without its `#`. */
export function labelOf(tag: string): string {
  return foldText(tag.trim().replace(/^#+/, ''));
}

/** How an author is compared: the handle folded, without its `@`. */
export function authorKey(handle: string): string {
  return foldText(handle.trim().replace(/^@+/, ''));
}
