import { coverOf } from '../api/media-url.ts';
import type { Job, Post } from '../api/types.ts';

/** A place on the wall: a post, or a download that will become one. */
export type WallItem =
  { readonly post: Post; readonly job?: undefined } | { readonly job: Job; readonly post?: undefined };

export const wallKey = (item: WallItem): string => (item.post ? `p${item.post.id}` : `j${item.job.id}`);

/** No card is narrower than a phone's screen or flatter than a cinema's. */
const NARROWEST = 9 / 18;
const FLATTEST = 2.2;
const COMING = 4 / 5;
const SOUND_WITHOUT_COVER = 4 / 3;

/** Width : height of what the card shows, known before any picture is. */
export function ratioOf(item: WallItem): number {
  if (!item.post) return COMING;
  const cover = coverOf(item.post);
  if (!cover) return 1;
  if (cover.kind === 'audio' && cover.thumbnails.length === 0) return SOUND_WITHOUT_COVER;
  if (!cover.width || !cover.height) return 1;
  return Math.min(FLATTEST, Math.max(NARROWEST, cover.width / cover.height));
}

export const isStack = (post: Post): boolean => post.items.length > 1;
