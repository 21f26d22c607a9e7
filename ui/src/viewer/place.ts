import type { Post } from '../api/types.ts';

/** Where one is: in the post, and in the list that lies underneath. */
export interface Place {
  /** Item, counted from 0. */
  readonly index: number;
  /** Post in the list, counted from 0; -1 for one that came by its address. */
  readonly at: number;
  readonly previous: Post | undefined;
  readonly next: Post | undefined;
}

/** @param item - counted from 1, as in the address; too large means the last one */
export function placeOf(post: Post | undefined, postId: string, item: number, posts: readonly Post[]): Place {
  const at = posts.findIndex(({ id }) => id === postId);
  return {
    index: Math.max(0, Math.min(item, post?.items.length ?? 1) - 1),
    at,
    previous: at > 0 ? posts[at - 1] : undefined,
    next: at >= 0 ? posts[at + 1] : undefined,
  };
}
