import type { ListReader, ListScope } from './list-reader.ts';

/** So many are told at most: twenty years. */
const MOST = 240;

/**
 * Months in which a list has something that was added, newest first, as `YYYY-MM` of UTC. Asks the index once for each:
 * what it costs goes by the months, not by the posts.
 */
export async function readMonths(reader: ListReader, scope: ListScope): Promise<string[]> {
  const months: string[] = [];
  const { from } = scope.filter;
  let { to } = scope.filter;
  while (months.length < MOST && (from === undefined || to === undefined || to >= from)) {
    const filter = { ...scope.filter, ...(to !== undefined && { to }) };
    const [newest] = await reader.read({ ...scope, filter }, 'added_desc', 1);
    if (newest === undefined) break;
    const month = newest.addedAt.toISOString().slice(0, 7);
    months.push(month);
    to = new Date(Date.parse(`${month}-01T00:00:00Z`) - 1);
  }
  return months;
}
