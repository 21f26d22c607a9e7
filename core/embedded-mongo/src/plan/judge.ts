import { endOfComponent } from '../bson/key-parts.ts';
import { arrayPosition } from '../bson/path.ts';
import type { IndexSpec } from '../store/index-spec.ts';
import type { Condition } from './bounds.ts';
import { fieldIntervals } from './field-bounds.ts';
import type { Bounded } from './field-bounds.ts';
import type { Bound, Interval } from './interval.ts';

/** Judges an entry of an index by its key; `false`: its document cannot be an answer, and need not be fetched. */
export type Judge = (key: Buffer) => boolean;

/** Where the values of one field of an index lie; `undefined`: anywhere. */
type Allowed = readonly Interval[] | undefined;

/**
 * What the conditions say of fields that the ranges of an index do not hold, because a field before them is held to a
 * range or to nothing: a key is soon read, a document is somewhere else on the disk.
 * @returns undefined when they say nothing
 */
export function judgeOf(
  spec: IndexSpec,
  multikey: number,
  { points, ranged }: Bounded,
  conditions: readonly Condition[],
): Judge | undefined {
  if (spec.text) return undefined;
  const held = points + (ranged ? 1 : 0);
  const allowed: Allowed[] = [];
  for (const [at, field] of spec.fields.entries()) {
    if (field.descending) break;
    const single = (multikey & (1 << at)) === 0 && field.parts.every((part) => arrayPosition(part) === -1);
    allowed.push(at >= held && single ? fieldIntervals(conditions, field, false) : undefined);
  }
  while (allowed.length > 0 && allowed.at(-1) === undefined) allowed.pop();
  return allowed.length === 0 ? undefined : (key) => judge(key, allowed);
}

function judge(key: Buffer, allowed: readonly Allowed[]): boolean {
  let from = 0;
  for (const intervals of allowed) {
    const end = endOfComponent(key, from);
    if (end === undefined) return true;
    if (intervals && !intervals.some((one) => lies(key, from, end, one))) return false;
    from = end;
  }
  return true;
}

const lies = (key: Buffer, from: number, end: number, { low, high }: Interval): boolean =>
  isBehind(key, from, end, low) && !isBehind(key, from, end, high);

/** Whether a component comes after a place between keys. */
function isBehind(key: Buffer, from: number, end: number, { prefix, after }: Bound): boolean {
  const order = key.compare(prefix, 0, prefix.length, from, Math.min(end, from + prefix.length));
  return order === 0 ? !after : order > 0;
}
