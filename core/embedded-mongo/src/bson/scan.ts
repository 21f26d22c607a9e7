import { Type } from './values.ts';

/** Where an element's value lies in raw BSON; filled in by seek(), so that a scan makes no garbage. */
export interface Spot {
  type: number;
  /** Offset of the value's first byte. */
  at: number;
}

/** Lies beyond every offset: where a value ends whose length is not there. */
const BEYOND = 0x3fffffff;

const lengthAt = (bytes: Buffer, at: number, limit: number): number =>
  at + 4 > limit ? BEYOND : bytes.readInt32LE(at);

function skipText(bytes: Buffer, at: number, limit: number): number {
  const zero = bytes.indexOf(0, at);
  return zero === -1 || zero >= limit ? BEYOND : zero + 1;
}

/**
 * The offset after a value of a valid document.
 * @param limit where the bytes end that are there; the answer lies behind it when the value does
 */
export function skipValue(bytes: Buffer, type: number, at: number, limit: number = bytes.length): number {
  switch (type) {
    case Type.double:
    case Type.date:
    case Type.timestamp:
    case Type.long:
      return at + 8;
    case Type.int:
      return at + 4;
    case Type.bool:
      return at + 1;
    case Type.objectId:
      return at + 12;
    case Type.decimal:
      return at + 16;
    case Type.string:
    case Type.code:
    case Type.symbol:
      return at + 4 + lengthAt(bytes, at, limit);
    case Type.object:
    case Type.array:
    case Type.codeWithScope:
      return at + lengthAt(bytes, at, limit);
    case Type.binary:
      return at + 5 + lengthAt(bytes, at, limit);
    case Type.dbPointer:
      return at + 4 + lengthAt(bytes, at, limit) + 12;
    case Type.regex:
      return skipText(bytes, skipText(bytes, at, limit), limit);
    default:
      return at;
  }
}

/** What came of looking for a field. `cut`: it would lie behind the bytes that are there. */
export const Sought = { no: 0, yes: 1, cut: 2 } as const;
export type Sought = (typeof Sought)[keyof typeof Sought];

/**
 * Finds a field of the valid document that begins at an offset, without decoding it.
 * @param name the field's name in UTF-8
 * @param limit where the bytes end that are there of the document: it may be the beginning of one
 * @returns whether it is there; then the spot says where its value begins
 */
export function seek(bytes: Buffer, start: number, name: Uint8Array, spot: Spot, limit: number = bytes.length): Sought {
  const last = start - 1 + lengthAt(bytes, start, limit);
  const end = Math.min(last, limit);
  const length = name.length;
  let at = start + 4;
  while (at < end) {
    const type = bytes[at++] ?? 0;
    let index = 0;
    while (index < length && bytes[at + index] === name[index]) index++;
    at += index;
    if (index === length && bytes[at] === 0 && at < limit) {
      spot.type = type;
      spot.at = at + 1;
      return Sought.yes;
    }
    while (at < end && bytes[at] !== 0) at++;
    at = skipValue(bytes, type, at + 1, limit);
  }
  return last < limit ? Sought.no : Sought.cut;
}
