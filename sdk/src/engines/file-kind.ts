import { extname } from 'node:path';
import type { ItemKind } from '../post.ts';

const EXTENSIONS: Readonly<Record<ItemKind, readonly string[]>> = {
  image: ['jpg', 'jpeg', 'jpe', 'png', 'webp', 'gif', 'avif', 'heic', 'heif', 'bmp', 'tif', 'tiff', 'jxl'],
  video: ['mp4', 'm4v', 'mov', 'webm', 'mkv', 'flv', 'ts', 'avi', '3gp', 'mpg', 'mpeg'],
  audio: ['mp3', 'm4a', 'aac', 'opus', 'ogg', 'oga', 'weba', 'wav', 'flac', 'mka'],
};

/** Kind of a file by its extension; undefined for what is no medium (subtitles, metadata). */
export function kindOfFile(path: string): ItemKind | undefined {
  const extension = extname(path).slice(1).toLowerCase();
  const kinds: readonly ItemKind[] = ['image', 'video', 'audio'];
  return kinds.find((kind) => EXTENSIONS[kind].includes(extension));
}
