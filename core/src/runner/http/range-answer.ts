/** What is known of a partial file. */
export interface PartialFacts {
  /** Bytes that are here. */
  readonly size: number;
  readonly etag?: string;
  /** Length of the whole file, where the server told. */
  readonly total?: number;
}

export type RangeAnswer =
  | {
      readonly kind: 'bytes';
      readonly start: number;
      readonly total?: number;
      readonly facts: Omit<PartialFacts, 'size'>;
    }
  /** Everything is here already. */
  | { readonly kind: 'complete' }
  /** The file has changed, or the server counts otherwise: from the beginning. */
  | { readonly kind: 'restart' };

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Decides what an answer to a request from `known.size` on means. */
export function readRangeAnswer(status: number, headers: Headers, known: PartialFacts | undefined): RangeAnswer {
  const etag = headerOf(headers, 'etag');
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headerOf(headers, 'content-range') ?? '');
  const rangeTotal = readLength(range?.[2]);
  if (known !== undefined && status === 416)
    return rangeTotal === known.size ? { kind: 'complete' } : { kind: 'restart' };
  if (known !== undefined && status === 206) {
    const same = readLength(range?.[1]) === known.size && known.etag === etag && known.total === rangeTotal;
    return same ? bytes(known.size, rangeTotal, etag) : { kind: 'restart' };
  }
  return bytes(0, readLength(headerOf(headers, 'content-length')), etag);
}

function bytes(start: number, total: number | undefined, etag: string | undefined): RangeAnswer {
  const facts = { ...(total !== undefined && { total }), ...(etag !== undefined && { etag }) };
  return { kind: 'bytes', start, ...(total !== undefined && { total }), facts };
}

function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function readLength(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
