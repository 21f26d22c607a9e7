import { MongoError, mongoError } from '../../errors.ts';
import { encode } from '../../bson/encode.ts';
import { isNumber } from '../../bson/exact.ts';
import { narrow, toNumber } from '../../bson/numbers.ts';
import { Binary, Int32, Timestamp, int } from '../../bson/values.ts';
import type { Value } from '../../bson/values.ts';
import { describe, fixed, variadic } from './arguments.ts';
import { real } from './arithmetic.ts';
import { isNullish } from './scope.ts';
import type { Builder } from './scope.ts';

const always = (): boolean => true;
const inUnit = (value: number): boolean => !(Math.abs(value) > 1);

function bitwise(name: string, empty: bigint, combine: (left: bigint, right: bigint) => bigint): Builder {
  return variadic((values) => {
    let long = false;
    let total = empty;
    for (const value of values) {
      if (isNullish(value)) return null;
      if (typeof value === 'bigint') long = true;
      else if (!(value instanceof Int32))
        throw mongoError('TypeMismatch', `${name} only supports int and long operands, not ${describe(value)}`);
      total = combine(total, typeof value === 'bigint' ? value : BigInt(value.value));
    }
    return long ? total : narrow(total);
  });
}

function deviation(sample: boolean): Builder {
  return variadic((values) => {
    const [only] = values;
    const list = (values.length === 1 && Array.isArray(only) ? only : values).filter((value) => isNumber(value));
    const over = list.length - (sample ? 1 : 0);
    if (over <= 0) return null;
    const numbers = list.map((value) => toNumber(value));
    const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    return Math.sqrt(numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0) / over);
  });
}

function timestampPart(name: string, read: (value: bigint) => bigint): Builder {
  return fixed(1, (value) => {
    if (isNullish(value)) return null;
    if (!(value instanceof Timestamp))
      throw new MongoError(5687301, `${name} requires a timestamp argument, found: ${describe(value)}`);
    return read(value.value);
  });
}

/** Angles, bits, spread and sizes. */
export const numbers: Record<string, Builder> = {
  $sin: real(Math.sin, Number.isFinite, 50989),
  $cos: real(Math.cos, Number.isFinite, 50989),
  $tan: real(Math.tan, Number.isFinite, 50989),
  $asin: real(Math.asin, inUnit, 50989),
  $acos: real(Math.acos, inUnit, 50989),
  $atan: real(Math.atan, always, 50989),
  $sinh: real(Math.sinh, always, 50989),
  $cosh: real(Math.cosh, always, 50989),
  $tanh: real(Math.tanh, always, 50989),
  $asinh: real(Math.asinh, always, 50989),
  $acosh: real(Math.acosh, (value) => !(value < 1), 50989),
  $atanh: real(Math.atanh, inUnit, 50989),
  $degreesToRadians: real((value) => (value * Math.PI) / 180, always, 28765),
  $radiansToDegrees: real((value) => (value * 180) / Math.PI, always, 28765),
  $bitAnd: bitwise('$bitAnd', -1n, (left, right) => left & right),
  $bitOr: bitwise('$bitOr', 0n, (left, right) => left | right),
  $bitXor: bitwise('$bitXor', 0n, (left, right) => left ^ right),
  $bitNot: fixed(1, (value) => {
    if (isNullish(value)) return null;
    if (typeof value === 'bigint') return ~value;
    if (value instanceof Int32) return int(~value.value);
    throw mongoError('TypeMismatch', `$bitNot only supports int and long, not ${describe(value)}`);
  }),
  $stdDevPop: deviation(false),
  $stdDevSamp: deviation(true),
  $binarySize: fixed(1, (value) => {
    if (isNullish(value)) return null;
    if (typeof value === 'string') return int(Buffer.byteLength(value));
    if (value instanceof Binary) return int(value.bytes.length);
    throw new MongoError(51276, `$binarySize requires a string or BinData argument, found: ${describe(value)}`);
  }),
  $bsonSize: fixed(1, (value) => {
    if (isNullish(value)) return null;
    if (value instanceof Map) return int(encode(value).length);
    throw new MongoError(31393, `$bsonSize requires a document input, found: ${describe(value)}`);
  }),
  $tsSecond: timestampPart('$tsSecond', (value) => value >> 32n),
  $tsIncrement: timestampPart('$tsIncrement', (value) => value & 0xffffffffn),
};

/** The `n` of $firstN and its sisters. @throws MongoError 5787902 or 5787908 */
export function countOf(name: string, value: Value | undefined): number {
  if (!isNumber(value) || !Number.isSafeInteger(toNumber(value)))
    throw new MongoError(5787902, `Value for 'n' must be of integral type, but found ${describe(value)} in ${name}`);
  if (toNumber(value) <= 0) throw new MongoError(5787908, `'n' must be greater than 0 in ${name}`);
  return toNumber(value);
}
