/** Inclusive, as in Content-Range. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Who asks for more gets the whole file: no player does, and each one is work. */
const MAX_RANGES = 16;
/** Bytes between two ranges that cost less than the head of another part. */
const SMALL_GAP = 128;
/** Characters; sixteen ranges of the longest numbers are shorter. */
const MAX_HEADER = 1024;

/**
 * Reads a Range header (RFC 9110, 14.1.2). `undefined`: send the whole file (no range, too many, or another unit);
 * `null`: not satisfiable. Otherwise one range or more, in the order of the header, none of which touches another.
 */
export function parseByteRanges(
  header: string | undefined,
  size: number,
): readonly [ByteRange, ...ByteRange[]] | null | undefined {
  const [, list] = /^bytes=(.*)$/i.exec(header?.trim() ?? '') ?? [];
  if (list === undefined || list.length > MAX_HEADER) return undefined;
  const specs = list.split(',').flatMap((spec) => spec.trim() || []);
  if (specs.length === 0 || specs.length > MAX_RANGES) return undefined;
  const ranges: ByteRange[] = [];
  for (const spec of specs) {
    const range = parseRange(spec, size);
    if (range === undefined) return undefined;
    if (range !== null) ranges.push(range);
  }
  const [first, ...rest] = coalesce(ranges);
  return first === undefined ? null : [first, ...rest];
}

/** `undefined`: no range; `null`: none of this file. */
function parseRange(spec: string, size: number): ByteRange | null | undefined {
  const match = /^(\d*)-(\d*)$/.exec(spec);
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Number(last);
    return length === 0 || size === 0 ? null : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= size ? null : { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}

/** Makes one of those that overlap or nearly touch, in the place of the first of them: no byte is sent twice. */
function coalesce(ranges: readonly ByteRange[]): ByteRange[] {
  const apart: ByteRange[] = [];
  for (const range of ranges) {
    const near = apart.filter((other) => touch(other, range));
    // It has grown by them, but what touches one of them would have been joined with it before.
    const joined = {
      start: Math.min(range.start, ...near.map(({ start }) => start)),
      end: Math.max(range.end, ...near.map(({ end }) => end)),
    };
    const [first] = near;
    apart.splice(first === undefined ? apart.length : apart.indexOf(first), near.length > 0 ? 1 : 0, joined);
    for (const other of near.slice(1)) apart.splice(apart.indexOf(other), 1);
  }
  return apart;
}

function touch(a: ByteRange, b: ByteRange): boolean {
  return a.start <= b.end + SMALL_GAP && b.start <= a.end + SMALL_GAP;
}
