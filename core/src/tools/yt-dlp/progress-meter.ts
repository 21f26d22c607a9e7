import { basename } from 'node:path';
import type { ToolProgress } from '../tool-context.ts';
import type { YtDlpProgress } from './parse-line.ts';

/** Turns the progress of single formats and entries into one share that never goes back. */
export interface YtDlpMeter {
  info(info: Readonly<Record<string, unknown>>): void;
  progress(progress: YtDlpProgress): ToolProgress;
  /** An entry is whole. */
  final(): ToolProgress;
}

interface Part {
  /** Bytes, or 1 for each part when one of them is unknown. */
  readonly weight: number;
}

/** Downloading is nearly all; merging is the rest. */
const FETCH_SHARE = 0.98;

/** Creates the meter of one run. */
export function createYtDlpMeter(): YtDlpMeter {
  let entries = 1;
  let entriesDone = 0;
  let parts: readonly Part[] = [{ weight: 1 }];
  let sized: number | undefined;
  let seen: string[] = [];
  let share: number | undefined;

  const advance = (next: number): void => {
    share = Math.min(1, Math.max(share ?? 0, next));
  };
  const within = (done: number): number => (entriesDone + FETCH_SHARE * done) / entries;

  return {
    info(info) {
      entries = Math.max(entries, countEntries(info), entriesDone + 1);
      parts = partsOf(info);
      sized = sizeOf(info);
      seen = [];
    },
    progress(progress) {
      const index = partIndex(seen, parts.length, progress.filename);
      const fraction = fractionOf(progress);
      if (fraction !== undefined) advance(within(weighted(parts, index, fraction)));
      const totalBytes = (parts.length === 1 ? progress.totalBytes : undefined) ?? sized;
      return {
        ...(share !== undefined && { share }),
        ...(progress.speed !== undefined && { speed: progress.speed }),
        ...etaOf(progress, parts, index, sized),
        ...(totalBytes !== undefined && { totalBytes: Math.round(totalBytes) }),
        ...(progress.filename !== undefined && { filename: basename(progress.filename) }),
      };
    },
    final() {
      entriesDone = Math.min(entries, entriesDone + 1);
      advance(entriesDone / entries);
      return { share: share ?? 1 };
    },
  };
}

function countEntries(info: Readonly<Record<string, unknown>>): number {
  const count = info['n_entries'] ?? info['playlist_count'];
  return typeof count === 'number' && count > 0 ? count : 1;
}

function formatsOf(info: Readonly<Record<string, unknown>>): readonly unknown[] {
  const requested = info['requested_formats'];
  return Array.isArray(requested) && requested.length > 0 ? (requested as unknown[]) : [info];
}

function partsOf(info: Readonly<Record<string, unknown>>): readonly Part[] {
  const sizes = formatsOf(info).map(bytesOf);
  const known = sizes.every((size) => size !== undefined);
  return sizes.map((size) => ({ weight: known && size !== undefined ? size : 1 }));
}

/** All bytes of the entry, when each format tells its own for sure. */
function sizeOf(info: Readonly<Record<string, unknown>>): number | undefined {
  const sizes = formatsOf(info).map(exactBytesOf);
  return sizes.some((size) => size === undefined)
    ? undefined
    : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

function exactBytesOf(format: unknown): number | undefined {
  const size = typeof format === 'object' && format !== null ? (format as { filesize?: unknown }).filesize : undefined;
  return typeof size === 'number' && size > 0 ? size : undefined;
}

function bytesOf(format: unknown): number | undefined {
  if (typeof format !== 'object' || format === null) return undefined;
  const { filesize, filesize_approx: approximate } = format as { filesize?: unknown; filesize_approx?: unknown };
  const size = filesize ?? approximate;
  return typeof size === 'number' && size > 0 ? size : undefined;
}

/** Formats arrive one after the other; each new file name is the next of them. Remembers the name. */
function partIndex(seen: string[], count: number, filename = ''): number {
  if (!seen.includes(filename)) seen.push(filename);
  return Math.min(seen.indexOf(filename), count - 1);
}

function weighted(parts: readonly Part[], index: number, fraction: number): number {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const before = parts.slice(0, index).reduce((sum, { weight }) => sum + weight, 0);
  return (before + fraction * (parts[index]?.weight ?? 0)) / total;
}

function fractionOf(progress: YtDlpProgress): number | undefined {
  if (progress.finished) return 1;
  const { fragmentIndex, fragmentCount, downloadedBytes, totalBytes, estimatedBytes } = progress;
  if (fragmentIndex !== undefined && fragmentCount !== undefined && fragmentCount > 0) {
    return Math.min(1, fragmentIndex / fragmentCount);
  }
  const total = totalBytes ?? estimatedBytes;
  if (downloadedBytes === undefined || total === undefined || total <= 0) return undefined;
  return Math.min(1, downloadedBytes / total);
}

function etaOf(
  progress: YtDlpProgress,
  parts: readonly Part[],
  index: number,
  sized: number | undefined,
): Pick<ToolProgress, 'eta'> {
  const { eta, speed } = progress;
  if (progress.finished) return index === parts.length - 1 ? { eta: 0 } : {};
  if (eta === undefined) return {};
  if (sized === undefined || speed === undefined || speed <= 0) return parts.length === 1 ? { eta } : {};
  const later = parts.slice(index + 1).reduce((sum, { weight }) => sum + weight, 0);
  return { eta: Math.round(eta + later / speed) };
}
