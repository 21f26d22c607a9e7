import { parseDecimal } from './decimal.ts';
import { Decimal, Int32 } from './values.ts';
import type { Value } from './values.ts';

export type NumberValue = number | bigint | Int32 | Decimal;

export function isNumber(value: Value | undefined): value is NumberValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Int32 || value instanceof Decimal;
}

/** An exact rational: numerator / denominator, the denominator positive. */
interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const view = new DataView(new ArrayBuffer(8));

function rationalOfDouble(value: number): Rational {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  const signed = value < 0 ? -mantissa : mantissa;
  return exponent >= 0
    ? { numerator: signed << BigInt(exponent), denominator: 1n }
    : { numerator: signed, denominator: 1n << BigInt(-exponent) };
}

function rationalOf(value: NumberValue): Rational {
  if (typeof value === 'number') return rationalOfDouble(value);
  if (typeof value === 'bigint') return { numerator: value, denominator: 1n };
  if (value instanceof Int32) return { numerator: BigInt(value.value), denominator: 1n };
  const parts = parseDecimal(value);
  if (parts.kind !== 'finite') return { numerator: 0n, denominator: 1n };
  return parts.exponent >= 0
    ? { numerator: parts.coefficient * 10n ** BigInt(parts.exponent), denominator: 1n }
    : { numerator: parts.coefficient, denominator: 10n ** BigInt(-parts.exponent) };
}

/** The value as a Double when it is not finite, else undefined. */
export function nonFinite(value: NumberValue): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : value;
  if (!(value instanceof Decimal)) return undefined;
  const parts = parseDecimal(value);
  if (parts.kind === 'finite') return undefined;
  if (parts.kind === 'nan') return NaN;
  return parts.negative ? -Infinity : Infinity;
}

function compareFinite(left: NumberValue, right: NumberValue): number {
  const a = rationalOf(left);
  const b = rationalOf(right);
  const x = a.numerator * b.denominator;
  const y = b.numerator * a.denominator;
  return x < y ? -1 : x > y ? 1 : 0;
}

function simple(value: NumberValue): number | undefined {
  if (typeof value === 'number') return value;
  return value instanceof Int32 ? value.value : undefined;
}

function compareDoubles(left: number, right: number): number {
  if (left < right) return -1;
  if (left > right) return 1;
  if (left === right) return 0;
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1;
  return 1;
}

/** Compares two numbers of any types by their exact values; NaN equals NaN and comes first. */
export function compareNumbers(left: NumberValue, right: NumberValue): number {
  const a = simple(left) ?? nonFinite(left);
  const b = simple(right) ?? nonFinite(right);
  if (a !== undefined && b !== undefined) return compareDoubles(a, b);
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0;
  const wideA = a !== undefined && !Number.isFinite(a);
  const wideB = b !== undefined && !Number.isFinite(b);
  if (wideA) return a > 0 ? 1 : -1;
  if (wideB) return b > 0 ? -1 : 1;
  return compareFinite(left, right);
}

/** The next Double below a finite one. */
export function nextDown(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}
