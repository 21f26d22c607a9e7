import { isAbsolute } from 'node:path';
import { parseExactJson } from '../parse-json.ts';

export interface YtDlpProgress {
  readonly finished: boolean;
  readonly filename?: string;
  readonly downloadedBytes?: number;
  /** Exact. */
  readonly totalBytes?: number;
  /** A guess that changes while fragments arrive. */
  readonly estimatedBytes?: number;
  readonly speed?: number;
  readonly eta?: number;
  readonly fragmentIndex?: number;
  readonly fragmentCount?: number;
}

export type YtDlpLine =
  | { readonly kind: 'info'; readonly info: Readonly<Record<string, unknown>> }
  | { readonly kind: 'progress'; readonly progress: YtDlpProgress }
  | { readonly kind: 'final'; readonly id: string; readonly path: string }
  | { readonly kind: 'other' };

const OTHER: YtDlpLine = { kind: 'other' };

/** Reads one line of yt-dlp's stdout. What is not understood is `other`, never an error. */
export function parseYtDlpLine(line: string): YtDlpLine {
  if (line.startsWith('PROG ')) return progressLine(parseObject(line.slice(5)));
  if (line.startsWith('FINAL ')) return finalLine(parseObject(line.slice(6)));
  const info = line.startsWith('{') ? parseObject(line) : undefined;
  return info === undefined ? OTHER : { kind: 'info', info };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = parseExactJson(text);
    // A JSON object, checked on the spot.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined; // A line that was cut, or another tool's words.
  }
}

function progressLine(fields: Record<string, unknown> | undefined): YtDlpLine {
  if (fields === undefined) return OTHER;
  const status = fields['status'];
  if (status !== 'downloading' && status !== 'finished') return OTHER;
  const filename = fields['filename'];
  return {
    kind: 'progress',
    progress: {
      finished: status === 'finished',
      ...(typeof filename === 'string' && { filename }),
      ...number('downloadedBytes', fields['downloaded_bytes']),
      ...number('totalBytes', fields['total_bytes']),
      ...number('estimatedBytes', fields['total_bytes_estimate']),
      ...number('speed', fields['speed']),
      ...number('eta', fields['eta']),
      ...number('fragmentIndex', fields['fragment_index']),
      ...number('fragmentCount', fields['fragment_count']),
    },
  };
}

function number(name: string, value: unknown): Record<string, number> {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? { [name]: value } : {};
}

function finalLine(fields: Record<string, unknown> | undefined): YtDlpLine {
  const path = fields?.['filepath'];
  if (typeof path !== 'string' || !isAbsolute(path)) return OTHER;
  const id = fields?.['id'];
  return { kind: 'final', id: typeof id === 'string' ? id : '', path };
}
