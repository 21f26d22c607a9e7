import { canonicalRank, compare, rankOf } from '../bson/compare.ts';
import type { StringCompare } from '../bson/compare.ts';
import { parseDecimal } from '../bson/decimal.ts';
import { compareNumbers, isNumber, nonFinite } from '../bson/exact.ts';
import type { NumberValue } from '../bson/exact.ts';
import { keyOf } from '../bson/keys.ts';
import { Binary, BsonSymbol, Decimal, Int32, Regex, Type, typeOf } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import type { CompiledRegex, Leaf } from './tree.ts';

const rankMin = canonicalRank(Type.minKey);
const rankMax = canonicalRank(Type.maxKey);

const isNaNValue = (value: Value): boolean => isNumber(value) && Number.isNaN(nonFinite(value) ?? 0);

type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

function acrossTypes(op: Comparison, rank: number): boolean {
  if (rank === rankMax) return op === 'lt' || op === 'lte';
  return rank === rankMin && (op === 'gt' || op === 'gte');
}

function matchComparison(op: Comparison, wanted: Value, value: Value | undefined, text?: StringCompare): boolean {
  const rank = rankOf(wanted);
  if (value === undefined) {
    return wanted === null ? op === 'eq' || op === 'gte' || op === 'lte' : acrossTypes(op, rank);
  }
  if (rankOf(value) !== rank) return acrossTypes(op, rank);
  if (isNaNValue(wanted) || isNaNValue(value)) {
    return op !== 'gt' && op !== 'lt' && isNumber(value) && compareNumbers(value, wanted as NumberValue) === 0;
  }
  const result = compare(value, wanted, text);
  switch (op) {
    case 'eq':
      return result === 0;
    case 'gt':
      return result > 0;
    case 'gte':
      return result >= 0;
    case 'lt':
      return result < 0;
    case 'lte':
      return result <= 0;
  }
}

export function matchRegex(regex: CompiledRegex, value: Value | undefined): boolean {
  if (typeof value === 'string') return regex.regex.test(value);
  if (value instanceof BsonSymbol) return regex.regex.test(value.value);
  return value instanceof Regex && value.pattern === regex.source.pattern && value.flags === regex.source.flags;
}

/** The key under which `$in` finds a value without comparing with each. */
export function lookupKey(value: Value): string {
  if (typeof value === 'string') return `s${value}`;
  return keyOf(value).toString('latin1');
}

function matchIn(leaf: Extract<Leaf, { op: 'in' }>, value: Value | undefined, text?: StringCompare): boolean {
  if (text) {
    if (leaf.values.some((wanted) => matchComparison('eq', wanted, value, text))) return true;
  } else if (leaf.keys.has(lookupKey(value === undefined ? null : value))) return true;
  return leaf.regexes.some((regex) => matchRegex(regex, value));
}

/** The integer part of a number, or undefined for NaN and infinities. */
export function truncated(value: NumberValue): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Int32) return BigInt(value.value);
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined;
  const parts = parseDecimal(value);
  if (parts.kind !== 'finite') return undefined;
  return parts.exponent >= 0
    ? parts.coefficient * 10n ** BigInt(parts.exponent)
    : parts.coefficient / 10n ** BigInt(-parts.exponent);
}

function matchMod(leaf: Extract<Leaf, { op: 'mod' }>, value: Value | undefined): boolean {
  if (!isNumber(value)) return false;
  const whole = truncated(value);
  return whole !== undefined && whole % leaf.divisor === leaf.remainder;
}

function matchBits(leaf: Extract<Leaf, { op: 'bits' }>, value: Value | undefined): boolean {
  if (value instanceof Binary) return leaf.test(value.bytes);
  return isNumber(value) && !(value instanceof Decimal) && leaf.test(value);
}

/** Whether a type set holds the type of a value. */
function matchType(types: ReadonlySet<number>, value: Value | undefined): boolean {
  return value !== undefined && types.has(typeOf(value));
}

/** Answers a leaf for one value; arrays are not entered. $elemMatch is answered by matches(). */
export function matchLeaf(
  leaf: Exclude<Leaf, { op: 'elemMatch' }>,
  value: Value | undefined,
  text?: StringCompare,
): boolean {
  switch (leaf.op) {
    case 'in':
      return matchIn(leaf, value, text);
    case 'regex':
      return matchRegex(leaf.regex, value);
    case 'exists':
      return value !== undefined;
    case 'type':
      return matchType(leaf.types, value);
    case 'size':
      return Array.isArray(value) && value.length === leaf.size;
    case 'mod':
      return matchMod(leaf, value);
    case 'bits':
      return matchBits(leaf, value);
    default:
      return matchComparison(leaf.op, leaf.value, value, text);
  }
}
