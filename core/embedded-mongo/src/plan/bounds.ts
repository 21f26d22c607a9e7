import { canonicalRank, rankOf } from '../bson/compare.ts';
import { isNumber, nonFinite } from '../bson/exact.ts';
import { keyOf, typePrefix } from '../bson/keys.ts';
import { Type, undefinedValue } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import { literalPrefix } from '../match/regex.ts';
import type { CompiledRegex, Leaf, Node } from '../match/tree.ts';
import { intersect, pointInterval, prefixInterval, union } from './interval.ts';
import type { Interval } from './interval.ts';

/** One condition that every answer must satisfy. */
export interface Condition {
  readonly path: string;
  readonly leaf: Leaf;
}

/** The conditions of a filter that hold together, those inside $elemMatch with their whole paths. */
export function conditionsOf(node: Node, prefix = ''): Condition[] {
  if (node.kind === 'and') return node.children.flatMap((child) => conditionsOf(child, prefix));
  if (node.kind === 'or' && node.children.length === 1)
    return node.children.flatMap((child) => conditionsOf(child, prefix));
  if (node.kind !== 'leaf') return [];
  const path = prefix === '' ? node.path : `${prefix}.${node.path}`;
  const own: Condition = { path, leaf: node.leaf };
  if (node.leaf.op !== 'elemMatch' || !node.leaf.objects) return [own];
  return [own, ...conditionsOf(node.leaf.node, path)];
}

const rankNumber = canonicalRank(Type.int);
const rankString = canonicalRank(Type.string);
const afterNaN = keyOf(NaN);

function pointsOf(value: Value): Interval[] {
  const own = pointInterval(keyOf(value));
  if (!Array.isArray(value)) return [own];
  return [own, pointInterval(keyOf(value.length === 0 ? undefinedValue : (value[0] ?? null)))];
}

function comparisonIntervals(op: 'gt' | 'gte' | 'lt' | 'lte', value: Value): Interval[] | undefined {
  const rank = rankOf(value);
  const inclusive = op.endsWith('e');
  if (value === null) return inclusive ? pointsOf(null) : [];
  if (isNumber(value) && Number.isNaN(nonFinite(value) ?? 0)) return inclusive ? pointsOf(value) : [];
  if (Array.isArray(value) || rank === canonicalRank(Type.minKey) || rank === canonicalRank(Type.maxKey))
    return undefined;
  const key = keyOf(value);
  const type = typePrefix(rank);
  if (op.startsWith('gt'))
    return [{ low: { prefix: key, after: op === 'gt' }, high: { prefix: type, after: true }, point: false }];
  const low = rank === rankNumber ? { prefix: afterNaN, after: true } : { prefix: type, after: false };
  return [{ low, high: { prefix: key, after: inclusive }, point: false }];
}

function regexIntervals(regex: CompiledRegex): Interval[] {
  const own = pointInterval(keyOf(regex.source));
  const literal = literalPrefix(regex.source);
  if (literal === undefined) return [prefixInterval(typePrefix(rankString)), own];
  const key = keyOf(literal);
  return [prefixInterval(key.subarray(0, key.length - 2)), own];
}

/**
 * Where in an ascending index the values lie that satisfy a leaf.
 * @returns undefined when they may lie anywhere
 */
export function intervalsOf(leaf: Leaf): Interval[] | undefined {
  switch (leaf.op) {
    case 'eq':
      return union(pointsOf(leaf.value));
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const intervals = comparisonIntervals(leaf.op, leaf.value);
      return intervals && union(intervals);
    }
    case 'in':
      return union([...leaf.values.flatMap(pointsOf), ...leaf.regexes.flatMap(regexIntervals)]);
    case 'regex':
      return union(regexIntervals(leaf.regex));
    case 'elemMatch':
      return leaf.objects ? undefined : insideElement(leaf.node);
    default:
      return undefined;
  }
}

/** Inside one $elemMatch all conditions speak of the same element, so all may narrow the interval. */
function insideElement(node: Node): Interval[] | undefined {
  let result: Interval[] | undefined;
  for (const { path, leaf } of conditionsOf(node)) {
    if (path !== '' || leaf.op === 'elemMatch') continue;
    const intervals = leaf.op === 'eq' && Array.isArray(leaf.value) ? undefined : intervalsOf(leaf);
    if (intervals) result = result ? intersect(result, intervals) : intervals;
  }
  return result;
}
