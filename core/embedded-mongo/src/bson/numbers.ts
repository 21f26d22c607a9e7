import { decimalFromDouble, decimalFromString, decimalToNumber, makeDecimal, parseDecimal } from './decimal.ts';
import type { Finite } from './decimal.ts';
import type { NumberValue } from './exact.ts';
import { Decimal, Int32 } from './values.ts';

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

export function fitsLong(value: bigint): boolean {
  return value >= MIN_LONG && value <= MAX_LONG;
}

export function toNumber(value: NumberValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Int32 ? value.value : decimalToNumber(value);
}

export function toDecimal(value: NumberValue): Decimal {
  if (value instanceof Decimal) return value;
  if (typeof value === 'number') return decimalFromDouble(value);
  return makeDecimal(typeof value === 'bigint' ? value : BigInt(value.value), 0);
}

function toBigint(value: bigint | Int32): bigint {
  return typeof value === 'bigint' ? value : BigInt(value.value);
}

export type Operation = 'add' | 'subtract' | 'multiply';

function onDecimals(operation: Operation, left: Decimal, right: Decimal): Decimal {
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  if (a.kind !== 'finite' || b.kind !== 'finite') {
    return decimalFromString(textOfNumber(onDoubles(operation, decimalToNumber(left), decimalToNumber(right))));
  }
  if (operation === 'multiply') return makeDecimal(a.coefficient * b.coefficient, a.exponent + b.exponent);
  const exponent = Math.min(a.exponent, b.exponent);
  const x = scaled(a, exponent);
  const y = scaled(b, exponent);
  return makeDecimal(operation === 'add' ? x + y : x - y, exponent);
}

const textOfNumber = (value: number): string => (Number.isNaN(value) ? 'NaN' : String(value));

function scaled(parts: Finite, exponent: number): bigint {
  return parts.coefficient * 10n ** BigInt(parts.exponent - exponent);
}

function onDoubles(operation: Operation, left: number, right: number): number {
  if (operation === 'add') return left + right;
  return operation === 'subtract' ? left - right : left * right;
}

function onBigints(operation: Operation, left: bigint, right: bigint): bigint {
  if (operation === 'add') return left + right;
  return operation === 'subtract' ? left - right : left * right;
}

/**
 * Typed arithmetic: the widest type wins; an Int32 result that does not fit becomes a Long.
 * @returns undefined when a Long overflows
 */
export function calculate(operation: Operation, left: NumberValue, right: NumberValue): NumberValue | undefined {
  if (left instanceof Decimal || right instanceof Decimal) {
    return onDecimals(operation, toDecimal(left), toDecimal(right));
  }
  if (typeof left === 'number' || typeof right === 'number')
    return onDoubles(operation, toNumber(left), toNumber(right));
  const result = onBigints(operation, toBigint(left), toBigint(right));
  if (!fitsLong(result)) return undefined;
  if (typeof left === 'bigint' || typeof right === 'bigint') return result;
  return narrow(result);
}

/** An integer as Int32 when it fits, else as Long. */
export function narrow(value: bigint): Int32 | bigint {
  return value >= -2147483648n && value <= 2147483647n ? new Int32(Number(value)) : value;
}

/** A count as MongoDB reports it: Int32 when it fits, else Long. */
export function count(value: number): Int32 | bigint {
  return narrow(BigInt(value));
}

/** An integral number of any type as a JavaScript integer, or undefined. */
export function toInteger(value: NumberValue): number | undefined {
  const result = toNumber(value);
  return Number.isSafeInteger(result) ? result : undefined;
}
