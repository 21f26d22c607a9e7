import { fileUrl, largestThumbnail } from '../api/media-url.ts';
import type { MediaItem } from '../api/types.ts';

/** Fetches what will be looked at next, as far as it costs little: a whole picture, the head of a film. */
export class Preloader {
  #kept: HTMLVideoElement | HTMLImageElement | undefined;
  #id = '';

  take(item: MediaItem | undefined): void {
    if (!item || item.id === this.#id) return;
    this.#id = item.id;
    this.drop();
    if (item.kind === 'image') {
      const image = new Image();
      image.src = fileUrl(item);
      this.#kept = image;
      return;
    }
    const poster = largestThumbnail(item);
    if (poster) new Image().src = poster;
    if (item.kind !== 'video') return;
    const video = document.createElement('video');
    video.preload = 'metadata';
    video.muted = true;
    video.src = fileUrl(item);
    this.#kept = video;
  }

  /** Stops what is still on its way. */
  drop(): void {
    this.#kept?.removeAttribute('src');
    if (this.#kept instanceof HTMLVideoElement) this.#kept.load();
    this.#kept = undefined;
  }
}
