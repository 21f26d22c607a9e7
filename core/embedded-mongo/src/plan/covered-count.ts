import { equal } from '../bson/compare.ts';
import type { Value } from '../bson/values.ts';
import type { Collection } from '../store/collection.ts';
import type { IndexTable } from '../store/index-table.ts';
import { isPrefixOnly } from '../match/regex.ts';
import type { Leaf, Node } from '../match/tree.ts';
import { conditionsOf, intervalsOf } from './bounds.ts';
import type { Condition } from './bounds.ts';
import type { KeyRange } from './interval.ts';
import { boundsFor } from './field-bounds.ts';
import { impliesFilter } from './implies.ts';

/** Whether the keys of an index answer a leaf exactly. */
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
    case 'regex':
      return isPrefixOnly(leaf.regex.source);
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

/** Whether the ranges alone say which documents answer: of two conditions on an array the index takes one. */
function tellsAll({ spec, multikey }: IndexTable, conditions: readonly Condition[]): boolean {
  return spec.fields.every(
    ({ path }, at) => (multikey & (1 << at)) === 0 || conditions.filter((one) => one.path === path).length <= 1,
  );
}

/** Whether a document has one entry at most in the ranges: each array is held to one value. */
function hasEachOnce({ spec, multikey }: IndexTable, constant: ReadonlySet<number>): boolean {
  return spec.fields.every((_field, at) => (multikey & (1 << at)) === 0 || constant.has(at));
}

/** Counts documents that may have several entries. */
function countDistinct(index: IndexTable, ranges: readonly KeyRange[], limit: number): number {
  const filled = ranges.filter(({ start, end }) => index.countRows(start, end, 1) > 0);
  const [only] = filled;
  if (only && filled.length === 1) return index.countRows(only.start, only.end, limit);
  const rows = new Set(filled.flatMap(({ start, end }) => index.rowsOf(start, end, limit)));
  return limit === -1 ? rows.size : Math.min(limit, rows.size);
}

/** The indexes that a count may use: all, or the one of a hint. */
function allowed(collection: Collection, hint: Value | undefined): readonly IndexTable[] {
  if (hint === undefined) return collection.indexes;
  return collection.indexes.filter(({ spec }) =>
    typeof hint === 'string' ? spec.name === hint : hint instanceof Map && equal(spec.key, hint),
  );
}

/** What to count by an index, and how far. */
interface Count {
  readonly filter: Node;
  /** No more than so many are of interest; -1 for all. */
  readonly limit: number;
  readonly hint: Value | undefined;
}

/**
 * Counts the documents of a filter from the entries of an index alone.
 * @returns undefined when no index answers the whole filter
 */
export function countByIndex(collection: Collection, { filter, limit, hint }: Count): number | undefined {
  const conditions = allConditions(filter);
  if (!conditions) return undefined;
  for (const index of allowed(collection, hint)) {
    const { spec } = index;
    if (spec.text || spec.hidden || spec.sparse) continue;
    if (spec.partial && !impliesFilter(conditions, spec.partial)) continue;
    const { ranges, points, ranged, constant } = boundsFor(spec, index.multikey, conditions);
    if (!tellsAll(index, conditions)) continue;
    const used = new Set(spec.fields.slice(0, points + (ranged ? 1 : 0)).map((field) => field.path));
    if (!conditions.every((one) => used.has(one.path))) continue;
    return hasEachOnce(index, constant) ? countRanges(index, ranges, limit) : countDistinct(index, ranges, limit);
  }
  return undefined;
}

function countRanges(index: IndexTable, ranges: readonly KeyRange[], limit: number): number {
  let counted = 0;
  for (const { start, end } of ranges) {
    counted += index.countRange(start, end, limit === -1 ? -1 : limit - counted);
    if (counted === limit) break;
  }
  return counted;
}
