import type { Collection } from '../store/collection.ts';
import type { Leaf, Node } from '../match/tree.ts';
import { conditionsOf, intervalsOf } from './bounds.ts';
import type { Condition } from './bounds.ts';
import { boundsFor } from './choose.ts';

/** Whether the keys of an index that is not multikey answer a leaf exactly. */
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

/**
 * Counts the documents of a filter from the entries of an index alone.
 * @returns undefined when no index answers the whole filter
 */
export function countByIndex(collection: Collection, filter: Node): number | undefined {
  const conditions = allConditions(filter);
  if (!conditions) return undefined;
  for (const index of collection.indexes) {
    const { spec } = index;
    if (index.multikey !== 0 || spec.hidden || spec.sparse || spec.partial) continue;
    const { ranges, points, ranged } = boundsFor(spec, 0, conditions);
    const used = new Set(spec.fields.slice(0, points + (ranged ? 1 : 0)).map((field) => field.path));
    if (!conditions.every((one) => used.has(one.path))) continue;
    return ranges.reduce((sum, range) => sum + index.countRange(range.start, range.end), 0);
  }
  return undefined;
}
