import { asBuffer } from './decode.ts';
import { Type } from './values.ts';

/** Where an element's value lies in raw BSON. */
export interface Found {
  readonly type: number;
  /** Offset of the value's first byte. */
  readonly at: number;
  readonly end: number;
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

/** Finds a top-level field in raw, valid BSON without decoding it. `name` is the field's name in UTF-8. */
export function findField(document: Uint8Array, name: Uint8Array): Found | undefined {
  const bytes = asBuffer(document);
  const end = bytes.length - 1;
  let at = 4;
  while (at < end) {
    const type = bytes.readUInt8(at);
    const nameStart = at + 1;
    const nameEnd = bytes.indexOf(0, nameStart);
    const valueStart = nameEnd + 1;
    const valueEnd = skipValue(bytes, type, valueStart);
    if (nameEnd - nameStart === name.length && sameBytes(bytes, nameStart, name)) {
      return { type, at: valueStart, end: valueEnd };
    }
    at = valueEnd;
  }
  return undefined;
}

function sameBytes(bytes: Buffer, start: number, name: Uint8Array): boolean {
  for (let index = 0; index < name.length; index++) {
    if (bytes[start + index] !== name[index]) return false;
  }
  return true;
}
