import type { Collection } from '../store/collection.ts';
import type { IndexTable } from '../store/index-table.ts';
import type { Leaf, Node } from '../match/tree.ts';
import { conditionsOf, intervalsOf } from './bounds.ts';
import type { Condition } from './bounds.ts';
import { boundsFor } from './choose.ts';

/** Whether the keys of an index answer a leaf exactly, each document having one of them at most. */
function exact(leaf: Leaf): boolean {
  switch (leaf.op) {
    case 'eq':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return leaf.value !== null && !Array.isArray(leaf.value);
    case 'in':
      return leaf.regexes.length === 0 && leaf.values.every((value) => value !== null && !Array.isArray(value));
    default:
      return false;
  }
}

function allConditions(node: Node): Condition[] | undefined {
  if (node.kind === 'leaf') return exact(node.leaf) && intervalsOf(node.leaf) ? conditionsOf(node) : undefined;
  if (node.kind !== 'and' || node.children.length === 0) return undefined;
  const list: Condition[] = [];
  for (const child of node.children) {
    const own = allConditions(child);
    if (!own) return undefined;
    list.push(...own);
  }
  return list;
}

/** Whether a document has one entry at most in the ranges: each array is held to one value, by one condition. */
function countsEachOnce(
  { spec, multikey }: IndexTable,
  constant: ReadonlySet<number>,
  conditions: readonly Condition[],
): boolean {
  return spec.fields.every(
    ({ path }, at) =>
      (multikey & (1 << at)) === 0 || (constant.has(at) && conditions.filter((one) => one.path === path).length === 1),
  );
}

/**
 * Counts the documents of a filter from the entries of an index alone.
 * @returns undefined when no index answers the whole filter
 */
export function countByIndex(collection: Collection, filter: Node): number | undefined {
  const conditions = allConditions(filter);
  if (!conditions) return undefined;
  for (const index of collection.indexes) {
    const { spec } = index;
    if (spec.text || spec.hidden || spec.sparse || spec.partial) continue;
    const { ranges, points, ranged, constant } = boundsFor(spec, index.multikey, conditions);
    if (!countsEachOnce(index, constant, conditions)) continue;
    const used = new Set(spec.fields.slice(0, points + (ranged ? 1 : 0)).map((field) => field.path));
    if (!conditions.every((one) => used.has(one.path))) continue;
    return ranges.reduce((sum, range) => sum + index.countRange(range.start, range.end), 0);
  }
  return undefined;
}
