import type { ByteRange } from './byte-range.rules.ts';

/** What an answer consists of: bytes that are said in between, and ranges of the file. */
export interface FileBody {
  readonly parts: readonly (Uint8Array | ByteRange)[];
  /** Bytes. */
  readonly length: number;
  readonly contentType: string;
}

interface FileFacts {
  readonly mime: string;
  /** Bytes. */
  readonly size: number;
}

/** One range as it is, several as multipart/byteranges (RFC 9110, 14.6). */
export function bodyOf(ranges: readonly ByteRange[], { mime, size }: FileFacts, boundary: string): FileBody {
  if (ranges.length < 2) return { parts: ranges, length: lengthOf(ranges), contentType: mime };
  const parts = [
    ...ranges.flatMap((range) => [
      ascii(`\r\n--${boundary}\r\nContent-Type: ${mime}\r\nContent-Range: ${contentRange(range, size)}\r\n\r\n`),
      range,
    ]),
    ascii(`\r\n--${boundary}--\r\n`),
  ];
  return { parts, length: lengthOf(parts), contentType: `multipart/byteranges; boundary=${boundary}` };
}

export function contentRange({ start, end }: ByteRange, size: number): string {
  return `bytes ${start}-${end}/${size}`;
}

function lengthOf(parts: FileBody['parts']): number {
  return parts.reduce((sum, part) => sum + ('start' in part ? part.end - part.start + 1 : part.length), 0);
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
