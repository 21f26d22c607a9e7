import { Type } from './values.ts';

/** Where an element's value lies in raw BSON; filled in by seek(), so that a scan makes no garbage. */
export interface Spot {
  type: number;
  /** Offset of the value's first byte. */
  at: number;
}

/** The offset after a value of a valid document. */
export function skipValue(bytes: Buffer, type: number, at: number): number {
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
      return at + 4 + bytes.readInt32LE(at);
    case Type.object:
    case Type.array:
    case Type.codeWithScope:
      return at + bytes.readInt32LE(at);
    case Type.binary:
      return at + 5 + bytes.readInt32LE(at);
    case Type.dbPointer:
      return at + 4 + bytes.readInt32LE(at) + 12;
    case Type.regex:
      return bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1;
    default:
      return at;
  }
}

/**
 * Finds a field of the valid document that begins at an offset, without decoding it.
 * @param name the field's name in UTF-8
 * @returns whether it is there; then the spot says where
 */
export function seek(bytes: Buffer, start: number, name: Uint8Array, spot: Spot): boolean {
  const end = start + bytes.readInt32LE(start) - 1;
  const length = name.length;
  let at = start + 4;
  while (at < end) {
    const type = bytes[at++] ?? 0;
    let index = 0;
    while (index < length && bytes[at + index] === name[index]) index++;
    at += index;
    if (index === length && bytes[at] === 0) {
      spot.type = type;
      spot.at = at + 1;
      return true;
    }
    while (bytes[at] !== 0) at++;
    at = skipValue(bytes, type, at + 1);
  }
  return false;
}
