import { fileUrl, largestThumbnail, playUrl } from '../api/media-url.ts';
import type { MediaItem } from '../api/types.ts';
import { isSparing } from '../elements/sparing.ts';

/** Fetches what will be looked at next, as far as it costs little: a whole picture, the head of a film. */
export class Preloader {
  #kept = new Map<string, HTMLVideoElement | HTMLImageElement>();

  /** These, and no others. */
  take(items: readonly (MediaItem | undefined)[]): void {
    const wanted = new Map(items.flatMap((item) => (item ? [[item.id, item] as const] : [])));
    for (const [id, element] of this.#kept) {
      if (wanted.has(id)) continue;
      stop(element);
      this.#kept.delete(id);
    }
    for (const [id, item] of wanted) if (!this.#kept.has(id)) this.#kept.set(id, load(item));
  }

  /** Stops what is still on its way. */
  drop(): void {
    this.take([]);
  }
}

function load(item: MediaItem): HTMLVideoElement | HTMLImageElement {
  const image = new Image();
  const poster = largestThumbnail(item);
  if (item.kind !== 'image' || isSparing()) {
    if (poster) image.src = poster;
  } else image.src = fileUrl(item);
  if (item.kind !== 'video' || isSparing()) return image;
  const video = document.createElement('video');
  video.preload = 'metadata';
  video.muted = true;
  video.src = playUrl(item);
  return video;
}

function stop(element: HTMLVideoElement | HTMLImageElement): void {
  element.removeAttribute('src');
  if (element instanceof HTMLVideoElement) element.load();
}
