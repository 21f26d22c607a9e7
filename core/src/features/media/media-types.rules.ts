import type { ItemKind } from '@mediafetcher/sdk';

export interface MediaType {
  /** Without a dot. */
  readonly ext: string;
  readonly mime: string;
  readonly kind: ItemKind;
}

/** What may be published and served, by the type that the bytes show. Nothing else ever gets into `final/`. */
const TYPES: Readonly<Record<string, MediaType>> = {
  'image/jpeg': { ext: 'jpg', mime: 'image/jpeg', kind: 'image' },
  'image/png': { ext: 'png', mime: 'image/png', kind: 'image' },
  'image/apng': { ext: 'png', mime: 'image/png', kind: 'image' },
  'image/webp': { ext: 'webp', mime: 'image/webp', kind: 'image' },
  'image/gif': { ext: 'gif', mime: 'image/gif', kind: 'image' },
  'image/avif': { ext: 'avif', mime: 'image/avif', kind: 'image' },
  'image/heic': { ext: 'heic', mime: 'image/heic', kind: 'image' },
  'video/mp4': { ext: 'mp4', mime: 'video/mp4', kind: 'video' },
  'video/x-m4v': { ext: 'mp4', mime: 'video/mp4', kind: 'video' },
  'video/webm': { ext: 'webm', mime: 'video/webm', kind: 'video' },
  'audio/mpeg': { ext: 'mp3', mime: 'audio/mpeg', kind: 'audio' },
  'audio/x-m4a': { ext: 'm4a', mime: 'audio/mp4', kind: 'audio' },
  'audio/mp4': { ext: 'm4a', mime: 'audio/mp4', kind: 'audio' },
};

/** Type for serving, by the MIME type found in the bytes; undefined for what is not on the list. */
export function mediaTypeOf(mime: string | undefined): MediaType | undefined {
  return mime === undefined ? undefined : TYPES[mime];
}
