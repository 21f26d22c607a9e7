import { basename } from 'node:path';
import type { ToolProgress } from '../tool-context.ts';
import type { GalleryDlProgress } from './parse-line.ts';

type Metadata = Readonly<Record<string, unknown>>;

/** Turns files and their bytes into one share of the post that never goes back. */
export interface GalleryDlMeter {
  item(metadata: Metadata): void;
  progress(progress: GalleryDlProgress): ToolProgress;
  file(path: string): ToolProgress;
}

/** Creates the meter of one run. */
export function createGalleryDlMeter(): GalleryDlMeter {
  let count = 1;
  let started = 0;
  let done = 0;
  let share = 0;

  const advance = (fraction: number): number => {
    share = Math.max(share, Math.min(1, (done + fraction) / Math.max(count, started)));
    return share;
  };
  return {
    item(metadata) {
      started += 1;
      count = Math.max(count, countFiles(metadata));
    },
    progress({ speed, totalBytes, downloadedBytes, fraction }) {
      const known = advance(fraction ?? 0);
      const single = count === 1 && totalBytes !== undefined;
      return {
        ...(fraction !== undefined || count > 1 ? { share: known } : {}),
        speed,
        ...(single && { totalBytes }),
        ...(single && speed > 0 && { eta: Math.max(0, Math.round((totalBytes - downloadedBytes) / speed)) }),
      };
    },
    file(path) {
      done += 1;
      return { share: advance(0), filename: basename(path) };
    },
  };
}

/** Files of the post, as each platform tells it: X and Instagram count, TikTok and Reddit list. 1 when it is silent. */
export function countFiles(metadata: Metadata): number {
  const { count, imagePost, gallery_data: gallery } = metadata;
  if (typeof count === 'number' && count > 0) return count;
  return Math.max(1, lengthOf(imagePost, 'images'), lengthOf(gallery, 'items'));
}

function lengthOf(value: unknown, field: string): number {
  if (typeof value !== 'object' || value === null) return 0;
  const list = (value as Record<string, unknown>)[field];
  return Array.isArray(list) ? list.length : 0;
}
