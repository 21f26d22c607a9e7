import { MongoError } from '../../errors.ts';
import { isNumber } from '../../bson/exact.ts';
import { toInteger } from '../../bson/numbers.ts';
import { DateTime, ObjectId, Timestamp, int } from '../../bson/values.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { describe, named } from './arguments.ts';
import { dateFields, offsetOf } from './calendar.ts';
import type { DateFields } from './calendar.ts';
import { parseDateText } from './conversions.ts';
import { isNullish } from './scope.ts';
import type { Builder, Compile, Expression } from './scope.ts';

function millisecondsOf(name: string, value: Value): number {
  if (value instanceof DateTime) return Number(value.ms);
  if (value instanceof ObjectId) return Buffer.from(value.bytes).readUInt32BE(0) * 1000;
  if (value instanceof Timestamp) return Number(value.value >> 32n) * 1000;
  throw new MongoError(16006, `${name} can't convert from BSON type ${describe(value)} to Date`);
}

function zoneOf(value: Value | undefined): string {
  if (value === undefined) return 'UTC';
  if (typeof value !== 'string')
    throw new MongoError(40517, `timezone must evaluate to a string, found ${describe(value)}`);
  return value;
}

interface DateArguments {
  readonly date: Expression;
  readonly zone: Expression;
}

function dateArguments(argument: Value, compile: Compile, name: string): DateArguments {
  const single = Array.isArray(argument) && argument.length === 1 ? (argument[0] ?? null) : argument;
  if (!(single instanceof Map) || [...single.keys()][0]?.startsWith('$'))
    return { date: compile(single), zone: () => undefined };
  const given = named(single, name, ['date', 'timezone'], ['date']);
  const zone = given.get('timezone');
  return { date: compile(given.get('date') ?? null), zone: zone === undefined ? () => undefined : compile(zone) };
}

function part(read: (fields: DateFields) => number | bigint): Builder {
  return (argument, compile, name) => {
    const { date, zone } = dateArguments(argument, compile, name);
    return (scope) => {
      const value = date(scope);
      const where = zone(scope);
      if (isNullish(value) || where === null) return null;
      const result = read(dateFields(millisecondsOf(name, value), zoneOf(where)));
      return typeof result === 'bigint' ? result : int(result);
    };
  };
}

const two = (value: number, width = 2): string => String(value).padStart(width, '0');

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

const formats: Readonly<Record<string, (fields: DateFields) => string>> = {
  Y: (fields) => two(fields.year, 4),
  m: (fields) => two(fields.month),
  d: (fields) => two(fields.day),
  H: (fields) => two(fields.hour),
  M: (fields) => two(fields.minute),
  S: (fields) => two(fields.second),
  L: (fields) => two(fields.millisecond, 3),
  j: (fields) => two(fields.dayOfYear, 3),
  w: (fields) => String(fields.dayOfWeek),
  u: (fields) => String(fields.isoDayOfWeek),
  U: (fields) => two(fields.week),
  V: (fields) => two(fields.isoWeek),
  G: (fields) => two(fields.isoYear, 4),
  z: (fields) => formatOffset(fields.offset),
  Z: (fields) => String(fields.offset),
  b: (fields) => (months[fields.month - 1] ?? '').slice(0, 3),
  B: (fields) => months[fields.month - 1] ?? '',
  '%': () => '%',
};

function formatDate(format: string, fields: DateFields): string {
  return format.replace(/%(.?)/gs, (_whole, letter: string) => {
    const write = Object.hasOwn(formats, letter) ? formats[letter] : undefined;
    if (!write) throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
    return write(fields);
  });
}

const dateToString: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['date', 'format', 'timezone', 'onNull'], ['date']);
  const [date, format, zone, onNull] = ['date', 'format', 'timezone', 'onNull'].map((field) => {
    const value = given.get(field);
    return value === undefined ? undefined : compile(value);
  });
  return (scope) => {
    const value = date?.(scope);
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    const where = zone?.(scope);
    const wanted = format ? format(scope) : undefined;
    if (where === null || wanted === null) return null;
    const zoneName = zoneOf(where);
    const pattern = wanted ?? (zoneName === 'UTC' ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
    if (typeof pattern !== 'string') throw new MongoError(18533, '$dateToString requires that format be a string');
    return formatDate(pattern, dateFields(millisecondsOf(name, value), zoneName));
  };
};

const dateFromString: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['dateString', 'format', 'timezone', 'onError', 'onNull'], ['dateString']);
  if (given.has('format')) throw new MongoError(168, `${name} with a format is not supported`);
  const [text, zone, onError, onNull] = ['dateString', 'timezone', 'onError', 'onNull'].map((field) => {
    const value = given.get(field);
    return value === undefined ? undefined : compile(value);
  });
  return (scope) => {
    const value = text?.(scope);
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    try {
      if (typeof value !== 'string')
        throw new MongoError(241, `$dateFromString requires that 'dateString' be a string, found: ${describe(value)}`);
      const ms = Number(parseDateText(value));
      const where = zone?.(scope);
      return new DateTime(where === undefined ? ms : ms - offsetOf(ms, zoneOf(where)) * 60_000);
    } catch (error) {
      if (onError && error instanceof MongoError) return onError(scope);
      throw error;
    }
  };
};

const units: ReadonlyMap<string, number> = new Map([
  ['millisecond', 1],
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['week', 604_800_000],
]);
const monthUnits: ReadonlyMap<string, number> = new Map([
  ['month', 1],
  ['quarter', 3],
  ['year', 12],
]);

function addMonths(ms: number, count: number): number {
  const date = new Date(ms);
  const first = Date.UTC(
    date.getUTCFullYear(),
    date.getUTCMonth() + count,
    1,
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  );
  const target = new Date(first);
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  return first + (Math.min(date.getUTCDate(), last) - 1) * 86_400_000;
}

function shift(sign: 1 | -1): Builder {
  return (argument, compile, name) => {
    const given: Doc = named(argument, name, ['startDate', 'unit', 'amount'], ['startDate', 'unit', 'amount']);
    const [start, unit, amount] = ['startDate', 'unit', 'amount'].map((field) => compile(given.get(field) ?? null));
    return (scope) => {
      const [from, by, count] = [start?.(scope), unit?.(scope), amount?.(scope)];
      if (isNullish(from) || isNullish(by) || isNullish(count)) return null;
      const whole = isNumber(count) ? toInteger(count) : undefined;
      if (whole === undefined) throw new MongoError(5166405, `${name} expects integer amount of time units`);
      const ms = millisecondsOf(name, from);
      const length = typeof by === 'string' ? units.get(by) : undefined;
      if (length !== undefined) return new DateTime(ms + sign * whole * length);
      const step = typeof by === 'string' ? monthUnits.get(by) : undefined;
      if (step === undefined) throw new MongoError(9, `${name}: unknown time unit value`);
      return new DateTime(addMonths(ms, sign * whole * step));
    };
  };
}

export const dates: Record<string, Builder> = {
  $year: part((fields) => fields.year),
  $month: part((fields) => fields.month),
  $dayOfMonth: part((fields) => fields.day),
  $hour: part((fields) => fields.hour),
  $minute: part((fields) => fields.minute),
  $second: part((fields) => fields.second),
  $millisecond: part((fields) => fields.millisecond),
  $dayOfYear: part((fields) => fields.dayOfYear),
  $dayOfWeek: part((fields) => fields.dayOfWeek),
  $isoDayOfWeek: part((fields) => fields.isoDayOfWeek),
  $week: part((fields) => fields.week),
  $isoWeek: part((fields) => fields.isoWeek),
  $isoWeekYear: part((fields) => BigInt(fields.isoYear)),
  $dateToString: dateToString,
  $dateFromString: dateFromString,
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
};
