/** Posts that are read for each one that is wanted: text posts are left out, and what a person's wishes leave out. */
const FACTOR = 4;
const MORE = 50;
/** A list is read no further, whatever is wanted. */
const MOST = 10_000;

/** How many posts of a list a tool may read for so many that are wanted. */
export function countToScan(limit: number): number {
  return Math.min(MOST, limit * FACTOR + MORE);
}
