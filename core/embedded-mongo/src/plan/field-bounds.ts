import { arrayPosition } from '../bson/path.ts';
import type { IndexField, IndexSpec } from '../store/index-spec.ts';
import { LAST_KEY } from '../store/sqlite.ts';
import { intervalsOf } from './bounds.ts';
import type { Condition } from './bounds.ts';
import { intersect, invertInterval, prefixInterval, toRange } from './interval.ts';
import type { Interval, KeyRange } from './interval.ts';

const isPoint = (interval: Interval): boolean => interval.point;

const MAX_PREFIXES = 1000;

/** Where in an ascending index the values of one field lie. */
export function fieldIntervals(
  conditions: readonly Condition[],
  field: IndexField,
  multikey: boolean,
): Interval[] | undefined {
  let result: Interval[] | undefined;
  for (const { path, leaf } of conditions) {
    if (path !== field.path) continue;
    const intervals = intervalsOf(leaf);
    if (!intervals) continue;
    if (!result) result = intervals;
    else if (!multikey) result = intersect(result, intervals);
    else if (!result.every(isPoint) && intervals.every(isPoint)) result = intervals;
  }
  return result;
}

const EVERYWHERE: readonly Interval[] = [prefixInterval(Buffer.alloc(0))];

/** Of an index without entries for documents that lack its fields, the whole is an answer to who has one. */
function whole({ sparse, partial }: IndexSpec, conditions: readonly Condition[], { path }: IndexField) {
  const asked = conditions.some((one) => one.path === path && one.leaf.op === 'exists');
  return asked && (sparse || partial) ? EVERYWHERE : undefined;
}

/** What the conditions say of an index. */
export interface Bounded {
  readonly ranges: readonly KeyRange[];
  /** For each range, how long the part of its keys is that is held to values. */
  readonly heads: readonly number[];
  /** How many fields are held to values. */
  readonly points: number;
  /** Whether the next one is held to ranges. */
  readonly ranged: boolean;
  /** Fields held to one value. */
  readonly constant: ReadonlySet<number>;
}

/** Where in an index the answers to some conditions lie. */
export function boundsFor(spec: IndexSpec, multikey: number, conditions: readonly Condition[]): Bounded {
  let heads: Buffer[] = [Buffer.alloc(0)];
  const constant = new Set<number>();
  const roots = new Set<string>();
  let points = 0;
  for (const [at, field] of spec.fields.entries()) {
    const root = field.parts[0] ?? '';
    const shared = multikey !== 0 && roots.has(root);
    const numeric = field.parts.some((part) => arrayPosition(part) !== -1);
    if (shared || numeric) break;
    const ascending = fieldIntervals(conditions, field, (multikey & (1 << at)) !== 0) ?? whole(spec, conditions, field);
    if (!ascending) break;
    roots.add(root);
    const intervals = field.descending ? ascending.map(invertInterval).reverse() : ascending;
    if (!ascending.every(isPoint) || heads.length * intervals.length > MAX_PREFIXES) {
      const ranges = heads.flatMap((head) => intervals.map((interval) => toRange(head, interval)));
      const lengths = heads.flatMap((head) => intervals.map(() => head.length));
      return { ranges, heads: lengths, points, ranged: true, constant };
    }
    if (intervals.length === 1) constant.add(at);
    heads = heads.flatMap((head) => intervals.map((interval) => Buffer.concat([head, interval.low.prefix])));
    points++;
  }
  const under = heads.map((head) => toRange(Buffer.alloc(0), prefixInterval(head)));
  const ranges = points === 0 ? [{ start: Buffer.alloc(0), end: LAST_KEY }] : under;
  return { ranges, heads: heads.map(({ length }) => length), points, ranged: false, constant };
}
