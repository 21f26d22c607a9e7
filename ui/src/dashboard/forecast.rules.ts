/** What was kept at the end of a day. */
export interface Sample {
  /** 2026-11-28 */
  readonly day: string;
  readonly bytes: number;
}

const DAY = 86_400_000;
/** A shorter time says nothing about the weeks to come. */
const FEWEST_DAYS = 3;

/**
 * Bytes a day, by the line that fits the samples best (least squares); nothing while there are too few days of them.
 * What was deleted counts as well: a library that shrinks has a rate below zero.
 */
export function growthOf(samples: readonly Sample[]): number | undefined {
  const points = samples.map(({ day, bytes }) => ({ x: Date.parse(day) / DAY, y: bytes }));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.x - first.x < FEWEST_DAYS) return undefined;
  const mean = (pick: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread;
}

/** Days until the room is used up at a rate a day; nothing while it does not shrink. */
export function daysLeft(room: number, perDay: number): number | undefined {
  return perDay <= 0 ? undefined : Math.max(0, room) / perDay;
}
