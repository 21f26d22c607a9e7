import type { MediaItem, Post } from '../api/types.ts';
import { isSparing } from '../elements/sparing.ts';

/** What is played of a post while somebody rests on its card; nothing where there is nothing that moves, or it is veiled. */
export const previewOf = (post: Pick<Post, 'items' | 'nsfw'>): MediaItem | undefined =>
  post.nsfw ? undefined : post.items.find(({ kind }) => kind === 'video');

/** True where nothing should move unasked, or each byte costs. */
export function isQuiet(): boolean {
  return (
    isSparing() ||
    document.documentElement.classList.contains('less-motion') ||
    window.matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
