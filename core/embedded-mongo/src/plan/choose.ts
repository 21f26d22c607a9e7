import type { SortField } from '../aggregate/sort-field.ts';
import { mongoError } from '../errors.ts';
import { equal } from '../bson/compare.ts';
import type { Value } from '../bson/values.ts';
import type { Node } from '../match/tree.ts';
import type { Collection } from '../store/collection.ts';
import { IndexSpec } from '../store/index-spec.ts';
import type { IndexTable } from '../store/index-table.ts';
import type { Access, CollectionAccess, IndexAccess, UnionAccess } from './access.ts';
import { int } from '../bson/values.ts';
import { conditionsOf } from './bounds.ts';
import type { Condition } from './bounds.ts';
import { impliesExistence, impliesFilter } from './implies.ts';
import { boundsFor } from './field-bounds.ts';
import type { Bounded } from './field-bounds.ts';
import { judgeOf } from './judge.ts';
import { mergeOf } from './merge.ts';

/** The definition of the index that every collection has. */
export const idSpec: IndexSpec = new IndexSpec(
  new Map<string, Value>([
    ['v', int(2)],
    ['key', new Map([['_id', int(1)]])],
    ['name', '_id_'],
  ]),
);

interface Candidate extends IndexAccess {
  readonly score: number;
  readonly bounded: Bounded;
  /** The conditions that its entries answer. */
  readonly telling: readonly Condition[];
}

function sortDirection(
  spec: IndexSpec,
  multikey: number,
  constant: ReadonlySet<number>,
  sort: readonly SortField[],
): 'forward' | 'backward' | undefined {
  let backward: boolean | undefined;
  let at = 0;
  for (const field of sort) {
    const held = spec.fields.findIndex((one, index) => one.path === field.path && constant.has(index));
    if (held !== -1 && (multikey & (1 << held)) === 0) continue;
    while (at < spec.fields.length && spec.fields[at]?.path !== field.path && constant.has(at)) at++;
    const own = spec.fields[at];
    if (own?.path !== field.path || (multikey & (1 << at)) !== 0) return undefined;
    const reversed = own.descending !== field.descending;
    if (backward !== undefined && backward !== reversed) return undefined;
    backward = reversed;
    at++;
  }
  return backward ? 'backward' : 'forward';
}

function usable(spec: IndexSpec, conditions: readonly Condition[]): boolean {
  if (spec.partial && !impliesFilter(conditions, spec.partial)) return false;
  if (!spec.sparse) return true;
  return spec.fields.some((field) => conditions.some((one) => one.path === field.path && impliesExistence(one.leaf)));
}

function candidate(
  index: IndexTable | undefined,
  conditions: readonly Condition[],
  sort: readonly SortField[],
): Candidate {
  const spec = index?.spec ?? idSpec;
  const multikey = index?.multikey ?? 0;
  // A sparse index has no entry for an element without the fields, even when another element brings the document in.
  const telling = spec.sparse && multikey !== 0 ? conditions.filter(({ leaf }) => impliesExistence(leaf)) : conditions;
  const bounded = boundsFor(spec, multikey, telling);
  const { ranges, points, ranged, constant } = bounded;
  const direction = sort.length === 0 ? undefined : sortDirection(spec, multikey, constant, sort);
  const whole = points === spec.fields.length && (spec.unique || !index) && !spec.sparse;
  const score = points * 10 + (ranged ? 4 : 0) + (direction ? 6 : 0) + (whole ? 100 : 0);
  return {
    kind: 'index',
    index,
    spec,
    ranges,
    backward: direction === 'backward',
    ordered: sort.length === 0 || direction !== undefined,
    multikey: multikey !== 0,
    bounded,
    telling,
    score,
  };
}

/** The chosen one with all that its index can do: give the order where that takes no sorting, and judge by its keys. */
function complete(candidate: Candidate, sort: readonly SortField[]): IndexAccess {
  const { index, bounded, telling, ordered } = candidate;
  if (!index) return candidate;
  const access = { ...candidate, judge: judgeOf(index.spec, index.multikey, bounded, telling) };
  const merge = ordered ? undefined : mergeOf(index, bounded, telling, sort);
  return merge ? { ...access, ...merge, ordered: true } : access;
}

/** What a query asks of the planner. */
export interface PlanQuery {
  readonly filter: Node;
  readonly sort: readonly SortField[];
  /** `$natural`'s direction, when the sort is by it. */
  readonly natural?: number | undefined;
  readonly hint?: Value | undefined;
  /** Whether strings compare by a collation: then no index is used. */
  readonly collated: boolean;
}

function hinted(collection: Collection, hint: Value): IndexTable | 'id' | 'forward' | 'backward' {
  if (typeof hint === 'string') {
    if (hint === '_id_') return 'id';
    const index = collection.indexes.find((one) => one.spec.name === hint);
    if (index) return index;
  } else if (hint instanceof Map) {
    const natural = hint.get('$natural');
    if (natural !== undefined) return equal(natural, -1) ? 'backward' : 'forward';
    if (equalKeys(hint, idSpec.key)) return 'id';
    const index = collection.indexes.find((one) => equalKeys(one.spec.key, hint));
    if (index) return index;
  }
  throw mongoError(
    'BadValue',
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
}

/** Whether two key patterns are the same, field by field. */
export function equalKeys(left: Value, right: Value): boolean {
  return equal(left, right);
}

/** Chooses how to read the rows of a query. */
export function chooseAccess(collection: Collection, query: PlanQuery): Access {
  const { sort, hint } = query;
  const natural = query.natural;
  if (natural !== undefined) return { kind: 'collection', backward: natural < 0, ordered: true };
  const conditions = conditionsOf(query.filter);
  if (hint !== undefined) {
    const wanted = hinted(collection, hint);
    if (wanted === 'forward' || wanted === 'backward')
      return { kind: 'collection', backward: wanted === 'backward', ordered: sort.length === 0 };
    if (query.collated || (typeof wanted === 'object' && wanted.spec.text))
      return { ...candidate(wanted === 'id' ? undefined : wanted, [], []), ordered: sort.length === 0 };
    return complete(candidate(wanted === 'id' ? undefined : wanted, conditions, sort), sort);
  }
  const scan: CollectionAccess = { kind: 'collection', backward: false, ordered: sort.length === 0 };
  if (query.collated) return scan;
  const best = bestIndex(collection, conditions, sort);
  if (best && narrows(best)) return complete(best, sort);
  return unionOf(collection, query.filter, conditions, sort) ?? (best ? complete(best, sort) : scan);
}

const narrows = ({ bounded }: Candidate): boolean => bounded.points > 0 || bounded.ranged;

function bestIndex(
  collection: Collection,
  conditions: readonly Condition[],
  sort: readonly SortField[],
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const index of [undefined, ...collection.indexes]) {
    // Its keys are coarse: good for finding equal strings again, not for order or other comparisons.
    if (index?.spec.text || index?.spec.hidden || (index && !usable(index.spec, conditions))) continue;
    const one = candidate(index, conditions, sort);
    if (one.score > 0 && (!best || one.score > best.score)) best = one;
  }
  return best;
}

/** An `$or` of which every branch, with the conditions beside it, is narrowed by some index. */
function unionOf(
  collection: Collection,
  filter: Node,
  conditions: readonly Condition[],
  sort: readonly SortField[],
): UnionAccess | undefined {
  const parts = filter.kind === 'and' ? filter.children : [filter];
  for (const part of parts) {
    if (part.kind !== 'or') continue;
    const branches: IndexAccess[] = [];
    for (const child of part.children) {
      const one = bestIndex(collection, [...conditions, ...conditionsOf(child)], []);
      if (!one || !narrows(one)) break;
      branches.push(complete(one, []));
    }
    if (branches.length === part.children.length) return { kind: 'union', branches, ordered: sort.length === 0 };
  }
  return undefined;
}
