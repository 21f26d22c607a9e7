/** Where a finger is, in CSS pixels, and when, in milliseconds. */
export interface TouchSpot {
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

export type DragAxis = 'x' | 'y';

/** CSS pixels that a finger goes before it means anything. */
const SLOP = 10;
/** So much further along than across: between the two it means nothing. */
const STRAIGHT = 1.5;
/** Milliseconds of the way's end that tell how fast it was. */
const LAST_MS = 100;

/** How far a finger has come along an axis. */
export const alongOf = (axis: DragAxis, from: TouchSpot, to: TouchSpot): number =>
  axis === 'x' ? to.x - from.x : to.y - from.y;

/** Whether a finger goes along an axis; undefined while that cannot be told. */
export function leadsAlong(axis: DragAxis, from: TouchSpot, to: TouchSpot): boolean | undefined {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (Math.hypot(dx, dy) < SLOP) return undefined;
  const [along, across] = axis === 'x' ? [dx, dy] : [dy, dx];
  return Math.abs(along) > Math.abs(across) * STRAIGHT;
}

/** CSS pixels a millisecond along an axis, over the last part of the way. */
export function speedOf(axis: DragAxis, way: readonly TouchSpot[]): number {
  const to = way.at(-1);
  const from = to && way.find(({ at }) => to.at - at <= LAST_MS);
  return from && to !== from ? alongOf(axis, from, to) / Math.max(1, to.at - from.at) : 0;
}
