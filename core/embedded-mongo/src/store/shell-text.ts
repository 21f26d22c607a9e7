import { decimalToString } from '../bson/decimal.ts';
import {
  Binary,
  BsonSymbol,
  Code,
  DateTime,
  Decimal,
  Int32,
  ObjectId,
  Regex,
  Timestamp,
  maxKey,
  minKey,
} from '../bson/values.ts';
import type { Value } from '../bson/values.ts';

function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'nan.0';
  if (!Number.isFinite(value)) return value > 0 ? 'inf.0' : '-inf.0';
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

/** A value as MongoDB's messages write it, for instance in the text of a duplicate key error. */
export function shellText(value: Value): string {
  if (typeof value === 'string') return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  if (typeof value === 'number') return doubleText(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value === null) return 'null';
  if (value instanceof Int32) return String(value.value);
  if (value instanceof Map) {
    if (value.size === 0) return '{}';
    return `{ ${[...value].map(([name, field]) => `${name}: ${shellText(field)}`).join(', ')} }`;
  }
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(shellText).join(', ')} ]`;
  return rareText(value);
}

function rareText(value: Value): string {
  if (value instanceof ObjectId) return `ObjectId('${value.toHex()}')`;
  if (value instanceof DateTime) return `new Date(${value.ms})`;
  if (value instanceof Decimal) return decimalToString(value);
  if (value instanceof Binary)
    return `BinData(${value.subtype}, ${Buffer.from(value.bytes).toString('hex').toUpperCase()})`;
  if (value instanceof Regex) return `/${value.pattern}/${value.flags}`;
  if (value instanceof Timestamp) return `Timestamp(${value.value >> 32n}, ${value.value & 0xffffffffn})`;
  if (value instanceof BsonSymbol) return `"${value.value}"`;
  if (value instanceof Code) return value.code;
  if (value === minKey) return 'MinKey';
  return value === maxKey ? 'MaxKey' : 'undefined';
}
