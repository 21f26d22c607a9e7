/** Where a finger is, in CSS pixels, and when, in milliseconds. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';
/** What a finger asks for that has gone somewhere: a flick, or a slow drag out of the way. */
export type Swipe = Direction | 'close';

/** Milliseconds that a finger rests until it holds, and between two taps that belong together. */
export const HOLD_MS = 450;
const PAIR_MS = 320;
/** CSS pixels: how still a finger is that taps or holds, and how far apart two taps may be. */
const STILL = 12;
const NEAR = 60;
/** CSS pixels that a finger has to go, and how much further than across. */
const FAR = 56;
const STRAIGHT = 1.4;
/** CSS pixels that a drag goes down until letting go closes. */
const OUT = 96;
/** CSS pixels a millisecond: slower is a drag, faster a flick. Measured over the last part of the way. */
const FLICK = 0.4;
const LAST_MS = 100;

/** The direction of a movement, if it is clear enough to have one. */
export function directionOf(dx: number, dy: number, far = FAR): Direction | undefined {
  const [across, along] = [Math.abs(dx), Math.abs(dy)];
  if (across >= far && across > along * STRAIGHT) return dx < 0 ? 'left' : 'right';
  if (along >= far && along > across * STRAIGHT) return dy < 0 ? 'up' : 'down';
  return undefined;
}

export const isStill = (from: Spot, to: Spot): boolean => Math.hypot(to.x - from.x, to.y - from.y) <= STILL;

/** Which way a drag leads; it keeps to that. */
export const axisOf = (from: Spot, to: Spot): 'x' | 'y' =>
  Math.abs(to.x - from.x) > Math.abs(to.y - from.y) ? 'x' : 'y';

/** What letting go now would do. @param way - all that is known of the way, the first spot first */
export function swipeOf(way: readonly Spot[]): Swipe | undefined {
  const [from, to] = [way[0], way.at(-1)];
  if (!from || !to) return undefined;
  const direction = directionOf(to.x - from.x, to.y - from.y);
  if (direction !== 'down' || isFlick(way, to)) return direction;
  return to.y - from.y >= OUT ? 'close' : undefined;
}

function isFlick(way: readonly Spot[], to: Spot): boolean {
  const last = way.filter(({ at }) => to.at - at <= LAST_MS);
  const [from] = last;
  return from !== undefined && last.length > 1 && to.y - from.y >= FLICK * Math.max(1, to.at - from.at);
}

/** Whether a tap goes on with the one before. */
export const isPair = (before: Spot | undefined, tap: Spot): boolean =>
  before !== undefined && tap.at - before.at <= PAIR_MS && Math.hypot(tap.x - before.x, tap.y - before.y) <= NEAR;

/** Whether a point on what plays leads forward: the half where its time goes to. */
export const leadsForward = (x: number, frame: { left: number; width: number }, rtl: boolean): boolean =>
  x >= frame.left + frame.width / 2 !== rtl;
