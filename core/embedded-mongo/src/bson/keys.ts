import { canonicalRank } from './compare.ts';
import { parseDecimal } from './decimal.ts';
import { compareNumbers, isNumber, nextDown, nonFinite } from './exact.ts';
import type { NumberValue } from './exact.ts';
import { BsonSymbol, Int32, Type, typeOf } from './values.ts';
import type { Binary, Code, DateTime, DbPointer, Doc, ObjectId, Regex, Timestamp, Value, Decimal } from './values.ts';

/*
 * Order-preserving keys: memcmp of two keys is compare() of their values. Every component is
 * prefix-free, so that components can be joined and, for descending fields, inverted byte by byte.
 */

let bytes: Buffer = Buffer.allocUnsafeSlow(4096);
let at = 0;

function reserve(length: number): number {
  const start = at;
  at += length;
  if (at > bytes.length) {
    const larger = Buffer.allocUnsafeSlow(Math.max(at, bytes.length * 2));
    bytes.copy(larger, 0, 0, start);
    bytes = larger;
  }
  return start;
}

/** The bytes to write into, grown by so many at their end: they may be others than before, and are so before the call. */
function grown(length: number): Buffer {
  reserve(length);
  return bytes;
}

function byte(value: number): void {
  const start = reserve(1);
  bytes[start] = value;
}

/** Bytes in which 00 becomes 00 FF, ended by 00 01. */
function escaped(raw: Uint8Array): void {
  let start = reserve(raw.length * 2 + 2);
  for (const value of raw) {
    bytes[start++] = value;
    if (value === 0) bytes[start++] = 0xff;
  }
  bytes[start++] = 0;
  bytes[start++] = 1;
  at = start;
}

function text(value: string): void {
  if (value.includes('\0')) {
    escaped(Buffer.from(value, 'utf8'));
    return;
  }
  const start = reserve(value.length * 3 + 2);
  let end = start + bytes.write(value, start, 'utf8');
  bytes[end++] = 0;
  bytes[end++] = 1;
  at = end;
}

function orderedDouble(value: number): void {
  const start = reserve(8);
  bytes.writeDoubleBE(value === 0 ? 0 : value, start);
  if (value < 0) for (let index = start; index < start + 8; index++) bytes[index] = ~bytes.readUInt8(index) & 0xff;
  else bytes[start] = bytes.readUInt8(start) ^ 0x80;
}

/** The decimal digits of a number, for what a Double cannot hold. */
function digitsOf(value: bigint | Decimal): { negative: boolean; digits: string; exponent: number } {
  let coefficient = 0n;
  let scale = 0;
  if (typeof value === 'bigint') coefficient = value;
  else {
    const parts = parseDecimal(value);
    if (parts.kind === 'finite') {
      coefficient = parts.coefficient;
      scale = parts.exponent;
    }
  }
  const negative = coefficient < 0n;
  const all = (negative ? -coefficient : coefficient).toString();
  return { negative, digits: all.replace(/0+$/, ''), exponent: scale + all.length };
}

function remainder(value: bigint | Decimal): void {
  const { negative, digits, exponent } = digitsOf(value);
  byte(1);
  const start = reserve(2);
  bytes.writeUInt16BE(exponent + 0x4000, start);
  const from = reserve(digits.length + 1);
  bytes.write(digits, from, 'latin1');
  bytes[from + digits.length] = 0;
  if (negative) for (let index = start; index < at; index++) bytes[index] = ~bytes.readUInt8(index) & 0xff;
}

/** The greatest Double that is not above the value. */
function floorDouble(value: bigint | Decimal): number {
  const nearest = typeof value === 'bigint' ? Number(value) : Number(toText(value));
  if (nearest === Infinity) return Number.MAX_VALUE;
  if (nearest === -Infinity) return -Infinity;
  return compareNumbers(nearest, value) > 0 ? nextDown(nearest) : nearest;
}

function toText(value: Decimal): string {
  const { negative, digits, exponent } = digitsOf(value);
  return digits === '' ? '0' : `${negative ? '-' : ''}0.${digits}e${exponent}`;
}

function number(value: NumberValue): void {
  const wide = nonFinite(value);
  if (wide !== undefined) {
    if (Number.isNaN(wide)) {
      byte(0);
      return;
    }
    byte(wide > 0 ? 3 : 1);
    return;
  }
  byte(2);
  if (value instanceof Int32 || typeof value === 'number') {
    orderedDouble(typeof value === 'number' ? value : value.value);
    byte(0);
    return;
  }
  const floor = floorDouble(value);
  orderedDouble(floor);
  if (floor === -Infinity || compareNumbers(floor, value) !== 0) remainder(value);
  else byte(0);
}

function signed64(value: bigint): void {
  grown(8).writeBigUInt64BE(BigInt.asUintN(64, value) ^ 0x8000000000000000n, at - 8);
}

function raw(value: Uint8Array): void {
  grown(value.length).set(value, at - value.length);
}

function document(value: Doc): void {
  for (const [name, field] of value) {
    byte(canonicalRank(typeOf(field)));
    text(name);
    body(field);
  }
  byte(0);
}

function body(value: Value): void {
  if (isNumber(value)) {
    number(value);
    return;
  }
  if (typeof value === 'string') {
    text(value);
    return;
  }
  if (typeof value === 'boolean') {
    byte(value ? 1 : 0);
    return;
  }
  if (value === null) return;
  if (value instanceof Map) {
    document(value);
    return;
  }
  if (Array.isArray(value)) {
    for (const element of value) write(element);
    byte(0);
    return;
  }
  if (value instanceof BsonSymbol) {
    text(value.value);
    return;
  }
  rest(value);
}

function rest(value: Value): void {
  switch (typeOf(value)) {
    case Type.objectId: {
      raw((value as ObjectId).bytes);
      return;
    }
    case Type.date: {
      signed64((value as DateTime).ms);
      return;
    }
    case Type.timestamp:
      return void grown(8).writeBigUInt64BE((value as Timestamp).value, at - 8);
    case Type.binary:
      grown(4).writeUInt32BE((value as Binary).bytes.length, at - 4);
      byte((value as Binary).subtype);
      {
        raw((value as Binary).bytes);
        return;
      }
    case Type.regex:
      text((value as Regex).pattern);
      {
        text((value as Regex).flags);
        return;
      }
    case Type.dbPointer:
      text((value as DbPointer).namespace);
      {
        raw((value as DbPointer).id);
        return;
      }
    case Type.code:
    case Type.codeWithScope:
      text((value as Code).code);
      {
        document((value as Code).scope ?? new Map<string, Value>());
        return;
      }
    default:
      return;
  }
}

function write(value: Value): void {
  byte(canonicalRank(typeOf(value)));
  body(value);
}

function invert(from: number): void {
  for (let index = from; index < at; index++) bytes[index] = ~bytes.readUInt8(index) & 0xff;
}

function finish(): Buffer {
  const result = Buffer.allocUnsafeSlow(at);
  bytes.copy(result, 0, 0, at);
  return result;
}

/** The key of one value, ascending. */
export function keyOf(value: Value): Buffer {
  at = 0;
  write(value);
  return finish();
}

const OBJECT_ID_RANK = canonicalRank(Type.objectId);

/** The key of the ObjectId that lies at an offset. */
export function objectIdKey(source: Uint8Array, offset: number): Buffer {
  const key = Buffer.allocUnsafe(13);
  key[0] = OBJECT_ID_RANK;
  for (let index = 0; index < 12; index++) key[index + 1] = source[offset + index] ?? 0;
  return key;
}

/** The key of a compound value; `descending[i]` inverts component i. */
export function compoundKey(values: readonly Value[], descending: readonly boolean[]): Buffer {
  at = 0;
  for (let index = 0; index < values.length; index++) {
    const from = at;
    write(values[index] ?? null);
    if (descending[index]) invert(from);
  }
  return finish();
}

/** The first byte of every key of a type: a prefix for type brackets. */
export function typePrefix(rank: number): Buffer {
  return Buffer.from([rank]);
}

/** The same bytes, all inverted: a component of a descending field. */
export function inverted(key: Buffer): Buffer {
  return Buffer.from(key.map((value) => ~value & 0xff));
}

/**
 * The first key after all those that begin with the prefix.
 * @returns undefined when there is none
 */
export function afterPrefix(prefix: Buffer): Buffer | undefined {
  for (let index = prefix.length - 1; index >= 0; index--) {
    const value = prefix.readUInt8(index);
    if (value === 0xff) continue;
    const result = Buffer.from(prefix.subarray(0, index + 1));
    result[index] = value + 1;
    return result;
  }
  return undefined;
}
