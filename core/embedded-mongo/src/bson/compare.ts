import { compareNumbers, isNumber } from './exact.ts';
import type { NumberValue } from './exact.ts';
import { BsonSymbol, Type, typeOf } from './values.ts';
import type { Binary, Code, DateTime, DbPointer, Doc, ObjectId, Regex, Timestamp, Value } from './values.ts';

/** Compares two strings; MongoDB's own order is by UTF-8 bytes. */
export type StringCompare = (left: string, right: string) => number;

const rank = new Uint8Array(256);
const order: readonly (readonly number[])[] = [
  [Type.minKey],
  [Type.undefined],
  [Type.null],
  [Type.double, Type.int, Type.long, Type.decimal],
  [Type.string, Type.symbol],
  [Type.object],
  [Type.array],
  [Type.binary],
  [Type.objectId],
  [Type.bool],
  [Type.date],
  [Type.timestamp],
  [Type.regex],
  [Type.dbPointer],
  [Type.code],
  [Type.codeWithScope],
];
for (const [index, types] of order.entries()) for (const type of types) rank[type] = (index + 1) * 8;
rank[Type.maxKey] = 0xf0;

/** Where a type stands in MongoDB's canonical order; equal for types that compare with each other. */
export function canonicalRank(type: number): number {
  return rank[type] ?? 0;
}

export function rankOf(value: Value): number {
  return canonicalRank(typeOf(value));
}

const sign = (difference: number): number => (difference < 0 ? -1 : difference > 0 ? 1 : 0);

/** Compares by code points, which is the order of UTF-8 bytes. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a === b) continue;
    const highA = a >= 0xd800 && a <= 0xdfff;
    const highB = b >= 0xd800 && b <= 0xdfff;
    if (highA !== highB) return highA ? 1 : -1;
    return a < b ? -1 : 1;
  }
  return sign(left.length - right.length);
}

export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  return Buffer.compare(left, right);
}

const textOf = (value: string | BsonSymbol): string => (value instanceof BsonSymbol ? value.value : value);

/**
 * MongoDB's order over all values, types included.
 * @returns -1, 0 or 1
 */
export function compare(left: Value, right: Value, text: StringCompare = compareText): number {
  const rankLeft = rankOf(left);
  const difference = rankLeft - rankOf(right);
  if (difference !== 0) return sign(difference);
  if (isNumber(left)) return compareNumbers(left, right as NumberValue);
  if (typeof left === 'string' || left instanceof BsonSymbol) return sign(text(textOf(left), textOf(right as string)));
  if (left instanceof Map) return compareDocs(left, right as Doc, text);
  if (Array.isArray(left)) return compareArrays(left, right as Value[], text);
  if (typeof left === 'boolean') return sign(Number(left) - Number(right));
  if (left === null) return 0;
  return compareRest(left, right, text);
}

function compareRest(left: Exclude<Value, null>, right: Value, text: StringCompare): number {
  switch (typeOf(left)) {
    case Type.objectId:
      return compareBytes((left as ObjectId).bytes, (right as ObjectId).bytes);
    case Type.date:
      return compareBigints((left as DateTime).ms, (right as DateTime).ms);
    case Type.timestamp:
      return compareBigints((left as Timestamp).value, (right as Timestamp).value);
    case Type.binary:
      return compareBinary(left as Binary, right as Binary);
    case Type.regex: {
      const [a, b] = [left as Regex, right as Regex];
      return compareText(a.pattern, b.pattern) || compareText(a.flags, b.flags);
    }
    case Type.dbPointer: {
      const [a, b] = [left as DbPointer, right as DbPointer];
      return compareText(a.namespace, b.namespace) || compareBytes(a.id, b.id);
    }
    case Type.code:
    case Type.codeWithScope: {
      const [a, b] = [left as Code, right as Code];
      return compareText(a.code, b.code) || compareDocs(a.scope ?? noFields, b.scope ?? noFields, text);
    }
    default:
      return 0;
  }
}

const noFields: Doc = new Map<string, Value>();

function compareBigints(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareBinary(left: Binary, right: Binary): number {
  return (
    sign(left.bytes.length - right.bytes.length) ||
    sign(left.subtype - right.subtype) ||
    compareBytes(left.bytes, right.bytes)
  );
}

function compareDocs(left: Doc, right: Doc, text: StringCompare): number {
  const others = right.entries();
  for (const [name, value] of left) {
    const other = others.next();
    if (other.done) return 1;
    const [otherName, otherValue] = other.value;
    const result =
      sign(rankOf(value) - rankOf(otherValue)) || compareText(name, otherName) || compare(value, otherValue, text);
    if (result !== 0) return result;
  }
  return others.next().done ? 0 : -1;
}

function compareArrays(left: readonly Value[], right: readonly Value[], text: StringCompare): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const result = compare(left[index] ?? null, right[index] ?? null, text);
    if (result !== 0) return result;
  }
  return sign(left.length - right.length);
}

/** Whether two values are the same to MongoDB: 1 equals 1.0, field order matters. */
export function equal(left: Value, right: Value, text?: StringCompare): boolean {
  return compare(left, right, text) === 0;
}
