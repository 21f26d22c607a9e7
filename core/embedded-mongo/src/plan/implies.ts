import { compare, equal, rankOf } from '../bson/compare.ts';
import { typeOf } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import type { Leaf, Node } from '../match/tree.ts';
import { conditionsOf } from './bounds.ts';
import type { Condition } from './bounds.ts';

/** Whether a leaf can only be satisfied by a field that exists. */
export function impliesExistence(leaf: Leaf): boolean {
  switch (leaf.op) {
    case 'eq':
    case 'gte':
    case 'lte':
    case 'gt':
    case 'lt':
      return leaf.value !== null && typeOf(leaf.value) !== 255 && typeOf(leaf.value) !== 127;
    case 'in':
      return !leaf.values.includes(null);
    default:
      return true;
  }
}

function rangeImplies(wanted: Extract<Leaf, { value: Value }>, given: Leaf): boolean {
  if (
    !('value' in given) ||
    rankOf(given.value) !== rankOf(wanted.value) ||
    given.value === null ||
    Array.isArray(given.value)
  )
    return false;
  const result = compare(given.value, wanted.value);
  const low = given.op === 'gt' || given.op === 'gte' || given.op === 'eq';
  const high = given.op === 'lt' || given.op === 'lte' || given.op === 'eq';
  switch (wanted.op) {
    case 'gt':
      return low && (result > 0 || (result === 0 && given.op === 'gt'));
    case 'gte':
      return low && result >= 0;
    case 'lt':
      return high && (result < 0 || (result === 0 && given.op === 'lt'));
    case 'lte':
      return high && result <= 0;
    case 'eq':
      return given.op === 'eq' && result === 0;
  }
}

function leafImplies(wanted: Leaf, given: Leaf): boolean {
  switch (wanted.op) {
    case 'exists':
      return impliesExistence(given);
    case 'type':
      if (given.op === 'type') return [...given.types].every((type) => wanted.types.has(type));
      return given.op === 'eq' && !Array.isArray(given.value) && wanted.types.has(typeOf(given.value));
    case 'in':
      if (given.op === 'eq') return wanted.values.some((value) => equal(value, given.value));
      return (
        given.op === 'in' &&
        given.regexes.length === 0 &&
        given.values.every((value) => wanted.values.some((one) => equal(one, value)))
      );
    case 'eq':
      return given.op === 'eq' && equal(given.value, wanted.value);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return rangeImplies(wanted, given);
    default:
      return false;
  }
}

/** Whether every document that satisfies the conditions is in a partial index with this filter. */
export function impliesFilter(conditions: readonly Condition[], filter: Node): boolean {
  if (filter.kind === 'and') return filter.children.every((child) => impliesFilter(conditions, child));
  if (filter.kind === 'or') return filter.children.some((child) => impliesFilter(conditions, child));
  if (filter.kind !== 'leaf') return false;
  const [wanted] = conditionsOf(filter);
  return (
    wanted !== undefined &&
    conditions.some((given) => given.path === wanted.path && leafImplies(wanted.leaf, given.leaf))
  );
}
