import type { Post } from '../api/types.ts';
import type { Filter } from '../router/filter.ts';

/** As an argument of the API. */
export type FilterInput = Omit<Filter, 'from' | 'to' | 'at'> & { readonly from?: string; readonly to?: string };

/** Days of the address as instants of this browser's time zone; `to` includes its day. Where the list begins is left out. */
export const toInput = ({ from, to, at: _begins, ...rest }: Filter): FilterInput => ({
  ...rest,
  ...(from ? { from: new Date(`${from}T00:00:00`).toISOString() } : {}),
  ...(to ? { to: new Date(`${to}T23:59:59.999`).toISOString() } : {}),
});

/** The same for reading a list: it ends, seen from the newest, where the chosen month does. */
export function toListInput(filter: Filter): FilterInput {
  const input = toInput(filter);
  if (!filter.at) return input;
  const [year = 0, month = 1] = filter.at.split('-').map(Number);
  // Months are those of the server, which knows no time zone.
  const end = new Date(Date.UTC(year, month, 1) - 1).toISOString();
  return { ...input, to: input.to !== undefined && input.to < end ? input.to : end };
}

/** True for a filter that only the server can apply: a search, a tag in another spelling, the trash. */
export const needsServer = ({ q, tag, trash }: Filter): boolean => Boolean(q ?? tag ?? trash);

/** Whether a post belongs into a list, as far as that can be told here. */
export function passes(post: Post, filter: Filter): boolean {
  const { from, to } = toListInput(filter);
  return (
    (!filter.kind || post.kind === filter.kind) &&
    (!filter.platform || post.platform === filter.platform) &&
    (!filter.author || post.authorHandle === filter.author) &&
    (!filter.favourite || post.favourite) &&
    liesIn(post, filter.folder) &&
    (!from || post.addedAt >= from) &&
    (!to || post.addedAt <= to)
  );
}

function liesIn({ folderIds }: Post, folder: string | undefined): boolean {
  if (!folder) return true;
  return folder === 'inbox' ? folderIds.length === 0 : folderIds.includes(folder);
}
