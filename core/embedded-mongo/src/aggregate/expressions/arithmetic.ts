import { MongoError, mongoError } from '../../errors.ts';
import { compare } from '../../bson/compare.ts';
import { decimalFromString, makeDecimal, parseDecimal } from '../../bson/decimal.ts';
import { isNumber } from '../../bson/exact.ts';
import type { NumberValue } from '../../bson/exact.ts';
import { calculate, fitsLong, narrow, toDecimal, toInteger, toNumber } from '../../bson/numbers.ts';
import type { Operation } from '../../bson/numbers.ts';
import { DateTime, Decimal, Int32, int } from '../../bson/values.ts';
import type { Value } from '../../bson/values.ts';
import { describe, fixed, variadic } from './arguments.ts';
import { isNullish } from './scope.ts';
import type { Builder } from './scope.ts';

/** Arithmetic of expressions: a Long that overflows becomes a Double. */
function combine(operation: Operation, left: NumberValue, right: NumberValue): NumberValue {
  const result = calculate(operation, left, right);
  if (result !== undefined) return result;
  const [a, b] = [toNumber(left), toNumber(right)];
  if (operation === 'add') return a + b;
  return operation === 'subtract' ? a - b : a * b;
}

function numberOf(name: string, value: Value): NumberValue {
  if (isNumber(value)) return value;
  throw mongoError('TypeMismatch', `${name} only supports numeric types, not ${describe(value)}`);
}

const add = variadic((values) => {
  let total: NumberValue = int(0);
  let date: DateTime | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof DateTime) {
      if (date) throw new MongoError(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumber(value)) total = combine('add', total, value);
    else throw mongoError('TypeMismatch', `$add only supports numeric or date types, not ${describe(value)}`);
  }
  return date ? new DateTime(date.ms + BigInt(Math.round(toNumber(total)))) : total;
});

const subtract = fixed(2, (left, right) => {
  if (isNullish(left) || isNullish(right)) return null;
  if (left instanceof DateTime) {
    if (right instanceof DateTime) return left.ms - right.ms;
    if (isNumber(right)) return new DateTime(left.ms - BigInt(Math.round(toNumber(right))));
  }
  if (isNumber(left) && isNumber(right)) return combine('subtract', left, right);
  throw mongoError('TypeMismatch', `can't $subtract ${describe(right)} from ${describe(left)}`);
});

const multiply = variadic((values) => {
  let total: NumberValue = int(1);
  for (const value of values) {
    if (isNullish(value)) return null;
    total = combine('multiply', total, numberOf('$multiply', value));
  }
  return total;
});

/** More digits than a Decimal holds. */
const SHIFT = 40;

export function divideDecimals(left: Decimal, right: Decimal): Decimal {
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    const result = toNumber(left) / toNumber(right);
    return decimalFromString(Number.isNaN(result) ? 'NaN' : String(result));
  }
  let digits = SHIFT;
  const scaled = a.coefficient * 10n ** BigInt(SHIFT);
  let quotient = scaled / b.coefficient;
  // An exact result is written as short as its operands allow.
  if (scaled % b.coefficient === 0n) {
    while (digits > 0 && quotient % 10n === 0n) {
      quotient /= 10n;
      digits--;
    }
  }
  return makeDecimal(quotient, a.exponent - b.exponent - digits);
}

const divide = fixed(2, (left, right) => {
  if (isNullish(left) || isNullish(right)) return null;
  if (!isNumber(left) || !isNumber(right)) {
    throw mongoError(
      'TypeMismatch',
      `$divide only supports numeric types, not ${describe(left)} and ${describe(right)}`,
    );
  }
  if (toNumber(right) === 0) throw mongoError('BadValue', "can't $divide by zero");
  if (left instanceof Decimal || right instanceof Decimal) return divideDecimals(toDecimal(left), toDecimal(right));
  return toNumber(left) / toNumber(right);
});

function whole(value: NumberValue): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return value instanceof Int32 ? BigInt(value.value) : undefined;
}

function decimalRemainder(left: Decimal, right: Decimal): Decimal {
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  if (a.kind !== 'finite' || b.kind !== 'finite') return toDecimal(toNumber(left) % toNumber(right));
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (part: { coefficient: bigint; exponent: number }): bigint =>
    part.coefficient * 10n ** BigInt(part.exponent - exponent);
  return makeDecimal(scaled(a) % scaled(b), exponent);
}

const mod = fixed(2, (left, right) => {
  if (isNullish(left) || isNullish(right)) return null;
  if (!isNumber(left) || !isNumber(right)) {
    throw new MongoError(16611, `$mod only supports numeric types, not ${describe(left)} and ${describe(right)}`);
  }
  if (toNumber(right) === 0) throw new MongoError(16610, "can't $mod by zero");
  const [a, b] = [whole(left), whole(right)];
  if (left instanceof Decimal || right instanceof Decimal) return decimalRemainder(toDecimal(left), toDecimal(right));
  if (a === undefined || b === undefined) return toNumber(left) % toNumber(right);
  return typeof left === 'bigint' || typeof right === 'bigint' ? a % b : narrow(a % b);
});

/** An operator on one number that keeps integers as they are. */
function unary(code: number, onInteger: (value: bigint) => bigint, onDouble: (value: number) => number): Builder {
  return (argument, compile, name) =>
    fixed(1, (value) => {
      if (isNullish(value)) return null;
      if (!isNumber(value)) throw new MongoError(code, `${name} only supports numeric types, not ${describe(value)}`);
      const integer = whole(value);
      if (integer !== undefined) {
        const result = onInteger(integer);
        if (!fitsLong(result)) throw new MongoError(28680, `can't take ${name} of long long min`);
        return typeof value === 'bigint' ? result : narrow(result);
      }
      const result = onDouble(toNumber(value));
      return value instanceof Decimal ? toDecimal(result) : result;
    })(argument, compile, name);
}

/** An operator that gives a Double, or a Decimal of a Decimal. */
export function real(run: (value: number) => number, valid: (value: number) => boolean, code: number): Builder {
  return (argument, compile, name) =>
    fixed(1, (value) => {
      if (isNullish(value)) return null;
      if (!isNumber(value)) throw new MongoError(28765, `${name} only supports numeric types, not ${describe(value)}`);
      const number = toNumber(value);
      if (!valid(number)) throw new MongoError(code, `${name}'s argument is out of range: ${number}`);
      return value instanceof Decimal ? toDecimal(run(number)) : run(number);
    })(argument, compile, name);
}

function halfEven(value: number): number {
  const floor = Math.floor(value);
  const difference = value - floor;
  if (difference !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function placesOf(name: string, place: Value | undefined): number {
  if (place === undefined) return 0;
  const digits = isNumber(place) ? toInteger(place) : undefined;
  if (digits === undefined) throw new MongoError(51082, `precision argument to ${name} must be a integral value`);
  if (digits < -20 || digits > 100)
    throw new MongoError(51083, `cannot apply ${name} with precision value ${digits} value must be in [-20, 100]`);
  return digits;
}

function placed(round: (value: number) => number): Builder {
  return (argument, compile, name) =>
    fixed([1, 2], (value, place) => {
      if (isNullish(value) || place === null) return null;
      if (!isNumber(value)) throw new MongoError(51081, `${name} only supports numeric types, not ${describe(value)}`);
      const digits = placesOf(name, place);
      const number = toNumber(value);
      if (whole(value) !== undefined && digits >= 0) return value;
      if (!Number.isFinite(number)) return value;
      // The exponent form shifts the point without an error of multiplication.
      const result = Number(`${round(Number(`${number}e${digits}`))}e${-digits}`);
      const plain = Number.isNaN(result) ? round(number) : result;
      if (value instanceof Decimal) return toDecimal(plain);
      if (typeof value === 'bigint') return BigInt(plain);
      return value instanceof Int32 ? int(plain) : plain;
    })(argument, compile, name);
}

const pow = fixed(2, (base, exponent) => {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumber(base)) throw new MongoError(28762, `$pow's base must be numeric, not ${describe(base)}`);
  if (!isNumber(exponent)) throw new MongoError(28763, `$pow's exponent must be numeric, not ${describe(exponent)}`);
  if (toNumber(base) === 0 && toNumber(exponent) < 0)
    throw new MongoError(28764, '$pow cannot take a base of 0 and a negative exponent');
  const [a, b] = [whole(base), whole(exponent)];
  if (a !== undefined && b !== undefined && b >= 0n && b < 128n) {
    const result = a ** b;
    if (fitsLong(result)) return typeof base === 'bigint' || typeof exponent === 'bigint' ? result : narrow(result);
  }
  const result = toNumber(base) ** toNumber(exponent);
  return base instanceof Decimal || exponent instanceof Decimal ? toDecimal(result) : result;
});

const log = fixed(2, (value, base) => {
  if (isNullish(value) || isNullish(base)) return null;
  if (!isNumber(value)) throw new MongoError(28756, `$log's argument must be numeric, not ${describe(value)}`);
  if (!isNumber(base)) throw new MongoError(28757, `$log's base must be numeric, not ${describe(base)}`);
  if (toNumber(value) <= 0) throw new MongoError(28758, "$log's argument must be a positive number");
  if (toNumber(base) <= 0 || toNumber(base) === 1)
    throw new MongoError(28759, "$log's base must be a positive number not equal to 1");
  return Math.log(toNumber(value)) / Math.log(toNumber(base));
});

/** $sum, $avg, $min and $max over arguments, or over the one array that is given. */
function over(run: (values: readonly Value[]) => Value): Builder {
  return variadic((values) => {
    const [only] = values;
    const list = values.length === 1 && Array.isArray(only) ? only : values;
    return run(list.filter((value) => value !== undefined));
  });
}

const numbersIn = (values: readonly Value[]): NumberValue[] => values.filter((value) => isNumber(value));

function extreme(sign: 1 | -1): Builder {
  return over((values) => {
    const kept = values.filter((value) => !isNullish(value));
    return kept.reduce<Value>((best, value) => (best === null || compare(value, best) * sign > 0 ? value : best), null);
  });
}

export const arithmetic: Record<string, Builder> = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: divide,
  $mod: mod,
  $pow: pow,
  $log: log,
  $abs: unary(28765, (value) => (value < 0n ? -value : value), Math.abs),
  $ceil: unary(28765, (value) => value, Math.ceil),
  $floor: unary(28765, (value) => value, Math.floor),
  $round: placed(halfEven),
  $trunc: placed(Math.trunc),
  $sqrt: real(Math.sqrt, (value) => !(value < 0), 28714),
  $exp: real(Math.exp, () => true, 28765),
  $ln: real(Math.log, (value) => !(value <= 0), 28766),
  $log10: real(Math.log10, (value) => !(value <= 0), 28761),
  $sum: over((values) => numbersIn(values).reduce<NumberValue>((total, value) => combine('add', total, value), int(0))),
  $avg: over((values) => {
    const numbers = numbersIn(values);
    if (numbers.length === 0) return null;
    const total = numbers.reduce<NumberValue>((sum, value) => combine('add', sum, value), 0);
    return total instanceof Decimal
      ? divideDecimals(total, toDecimal(int(numbers.length)))
      : toNumber(total) / numbers.length;
  }),
  $min: extreme(-1),
  $max: extreme(1),
  $rand: () => () => Math.random(),
};
