/** One way to read a list. */
export interface Way {
  readonly index: string;
  /** Documents that the index gives for its condition, about. */
  readonly matches: number;
  /** Whether they come in the order of the list; else all are read and sorted. */
  readonly ordered: boolean;
  /** Ordered parts that are read side by side; each may be the one that fills the page. */
  readonly streams: number;
}

/** Sorting costs about as much again as half of the reading. */
const SORT = 1.5;

/**
 * The way that looks at the fewest documents. An ordered way stops when the page is full: it passes over what another
 * condition refuses, and how many that are follows from how rare the answers are.
 * @param all documents of the whole list without any condition
 * @param ways the last resort first: the index of the order itself, which has no condition of its own
 */
export function chooseWay<T extends Way>(all: number, ways: readonly [T, ...T[]], wanted: number): T {
  const answers = ways.reduce((rest, { matches }) => rest * shareOf(matches, all), all);
  const cost = ({ matches, ordered, streams }: Way): number =>
    ordered ? Math.min(matches, (streams * wanted * matches) / Math.max(answers, 0.5)) : matches * SORT;
  return ways.reduce((best, way) => (cost(way) < cost(best) ? way : best));
}

function shareOf(matches: number, all: number): number {
  return all === 0 ? 1 : Math.min(1, matches / all);
}
