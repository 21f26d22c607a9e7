import type { SortField } from '../aggregate/sort-field.ts';
import { endOfComponent } from '../bson/key-parts.ts';
import { afterPrefix } from '../bson/keys.ts';
import { arrayPosition } from '../bson/path.ts';
import type { IndexTable } from '../store/index-table.ts';
import type { Condition } from './bounds.ts';
import { fieldIntervals } from './field-bounds.ts';
import type { Bounded } from './field-bounds.ts';
import { invertInterval, toRange } from './interval.ts';
import type { Interval, KeyRange } from './interval.ts';

/** Each range is a stream of its own. */
const MOST_RANGES = 500;

/** Ranges of an index, each in the order of a sort. */
export interface Merge {
  readonly ranges: readonly KeyRange[];
  /** For each range, where in its keys the fields of the sort begin. */
  readonly heads: readonly number[];
  readonly backward: boolean;
}

/**
 * How an index gives the order of a sort although a field before it is held to several values, or to a range: by as many
 * streams as there are values, read side by side.
 * @returns undefined when it does not, or when the values are too many
 */
export function mergeOf(
  index: IndexTable,
  bounded: Bounded,
  conditions: readonly Condition[],
  sort: readonly SortField[],
): Merge | undefined {
  const { ranges, heads, points, ranged } = bounded;
  if (ranges.length > MOST_RANGES) return undefined;
  const direct = directionFrom(index, bounded, points, sort);
  if (direct !== undefined) return { ranges, heads, backward: direct };
  if (!ranged || index.spec.fields[points]?.descending !== false) return undefined;
  const backward = directionFrom(index, bounded, points + 1, sort);
  const split = backward === undefined ? undefined : splitRanges(index, bounded, conditions);
  return split && backward !== undefined ? { ...split, backward } : undefined;
}

/** Whether the fields from a position on are those of the sort, and then whether all are the other way round. */
function directionFrom(
  { spec, multikey }: IndexTable,
  { constant }: Bounded,
  from: number,
  sort: readonly SortField[],
): boolean | undefined {
  const single = (at: number): boolean => (multikey & (1 << at)) === 0;
  let at = from;
  let backward: boolean | undefined;
  for (const field of sort) {
    if (spec.fields.some(({ path }, held) => path === field.path && constant.has(held) && single(held))) continue;
    const own = spec.fields[at];
    if (own?.path !== field.path || !single(at)) return undefined;
    const reversed = own.descending !== field.descending;
    if (backward !== undefined && backward !== reversed) return undefined;
    backward = reversed;
    at++;
  }
  return backward ?? false;
}

/** A range for each distinct value that the ranged field has, found by one seek each. */
function splitRanges(
  index: IndexTable,
  { ranges, heads, points }: Bounded,
  conditions: readonly Condition[],
): { ranges: KeyRange[]; heads: number[] } | undefined {
  const behind = intervalsBehind(index, points + 1, conditions);
  const parts: { ranges: KeyRange[]; heads: number[] } = { ranges: [], heads: [] };
  for (const [at, { start, end }] of ranges.entries()) {
    let from: Buffer | undefined = start;
    while (from !== undefined) {
      const key = index.firstKey(from, end);
      if (!key) break;
      const length = endOfComponent(key, heads[at] ?? 0);
      if (length === undefined) return undefined;
      const group = key.subarray(0, length);
      for (const interval of behind) {
        if (parts.ranges.length === MOST_RANGES) return undefined;
        parts.ranges.push(toRange(group, interval));
        parts.heads.push(length);
      }
      from = afterPrefix(group);
    }
  }
  return parts;
}

const NOTHING = Buffer.alloc(0);
const everything: Interval = {
  low: { prefix: NOTHING, after: false },
  high: { prefix: NOTHING, after: true },
  point: false,
};

/** What the conditions say of the first field of the sort, so that a later page begins where the last one ended. */
function intervalsBehind(
  { spec, multikey }: IndexTable,
  at: number,
  conditions: readonly Condition[],
): readonly Interval[] {
  const field = spec.fields[at];
  if (!field || field.parts.some((part) => arrayPosition(part) !== -1)) return [everything];
  if (multikey !== 0 && spec.fields.slice(0, at).some(({ parts }) => parts[0] === field.parts[0])) return [everything];
  const intervals = fieldIntervals(conditions, field, false);
  if (!intervals) return [everything];
  return field.descending ? intervals.map(invertInterval).reverse() : intervals;
}
