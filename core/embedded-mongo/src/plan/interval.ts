import { afterPrefix, inverted } from '../bson/keys.ts';
import { LAST_KEY } from '../store/sqlite.ts';

/** A place between keys: before, or after, all keys that begin with a prefix. */
export interface Bound {
  readonly prefix: Buffer;
  readonly after: boolean;
}

export interface Interval {
  readonly low: Bound;
  readonly high: Bound;
  /** Whether it holds the keys of one value only, so that the next field of an index is in order within it. */
  readonly point: boolean;
}

/** Keys from `start` on and before `end`. */
export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

export function compareBounds(left: Bound, right: Bound): number {
  const length = Math.min(left.prefix.length, right.prefix.length);
  const result = Buffer.compare(left.prefix.subarray(0, length), right.prefix.subarray(0, length));
  if (result !== 0) return result;
  if (left.prefix.length === right.prefix.length) return Number(left.after) - Number(right.after);
  if (left.prefix.length < right.prefix.length) return left.after ? 1 : -1;
  return right.after ? -1 : 1;
}

/** All keys that begin with a prefix. */
export function prefixInterval(prefix: Buffer): Interval {
  return { low: { prefix, after: false }, high: { prefix, after: true }, point: false };
}

/** The keys of one value: a whole key is a prefix of itself only. */
export function pointInterval(key: Buffer): Interval {
  return { ...prefixInterval(key), point: true };
}

/** Sorted and joined where they touch, so that every key is met once. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter((one) => compareBounds(one.low, one.high) < 0)
    .sort((a, b) => compareBounds(a.low, b.low));
  const result: Interval[] = [];
  for (const interval of sorted) {
    const last = result[result.length - 1];
    if (last && compareBounds(interval.low, last.high) < 0) {
      if (compareBounds(interval.high, last.high) > 0)
        result[result.length - 1] = { low: last.low, high: interval.high, point: false };
    } else result.push(interval);
  }
  return result;
}

export function intersect(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const a of left) {
    for (const b of right) {
      const low = compareBounds(a.low, b.low) >= 0 ? a.low : b.low;
      const high = compareBounds(a.high, b.high) <= 0 ? a.high : b.high;
      if (compareBounds(low, high) < 0) result.push({ low, high, point: a.point || b.point });
    }
  }
  return union(result);
}

/** The interval in the bytes of a descending field: both ends swap and re-open. */
export function invertInterval(interval: Interval): Interval {
  return {
    low: { prefix: inverted(interval.high.prefix), after: !interval.high.after },
    high: { prefix: inverted(interval.low.prefix), after: !interval.low.after },
    point: interval.point,
  };
}

function place(head: Buffer, bound: Bound): Buffer {
  const bytes = Buffer.concat([head, bound.prefix]);
  return bound.after ? (afterPrefix(bytes) ?? LAST_KEY) : bytes;
}

/** An interval behind the bytes of the fields before it. */
export function toRange(head: Buffer, interval: Interval): KeyRange {
  return { start: place(head, interval.low), end: place(head, interval.high) };
}
