import type { FileHandle } from 'node:fs/promises';

export interface Mp4Box {
  readonly type: string;
  readonly offset: number;
  readonly size: number;
}

export interface Mp4Layout {
  /** Top-level boxes in their order. */
  readonly boxes: readonly Mp4Box[];
  readonly majorBrand?: string;
  /** False when `moov` comes after `mdat`. */
  readonly moovFirst: boolean;
  /** The boxes fill the file exactly, and `moov` is among them. */
  readonly whole: boolean;
}

/** A fragmented film has two boxes for each fragment; more than this is no film. */
const MAX_BOXES = 100_000;
const HEADER_BYTES = 16;

/** Reads the headers of the top-level boxes, a few bytes each, and says how the file is laid out. */
export async function readMp4Layout(file: FileHandle, size: number): Promise<Mp4Layout> {
  const boxes: Mp4Box[] = [];
  let offset = 0;
  let whole = true;
  let majorBrand: string | undefined;
  while (offset < size && boxes.length < MAX_BOXES) {
    const header = await readAt(file, offset, HEADER_BYTES);
    const box = parseBoxHeader(header, offset, size);
    if (box === undefined) {
      whole = isPadding(header);
      break;
    }
    if (box.type === 'ftyp' && header.length >= 12) majorBrand = header.toString('latin1', 8, 12);
    boxes.push(box);
    offset += box.size;
  }
  return {
    boxes,
    ...(majorBrand !== undefined && { majorBrand }),
    moovFirst: comesFirst(boxes, 'moov', 'mdat'),
    whole: whole && offset <= size && boxes.some(({ type }) => type === 'moov'),
  };
}

/** Reads a box header; undefined when these bytes are none. */
export function parseBoxHeader(header: Buffer, offset: number, fileSize: number): Mp4Box | undefined {
  if (header.length < 8) return undefined;
  const type = header.toString('latin1', 4, 8);
  if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return undefined;
  const short = header.readUInt32BE(0);
  if (short === 0) return { type, offset, size: fileSize - offset }; // To the end of the file.
  if (short !== 1) return short < 8 ? undefined : { type, offset, size: short };
  if (header.length < HEADER_BYTES) return undefined;
  const long = header.readBigUInt64BE(8);
  return long < 16n || long > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : { type, offset, size: Number(long) };
}

function isPadding(header: Buffer): boolean {
  return header.every((byte) => byte === 0);
}

function comesFirst(boxes: readonly Mp4Box[], first: string, second: string): boolean {
  const place = (wanted: string): number => boxes.findIndex(({ type }) => type === wanted);
  return place(first) !== -1 && (place(second) === -1 || place(first) < place(second));
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
