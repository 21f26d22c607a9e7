import { mongoError } from '../errors.ts';
import { encode } from './encode.ts';
import {
  BsonSymbol,
  Binary,
  Code,
  DateTime,
  DbPointer,
  Decimal,
  Int32,
  ObjectId,
  Regex,
  Timestamp,
  Type,
  maxKey,
  minKey,
  undefinedValue,
} from './values.ts';
import type { Doc, Value } from './values.ts';

/** How deep documents may be nested, as in MongoDB. */
export const MAX_DEPTH = 200;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function invalid(reason: string): Error {
  return mongoError('InvalidBson', `Invalid BSON: ${reason}`);
}

function tooDeep(): Error {
  return mongoError('Overflow', `BSONObj exceeded maximum nested object depth: ${MAX_DEPTH}`);
}

function readText(bytes: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length < 24) {
    let text = '';
    for (let index = start; index < end; index++) {
      const byte = bytes.readUInt8(index);
      if (byte > 127) return decodeText(bytes, start, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return decodeText(bytes, start, end);
}

function decodeText(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  if (!text.includes('\ufffd')) return text;
  try {
    return strict.decode(bytes.subarray(start, end));
  } catch {
    throw invalid('a string is not UTF-8');
  }
}

class Reader {
  readonly bytes: Buffer;
  at: number;
  /** Whether a document has a name twice. */
  doubled = false;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  name(end: number): string {
    const zero = this.bytes.indexOf(0, this.at);
    if (zero === -1 || zero >= end) throw invalid('a name does not end');
    const name = readText(this.bytes, this.at, zero);
    this.at = zero + 1;
    return name;
  }

  take(length: number, end: number): number {
    const start = this.at;
    if (length < 0 || start + length > end) throw invalid('a value is longer than its document');
    this.at = start + length;
    return start;
  }

  string(end: number): string {
    const length = this.bytes.readInt32LE(this.take(4, end));
    if (length < 1) throw invalid('a string has no length');
    const start = this.take(length, end);
    if (this.bytes.readUInt8(start + length - 1) !== 0) throw invalid('a string does not end');
    return readText(this.bytes, start, start + length - 1);
  }

  raw(length: number, end: number): Uint8Array {
    const start = this.take(length, end);
    return Uint8Array.prototype.slice.call(this.bytes, start, start + length);
  }

  bounds(end: number): number {
    const start = this.at;
    if (start + 5 > end) throw invalid('a document is cut off');
    const length = this.bytes.readInt32LE(start);
    if (length < 5 || start + length > end) throw invalid('a document lies about its length');
    if (this.bytes.readUInt8(start + length - 1) !== 0) throw invalid('a document does not end');
    this.at = start + 4;
    return start + length - 1;
  }

  document(limit: number, depth: number): Doc {
    if (depth > MAX_DEPTH) throw tooDeep();
    const end = this.bounds(limit);
    const result: Doc = new Map();
    let fields = 0;
    while (this.at < end) {
      const type = this.bytes.readUInt8(this.at++);
      const name = this.name(end);
      result.set(name, this.value(type, end, depth));
      fields++;
    }
    if (fields !== result.size) this.doubled = true;
    this.at = end + 1;
    return result;
  }

  array(limit: number, depth: number): Value[] {
    if (depth > MAX_DEPTH) throw tooDeep();
    const end = this.bounds(limit);
    const result: Value[] = [];
    while (this.at < end) {
      const type = this.bytes.readUInt8(this.at++);
      const zero = this.bytes.indexOf(0, this.at);
      if (zero === -1 || zero >= end) throw invalid('a name does not end');
      this.at = zero + 1;
      result.push(this.value(type, end, depth));
    }
    this.at = end + 1;
    return result;
  }

  value(type: number, end: number, depth: number): Value {
    switch (type) {
      case Type.double:
        return this.bytes.readDoubleLE(this.take(8, end));
      case Type.string:
        return this.string(end);
      case Type.object:
        return this.document(end, depth + 1);
      case Type.array:
        return this.array(end, depth + 1);
      case Type.binary:
        return this.binary(end);
      case Type.undefined:
        return undefinedValue;
      case Type.objectId:
        return new ObjectId(this.raw(12, end));
      case Type.bool:
        return this.bool(end);
      case Type.date:
        return new DateTime(this.bytes.readBigInt64LE(this.take(8, end)));
      case Type.null:
        return null;
      case Type.regex:
        return new Regex(this.name(end), this.name(end));
      case Type.int:
        return new Int32(this.bytes.readInt32LE(this.take(4, end)));
      case Type.timestamp:
        return new Timestamp(this.bytes.readBigUInt64LE(this.take(8, end)));
      case Type.long:
        return this.bytes.readBigInt64LE(this.take(8, end));
      case Type.decimal:
        return new Decimal(this.raw(16, end));
      default:
        return this.rareValue(type, end, depth);
    }
  }

  bool(end: number): boolean {
    const byte = this.bytes.readUInt8(this.take(1, end));
    if (byte > 1) throw invalid('a boolean is neither 0 nor 1');
    return byte === 1;
  }

  binary(end: number): Binary {
    const length = this.bytes.readInt32LE(this.take(4, end));
    const subtype = this.bytes.readUInt8(this.take(1, end));
    return new Binary(subtype, this.raw(length, end));
  }

  rareValue(type: number, end: number, depth: number): Value {
    switch (type) {
      case Type.minKey:
        return minKey;
      case Type.maxKey:
        return maxKey;
      case Type.code:
        return new Code(this.string(end));
      case Type.symbol:
        return new BsonSymbol(this.string(end));
      case Type.dbPointer:
        return new DbPointer(this.string(end), this.raw(12, end));
      case Type.codeWithScope:
        this.take(4, end);
        return new Code(this.string(end), this.document(end, depth + 1));
      default:
        throw invalid(`there is no type ${type}`);
    }
  }
}

/** Views bytes as a Buffer without copying. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readWhole(bytes: Uint8Array): { document: Doc; doubled: boolean } {
  const reader = new Reader(asBuffer(bytes), 0);
  const document = reader.document(bytes.byteLength, 1);
  if (reader.at !== bytes.byteLength) throw invalid('bytes follow the document');
  return { document, doubled: reader.doubled };
}

/**
 * Reads one whole document.
 * @throws MongoError 22 when the bytes are not exactly one valid BSON document
 */
export function decode(bytes: Uint8Array): Doc {
  return readWhole(bytes).document;
}

/**
 * Reads one whole document that is to be stored. In its bytes no name may come twice, so that raw and decoded bytes say
 * the same.
 * @throws MongoError 22
 */
export function decodeStored(bytes: Buffer): { document: Doc; bytes: Buffer } {
  const { document, doubled } = readWhole(bytes);
  return { document, bytes: doubled ? encode(document) : bytes };
}

/** Reads the value of one element whose type and start are known, see scan.ts. */
export function decodeValueAt(bytes: Buffer, type: number, at: number): Value {
  return new Reader(bytes, at).value(type, bytes.byteLength, 1);
}
