import { MongoError, mongoError } from '../../errors.ts';
import { decimalFromString, decimalToString } from '../../bson/decimal.ts';
import { isNumber } from '../../bson/exact.ts';
import { fitsLong, toDecimal, toInteger, toNumber } from '../../bson/numbers.ts';
import { BsonSymbol, DateTime, Decimal, Int32, ObjectId, Timestamp, Type, typeName } from '../../bson/values.ts';
import type { Value } from '../../bson/values.ts';
import { describe, fixed, named } from './arguments.ts';
import { isNullish } from './scope.ts';
import type { Builder } from './scope.ts';

function failure(value: Value, to: string): Error {
  return mongoError(
    'ConversionFailure',
    `Failed to convert ${describe(value)} to ${to} in $convert with no onError value`,
  );
}

function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A date in ISO 8601, milliseconds included. */
export function isoText(ms: bigint): string {
  const date = new Date(Number(ms));
  if (Number.isNaN(date.getTime())) throw mongoError('ConversionFailure', 'a date is out of range');
  return date.toISOString();
}

/** A scalar as a string. @throws MongoError 241 */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return doubleText(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Int32) return String(value.value);
  if (value instanceof Decimal) return decimalToString(value);
  if (value instanceof ObjectId) return value.toHex();
  if (value instanceof DateTime) return isoText(value.ms);
  if (value instanceof BsonSymbol) return value.value;
  throw failure(value, 'string');
}

function parseNumber(value: string, to: string): number {
  const trimmed = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^[+-]?(Infinity|NaN)$/.test(value);
  if (!trimmed)
    throw mongoError(
      'ConversionFailure',
      `Failed to parse number '${value}' in $convert with no onError value: Did not consume whole string.${to}`,
    );
  return Number(value);
}

function integerValue(value: Value, to: string): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint') return value;
  if (value instanceof Int32) return BigInt(value.value);
  if (value instanceof DateTime && to === 'long') return value.ms;
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value))
      throw mongoError(
        'ConversionFailure',
        `Failed to parse number '${value}' in $convert with no onError value: Bad digit`,
      );
    return BigInt(value);
  }
  if (isNumber(value)) {
    const number = toNumber(value);
    if (!Number.isFinite(number))
      throw mongoError(
        'ConversionFailure',
        `Attempt to convert ${String(number)} value to integer type in $convert with no onError value`,
      );
    return BigInt(Math.trunc(number));
  }
  throw failure(value, to);
}

function toInt(value: Value): Value {
  const result = integerValue(value, 'int');
  if (result < -2147483648n || result > 2147483647n)
    throw mongoError('ConversionFailure', 'Conversion would overflow target type in $convert with no onError value');
  return new Int32(Number(result));
}

function toLong(value: Value): Value {
  const result = integerValue(value, 'long');
  if (!fitsLong(result))
    throw mongoError('ConversionFailure', 'Conversion would overflow target type in $convert with no onError value');
  return result;
}

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return parseNumber(value, '');
  if (value instanceof DateTime) return Number(value.ms);
  if (isNumber(value)) return toNumber(value);
  throw failure(value, 'double');
}

function toDate(value: Value): Value {
  if (value instanceof DateTime) return value;
  if (typeof value === 'bigint') return new DateTime(value);
  if (typeof value === 'number' || value instanceof Decimal) return new DateTime(BigInt(Math.trunc(toNumber(value))));
  if (value instanceof ObjectId) return new DateTime(BigInt(Buffer.from(value.bytes).readUInt32BE(0)) * 1000n);
  if (value instanceof Timestamp) return new DateTime((value.value >> 32n) * 1000n);
  if (typeof value === 'string') return new DateTime(parseDateText(value));
  throw failure(value, 'date');
}

/** Reads ISO 8601; without a zone it is UTC. @throws MongoError 241 */
export function parseDateText(text: string): bigint {
  const iso =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i.exec(
      text.trim(),
    );
  if (!iso) throw mongoError('ConversionFailure', `Error parsing date string '${text}'`);
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = iso;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z';
  const ms = Date.parse(
    `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${offset}`,
  );
  if (Number.isNaN(ms)) throw mongoError('ConversionFailure', `Error parsing date string '${text}'`);
  return BigInt(ms);
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string') {
    if (!/^[0-9a-fA-F]{24}$/.test(value))
      throw mongoError('ConversionFailure', `Failed to parse objectId '${value}' in $convert with no onError value`);
    return new ObjectId(Buffer.from(value, 'hex'));
  }
  throw failure(value, 'objectId');
}

function toBool(value: Value): Value {
  return isNumber(value) ? toNumber(value) !== 0 : value !== false;
}

function toDecimalValue(value: Value): Value {
  if (typeof value === 'string') {
    parseNumber(value, '');
    return decimalFromString(value);
  }
  if (typeof value === 'boolean') return toDecimal(new Int32(value ? 1 : 0));
  if (value instanceof DateTime) return toDecimal(value.ms);
  if (isNumber(value)) return toDecimal(value);
  throw failure(value, 'decimal');
}

const converters: ReadonlyMap<number, (value: Value) => Value> = new Map([
  [Type.double, toDouble],
  [Type.string, (value: Value): Value => toText(value)],
  [Type.objectId, toObjectId],
  [Type.bool, toBool],
  [Type.date, toDate],
  [Type.int, toInt],
  [Type.long, toLong],
  [Type.decimal, toDecimalValue],
]);

function targetType(value: Value | undefined): number {
  if (isNumber(value)) return toInteger(value) ?? 0;
  const found = [...converters.keys()].find((type) => typeName(type) === value);
  if (found === undefined) throw mongoError('BadValue', `Unknown type name: ${describe(value)}`);
  return found;
}

const convert: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['input', 'to', 'onError', 'onNull'], ['input', 'to']);
  const [input, to, onError, onNull] = ['input', 'to', 'onError', 'onNull'].map((field) => {
    const value = given.get(field);
    return value === undefined ? undefined : compile(value);
  });
  return (scope) => {
    const value = input?.(scope);
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    const converter = converters.get(targetType(to?.(scope)));
    try {
      if (!converter) throw failure(value, 'that type');
      return converter(value);
    } catch (error) {
      if (onError && error instanceof MongoError) return onError(scope);
      throw error;
    }
  };
};

const converting = (type: number): Builder =>
  fixed(1, (value) => (isNullish(value) ? null : converters.get(type)?.(value)));

export const conversions: Record<string, Builder> = {
  $convert: convert,
  $toString: converting(Type.string),
  $toInt: converting(Type.int),
  $toLong: converting(Type.long),
  $toDouble: converting(Type.double),
  $toDecimal: converting(Type.decimal),
  $toDate: converting(Type.date),
  $toBool: converting(Type.bool),
  $toObjectId: converting(Type.objectId),
  $type: fixed(1, (value) => describe(value)),
  $isNumber: fixed(1, (value) => isNumber(value)),
};
