import { Decimal128 } from 'bson';
import { asBuffer } from './decode.ts';
import { Decimal } from './values.ts';

/** A finite decimal is coefficient × 10^exponent. */
export interface Finite {
  readonly kind: 'finite';
  readonly coefficient: bigint;
  readonly exponent: number;
  /** Only to tell -0 from 0. */
  readonly negative: boolean;
}

export type Parts = Finite | { readonly kind: 'nan' } | { readonly kind: 'infinity'; readonly negative: boolean };

const BIAS = 6176;
const MAX_DIGITS = 34;

/** Takes a Decimal128 apart. */
export function parseDecimal(value: Decimal): Parts {
  const bytes = asBuffer(value.bytes);
  const low = bytes.readBigUInt64LE(0);
  const high = bytes.readBigUInt64LE(8);
  const negative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 0x1fn);
  if (combination === 0x1f) return { kind: 'nan' };
  if (combination === 0x1e) return { kind: 'infinity', negative };
  if (combination >> 3 === 3) {
    return { kind: 'finite', coefficient: 0n, exponent: Number((high >> 47n) & 0x3fffn) - BIAS, negative };
  }
  const magnitude = ((high & 0x1ffffffffffffn) << 64n) | low;
  const exponent = Number((high >> 49n) & 0x3fffn) - BIAS;
  return { kind: 'finite', coefficient: negative ? -magnitude : magnitude, exponent, negative };
}

export function decimalFromString(text: string): Decimal {
  return new Decimal(Decimal128.fromStringWithRounding(text).bytes);
}

export function decimalToString(value: Decimal): string {
  return new Decimal128(Buffer.from(value.bytes)).toString();
}

/** Makes a Decimal128, rounded half to even to 34 digits. */
export function makeDecimal(coefficient: bigint, exponent: number): Decimal {
  const sign = coefficient < 0n ? '-' : '';
  let digits = (coefficient < 0n ? -coefficient : coefficient).toString();
  let scale = exponent;
  const excess = digits.length - MAX_DIGITS;
  if (excess > 0) {
    digits = roundDigits(digits, excess);
    scale += excess;
  }
  return decimalFromString(`${sign}${digits}E${scale >= 0 ? '+' : ''}${scale}`);
}

function roundDigits(digits: string, excess: number): string {
  const unit = 10n ** BigInt(excess);
  const value = BigInt(digits);
  const quotient = value / unit;
  const twice = (value % unit) * 2n;
  const up = twice > unit || (twice === unit && quotient % 2n === 1n);
  return (up ? quotient + 1n : quotient).toString();
}

/** A Double as Decimal128, with the 15 digits that MongoDB keeps. */
export function decimalFromDouble(value: number): Decimal {
  if (Number.isNaN(value)) return decimalFromString('NaN');
  if (!Number.isFinite(value)) return decimalFromString(value > 0 ? 'Infinity' : '-Infinity');
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return decimalFromString(value.toString());
  return decimalFromString(value.toPrecision(15));
}

/** The nearest Double. */
export function decimalToNumber(value: Decimal): number {
  return Number(decimalToString(value));
}
