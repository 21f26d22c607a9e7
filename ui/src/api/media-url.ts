import type { MediaItem, Post } from './types.ts';

const address = (path: string): string => new URL(`api/media/${path}`, document.baseURI).href;

/** The stored file; seekable. */
export const fileUrl = (item: Pick<MediaItem, 'id'>): string => address(`${encodeURIComponent(item.id)}/file`);

/** What plays: the form that was made playable, where there is one. */
export const playUrl = (item: Pick<MediaItem, 'id' | 'rendition'>): string => fileUrl(item.rendition ?? item);

/** The stored file, to keep. */
export const downloadUrl = (item: Pick<MediaItem, 'id'>): string => `${fileUrl(item)}?download=1`;

/** A WebP of one of the widths that the item has. */
export const thumbnailUrl = (item: Pick<MediaItem, 'id'>, width: number): string =>
  address(`${encodeURIComponent(item.id)}/thumbnail?size=${width}`);

/** All widths, for `srcset`; empty when there is none. */
export const thumbnailSet = (item: MediaItem): string =>
  item.thumbnails.map((width) => `${thumbnailUrl(item, width)} ${width}w`).join(', ');

/** The largest thumbnail, else nothing. */
export function largestThumbnail(item: Pick<MediaItem, 'id' | 'thumbnails'>): string | undefined {
  const width = Math.max(0, ...item.thumbnails);
  return width > 0 ? thumbnailUrl(item, width) : undefined;
}

/** The smallest thumbnail, else nothing. */
export function smallestThumbnail(item: MediaItem | undefined): string | undefined {
  const width = item && item.thumbnails.length > 0 ? Math.min(...item.thumbnails) : 0;
  return item && width > 0 ? thumbnailUrl(item, width) : undefined;
}

/** The item that stands for the post: the first that can be shown. */
export const coverOf = (post: Pick<Post, 'items'>): MediaItem | undefined =>
  post.items.find((item) => item.thumbnails.length > 0) ?? post.items[0];
