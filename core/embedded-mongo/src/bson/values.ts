import { randomBytes } from 'node:crypto';

/** BSON's type numbers. */
export const Type = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binary: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  code: 13,
  symbol: 14,
  codeWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: 255,
  maxKey: 127,
} as const;

/** A BSON document: field order is kept and no name is special. */
export type Doc = Map<string, Value>;

/**
 * A BSON value. `number` is a Double and `bigint` a Long, so that no number loses its type;
 * JavaScript's `undefined` is never a value and means "missing".
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | bigint
  | Int32
  | Decimal
  | DateTime
  | ObjectId
  | Binary
  | Regex
  | Timestamp
  | Code
  | DbPointer
  | BsonSymbol
  | Singleton
  | Value[]
  | Doc;

/** A 32-bit integer. */
export class Int32 {
  readonly bsonType = Type.int;
  readonly value: number;
  constructor(value: number) {
    this.value = value | 0;
  }
}

/** A Decimal128 as its 16 stored bytes. */
export class Decimal {
  readonly bsonType = Type.decimal;
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** Milliseconds since 1970 as a 64-bit integer; wider than JavaScript's Date. */
export class DateTime {
  readonly bsonType = Type.date;
  readonly ms: bigint;
  constructor(ms: bigint | number) {
    this.ms = BigInt(ms);
  }
}

let counter = randomBytes(3).readUIntBE(0, 3);
const processPart = randomBytes(5);

/** Twelve bytes. */
export class ObjectId {
  readonly bsonType = Type.objectId;
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  static create(): ObjectId {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
    processPart.copy(bytes, 4);
    counter = (counter + 1) & 0xffffff;
    bytes.writeUIntBE(counter, 9, 3);
    return new ObjectId(bytes);
  }
  toHex(): string {
    return Buffer.from(this.bytes).toString('hex');
  }
}

export class Binary {
  readonly bsonType = Type.binary;
  readonly subtype: number;
  readonly bytes: Uint8Array;
  constructor(subtype: number, bytes: Uint8Array) {
    this.subtype = subtype;
    this.bytes = bytes;
  }
}

export class Regex {
  readonly bsonType = Type.regex;
  readonly pattern: string;
  readonly flags: string;
  constructor(pattern: string, flags: string) {
    this.pattern = pattern;
    this.flags = flags;
  }
}

/** An unsigned 64-bit value: seconds in the high half, an ordinal in the low half. */
export class Timestamp {
  readonly bsonType = Type.timestamp;
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

export class Code {
  readonly bsonType: typeof Type.code | typeof Type.codeWithScope;
  readonly code: string;
  readonly scope: Doc | undefined;
  constructor(code: string, scope?: Doc) {
    this.code = code;
    this.scope = scope;
    this.bsonType = scope ? Type.codeWithScope : Type.code;
  }
}

export class DbPointer {
  readonly bsonType = Type.dbPointer;
  readonly namespace: string;
  readonly id: Uint8Array;
  constructor(namespace: string, id: Uint8Array) {
    this.namespace = namespace;
    this.id = id;
  }
}

export class BsonSymbol {
  readonly bsonType = Type.symbol;
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

/** MinKey, MaxKey and the deprecated undefined: types with one value each. */
export class Singleton {
  readonly bsonType: typeof Type.minKey | typeof Type.maxKey | typeof Type.undefined;
  constructor(bsonType: typeof Type.minKey | typeof Type.maxKey | typeof Type.undefined) {
    this.bsonType = bsonType;
  }
}

export const minKey: Singleton = new Singleton(Type.minKey);
export const maxKey: Singleton = new Singleton(Type.maxKey);
export const undefinedValue: Singleton = new Singleton(Type.undefined);

/** The BSON type number of a value. */
export function typeOf(value: Value): number {
  switch (typeof value) {
    case 'number':
      return Type.double;
    case 'string':
      return Type.string;
    case 'boolean':
      return Type.bool;
    case 'bigint':
      return Type.long;
    default:
      if (value === null) return Type.null;
      if (value instanceof Map) return Type.object;
      if (Array.isArray(value)) return Type.array;
      return value.bsonType;
  }
}

export function isDoc(value: Value | undefined): value is Doc {
  return value instanceof Map;
}

export function isArray(value: Value | undefined): value is Value[] {
  return Array.isArray(value);
}

const typeNames: ReadonlyMap<number, string> = new Map<number, string>([
  ...Object.entries(Type).map(([name, number]): [number, string] => [number, name]),
  [Type.binary, 'binData'],
  [Type.code, 'javascript'],
  [Type.codeWithScope, 'javascriptWithScope'],
]);

/** The name that `$type` and error messages use for a type number. */
export function typeName(type: number): string {
  return typeNames.get(type) ?? 'unknown';
}

/** Makes a document from pairs of plain values; numbers that are 32-bit integers become Int32. */
export function doc(entries: Record<string, Value | undefined>): Doc {
  const result: Doc = new Map();
  for (const [name, value] of Object.entries(entries)) {
    if (value !== undefined) result.set(name, value);
  }
  return result;
}

export function int(value: number): Int32 {
  return new Int32(value);
}

/** A deep copy; scalars are shared because they never change. */
export function clone(value: Doc): Doc;
export function clone(value: Value): Value;
export function clone(value: Value): Value {
  if (value instanceof Map) {
    const copy: Doc = new Map();
    for (const [name, field] of value) copy.set(name, clone(field));
    return copy;
  }
  return Array.isArray(value) ? value.map((element) => clone(element)) : value;
}
