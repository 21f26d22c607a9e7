import { mongoError } from '../errors.ts';
import { Int32, ObjectId, Type, typeOf } from './values.ts';
import type { Binary, Code, Doc, Value } from './values.ts';

let scratch: Buffer = Buffer.allocUnsafeSlow(64 * 1024);
let at = 0;

/** More than a document may have, so that a reply can hold one that is as deep as can be. */
const MAX_NESTING = 220;

const SCRATCH_KEPT = 1024 * 1024;

function reserve(length: number): number {
  const start = at;
  at += length;
  if (at > scratch.length) {
    const larger = Buffer.allocUnsafeSlow(Math.max(at, scratch.length * 2));
    scratch.copy(larger, 0, 0, start);
    scratch = larger;
  }
  return start;
}

/** The bytes to write into, grown by so many at their end: they may be others than before, and are so before the call. */
function grown(length: number): Buffer {
  reserve(length);
  return scratch;
}

function writeByte(byte: number): void {
  grown(1).writeUInt8(byte, at - 1);
}

function writeBytes(bytes: Uint8Array): void {
  grown(bytes.length).set(bytes, at - bytes.length);
}

function writeText(text: string): number {
  const most = text.length * 3;
  const start = reserve(most);
  const written = scratch.write(text, start, most, 'utf8');
  at = start + written;
  return written;
}

function writeName(name: string): void {
  if (name.includes('\0')) throw mongoError('InvalidBson', 'A field name must not contain a null character');
  writeText(name);
  writeByte(0);
}

function writeString(text: string): void {
  const start = reserve(4);
  const length = writeText(text);
  writeByte(0);
  scratch.writeInt32LE(length + 1, start);
}

/** Nesting of what is being written; deeper than any document may be ends in an error, not in a full stack. */
let depth = 0;

function deeper(): void {
  if (++depth > MAX_NESTING)
    throw mongoError('Overflow', `BSONObj exceeded maximum nested object depth: ${MAX_NESTING}`);
}

function writeDocument(value: Doc): void {
  deeper();
  const start = reserve(4);
  for (const [name, field] of value) writeElement(name, field);
  writeByte(0);
  scratch.writeInt32LE(at - start, start);
  depth--;
}

function writeArray(values: readonly Value[]): void {
  deeper();
  const start = reserve(4);
  for (let index = 0; index < values.length; index++) writeElement(String(index), values[index] ?? null);
  writeByte(0);
  scratch.writeInt32LE(at - start, start);
  depth--;
}

function writeElement(name: string, value: Value): void {
  const type = typeOf(value);
  writeByte(type);
  writeName(name);
  switch (typeof value) {
    case 'number':
      grown(8).writeDoubleLE(value, at - 8);
      break;
    case 'string':
      writeString(value);
      break;
    case 'boolean':
      writeByte(value ? 1 : 0);
      break;
    case 'bigint':
      grown(8).writeBigInt64LE(BigInt.asIntN(64, value), at - 8);
      break;
    default:
      if (value instanceof Int32) grown(4).writeInt32LE(value.value, at - 4);
      else if (value instanceof ObjectId) writeBytes(value.bytes);
      else if (value instanceof Map) writeDocument(value);
      else if (Array.isArray(value)) writeArray(value);
      else if (value !== null) writeRare(value);
  }
}

type Rare = Exclude<Value, null | boolean | number | string | bigint | Int32 | ObjectId | Value[] | Doc>;

function writeRare(value: Rare): void {
  switch (value.bsonType) {
    case Type.date:
      return void grown(8).writeBigInt64LE(BigInt.asIntN(64, value.ms), at - 8);
    case Type.binary: {
      writeBinary(value);
      return;
    }
    case Type.decimal: {
      writeBytes(value.bytes);
      return;
    }
    case Type.regex:
      writeName(value.pattern);
      {
        writeName(value.flags);
        return;
      }
    case Type.timestamp:
      return void grown(8).writeBigUInt64LE(value.value, at - 8);
    case Type.code:
    case Type.codeWithScope: {
      writeCode(value);
      return;
    }
    case Type.symbol: {
      writeString(value.value);
      return;
    }
    case Type.dbPointer:
      writeString(value.namespace);
      {
        writeBytes(value.id);
        return;
      }
    default:
      return;
  }
}

function writeBinary(value: Binary): void {
  grown(4).writeInt32LE(value.bytes.length, at - 4);
  writeByte(value.subtype);
  writeBytes(value.bytes);
}

function writeCode(value: Code): void {
  if (!value.scope) {
    writeString(value.code);
    return;
  }
  const start = reserve(4);
  writeString(value.code);
  writeDocument(value.scope);
  scratch.writeInt32LE(at - start, start);
}

/**
 * Writes a document as BSON into bytes of its own.
 * @param room bytes to leave free in front of it
 */
export function encode(value: Doc, room = 0): Buffer {
  at = 0;
  depth = 0;
  writeDocument(value);
  const result = Buffer.allocUnsafe(room + at);
  scratch.copy(result, room, 0, at);
  if (scratch.length > SCRATCH_KEPT) scratch = Buffer.allocUnsafeSlow(64 * 1024);
  return result;
}
