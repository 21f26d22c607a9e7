import type { Filter } from '../router/filter.ts';
import { toInput } from '../state/passes.rules.ts';

/** As many posts by their ids in one archive, as the server takes them. */
export const MOST_EXPORTED = 200;

const address = (query: URLSearchParams | string): string =>
  new URL(`api/library/export?${String(query)}`, document.baseURI).href;

/** The address of an archive with the files of these posts. */
export const exportUrl = (ids: readonly string[]): string => address(`ids=${ids.join(',')}`);

/** The address of an archive with all that a filter shows; with `inside`, that of folders inside as well. */
export function exportListUrl(filter: Filter, { inside = false }: { inside?: boolean } = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(toInput(filter))) query.set(name, String(value));
  if (inside) query.set('subfolders', 'true');
  return address(query);
}
