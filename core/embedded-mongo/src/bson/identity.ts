import { compareNumbers, isNumber } from './exact.ts';
import { keyOf } from './keys.ts';
import { toNumber } from './numbers.ts';
import { BsonSymbol, Int32 } from './values.ts';
import type { Value } from './values.ts';

/** A primitive that is the same for values that are equal to MongoDB, and for no others: for Maps and Sets. */
export function identityOf(value: Value): string | number {
  if (typeof value === 'string') return `s${value}`;
  if (value instanceof Int32) return value.value;
  if (isNumber(value)) {
    const number = toNumber(value);
    // -0 is 0 to a Set as well.
    if (Number.isSafeInteger(number) && compareNumbers(value, number) === 0) return number;
  }
  return value instanceof BsonSymbol ? `s${value.value}` : `k${keyOf(value).toString('latin1')}`;
}
