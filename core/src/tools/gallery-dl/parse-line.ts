import { parseExactJson } from '../parse-json.ts';

export type GalleryDlLine =
  /** What is known of the next file. */
  | { readonly kind: 'item'; readonly metadata: Readonly<Record<string, unknown>> }
  /** The last item's file is whole (`skipped`: it was there already, or was left out). */
  | { readonly kind: 'file'; readonly path: string; readonly skipped: boolean }
  | { readonly kind: 'progress'; readonly progress: GalleryDlProgress }
  /** It is about to wait out a refusal of the platform. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'other' };

/** Rounded to three digits by gallery-dl. */
export interface GalleryDlProgress {
  readonly downloadedBytes: number;
  readonly speed: number;
  readonly totalBytes?: number;
  /** 0-1 of the present file. */
  readonly fraction?: number;
}

const OTHER: GalleryDlLine = { kind: 'other' };
const PROGRESS = /^PROG +(\S+) +(\S+)(?: +(\S+) +(\d+))?$/;
const REFUSED = /\bWaiting for .*\((?:rate limit|429\b)|\b429 Too Many Requests\b/i;

/** Reads one line of gallery-dl's stdout or stderr. What is not understood is `other`, never an error. */
export function parseGalleryDlLine(line: string): GalleryDlLine {
  if (line.startsWith('{')) return itemLine(line);
  if (line.startsWith('FILE ')) return { kind: 'file', path: line.slice(5), skipped: false };
  if (line.startsWith('SKIP ')) return { kind: 'file', path: line.slice(5), skipped: true };
  const progress = PROGRESS.exec(line);
  if (progress !== null) return progressLine(progress);
  return REFUSED.test(line) ? { kind: 'refused' } : OTHER;
}

function itemLine(line: string): GalleryDlLine {
  try {
    // A JSON object: the line starts with a brace.
    return { kind: 'item', metadata: parseExactJson(line) as Record<string, unknown> };
  } catch {
    return OTHER; // A line that was cut.
  }
}

function progressLine([, done = '', speed = '', total, percent]: RegExpExecArray): GalleryDlLine {
  const downloadedBytes = parseRoundedBytes(done);
  if (downloadedBytes === undefined) return OTHER;
  const totalBytes = total === undefined ? undefined : parseRoundedBytes(total);
  return {
    kind: 'progress',
    progress: {
      downloadedBytes,
      speed: parseRoundedBytes(speed) ?? 0,
      ...(totalBytes !== undefined && { totalBytes }),
      ...(percent !== undefined && { fraction: Math.min(1, Number(percent) / 100) }),
    },
  };
}

const UNITS = ['', 'k', 'm', 'g', 't', 'p'];

/** Reads `1.23M` (thousands, gallery-dl's default units). */
export function parseRoundedBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([kmgtp]?)$/i.exec(text);
  if (match === null) return undefined;
  const [, digits = '', unit = ''] = match;
  return Math.round(Number(digits) * 1000 ** UNITS.indexOf(unit.toLowerCase()));
}
