import { mongoError } from '../errors.ts';
import { isNumber } from '../bson/exact.ts';
import type { NumberValue } from '../bson/exact.ts';
import { toInteger } from '../bson/numbers.ts';
import { Binary, Int32 } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';

function positionsOf(name: string, value: Value): readonly number[] {
  if (Array.isArray(value)) {
    return value.map((one) => {
      const position = isNumber(one) ? toInteger(one) : undefined;
      if (position === undefined || position < 0) {
        throw mongoError('BadValue', `bit positions must be an integer >= 0 in ${name}`);
      }
      return position;
    });
  }
  if (value instanceof Binary) return setBits(value.bytes.length * 8, (bit) => bitOfBytes(value.bytes, bit));
  const mask = isNumber(value) ? toInteger(value) : undefined;
  if (mask === undefined || mask < 0) throw mongoError('BadValue', `${name} takes an Array, a number, or a BinData`);
  return setBits(64, (bit) => ((BigInt(mask) >> BigInt(bit)) & 1n) === 1n);
}

function setBits(length: number, test: (bit: number) => boolean): number[] {
  return Array.from({ length }, (_, bit) => bit).filter(test);
}

function bitOfBytes(bytes: Uint8Array, bit: number): boolean {
  return (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1;
}

function integral(value: NumberValue): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Int32) return BigInt(value.value);
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value) : undefined;
}

/** Makes the test of $bitsAllSet, $bitsAllClear, $bitsAnySet or $bitsAnyClear. */
export function parseBits(name: string, value: Value): (value: NumberValue | Uint8Array) => boolean {
  const positions = positionsOf(name, value);
  const all = name.startsWith('$bitsAll');
  const wanted = name.endsWith('Set');
  return (candidate) => {
    let bitAt: (bit: number) => boolean;
    if (candidate instanceof Uint8Array) bitAt = (bit) => bitOfBytes(candidate, bit);
    else {
      const whole = integral(candidate);
      if (whole === undefined) return false;
      bitAt = (bit) => ((whole >> BigInt(Math.min(bit, 63))) & 1n) === 1n;
    }
    const test = (bit: number): boolean => bitAt(bit) === wanted;
    return all ? positions.every(test) : positions.some(test);
  };
}
