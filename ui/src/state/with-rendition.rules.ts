import type { Post, RenditionState } from '../api/types.ts';

/** The post, with the playable form of its item as soon as there is one. */
export function withRendition(post: Post, { index, rendition }: Pick<RenditionState, 'index' | 'rendition'>): Post {
  if (!rendition) return post;
  return { ...post, items: post.items.map((item) => (item.index === index ? { ...item, rendition } : item)) };
}
