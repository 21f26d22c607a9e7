/** One way to read a list. */
export interface Way {
  readonly index: string;
  /** Documents that the index gives for its condition, about. */
  readonly matches: number;
  /** Whether they come in the order of the list; else all are read and sorted. */
  readonly ordered: boolean;
  /** What is to be done before the first one comes, in documents that could be read instead. */
  readonly start: number;
}

/** Sorting costs about as much again as half of the reading. */
const SORT = 1.5;

/**
 * The way that looks at the fewest documents. An ordered way stops when the page is full: it passes over what another
 * condition refuses, and how many that are follows from how rare the answers are.
 * @param answers documents that satisfy all conditions, about
 * @param ways the last resort first: the index of the order itself, which has no condition of its own
 */
export function chooseWay<T extends Way>(answers: number, ways: readonly [T, ...T[]], wanted: number): T {
  const found = Math.max(answers, 0.5);
  const cost = ({ matches, ordered, start }: Way): number =>
    ordered ? start + Math.min(matches, (wanted * matches) / found) : matches * SORT;
  return ways.reduce((best, way) => (cost(way) < cost(best) ? way : best));
}
