import type { PostKind } from '../api/types.ts';

/** What the wall shows. Lives in the address, so that it can be linked and gone back to. */
export interface Filter {
  readonly q?: string;
  readonly kind?: PostKind;
  readonly platform?: string;
  /** ISO date. */
  readonly from?: string;
  /** ISO date. */
  readonly to?: string;
  /** The month, `YYYY-MM`, that the list begins with. It takes nothing away: what is newer lies before it. */
  readonly at?: string;
  readonly tag?: string;
  /** Handle. */
  readonly author?: string;
  /** Only those. */
  readonly favourite?: true;
  /** A folder's id, or `inbox` for posts that are in none. */
  readonly folder?: string;
  /** What is in the trash, instead of what is not. Never in a query: the trash is a page. */
  readonly trash?: true;
}

export const POST_KINDS = ['video', 'image', 'audio', 'carousel'] as const satisfies readonly PostKind[];
const isKind = (text: string): text is PostKind => POST_KINDS.some((kind) => kind === text);
const FOLDER = /^(inbox|[0-9a-f]{24})$/;
const ISO_MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

const NAMES = ['q', 'kind', 'platform', 'from', 'to', 'at', 'tag', 'author', 'favourite', 'folder', 'trash'] as const;

/** Query → filter. What it does not know or cannot read is left out. */
export function parseFilter(query: URLSearchParams): Filter {
  const q = query.get('q')?.trim().slice(0, 200);
  const kind = query.get('kind') ?? '';
  const platform = query.get('platform')?.slice(0, 60);
  const from = query.get('from') ?? '';
  const to = query.get('to') ?? '';
  const at = query.get('at') ?? '';
  const tag = query.get('tag')?.trim().slice(0, 64);
  const author = query.get('author')?.trim().slice(0, 120);
  const folder = query.get('folder') ?? '';
  return {
    ...(q ? { q } : {}),
    ...(isKind(kind) ? { kind } : {}),
    ...(platform ? { platform } : {}),
    ...(ISO_DATE.test(from) ? { from } : {}),
    ...(ISO_DATE.test(to) ? { to } : {}),
    ...(ISO_MONTH.test(at) ? { at } : {}),
    ...(tag ? { tag } : {}),
    ...(author ? { author } : {}),
    ...(query.get('favourite') === 'yes' ? { favourite: true } : {}),
    ...(FOLDER.test(folder) ? { folder } : {}),
  };
}

/** Filter → `?q=…`, or nothing. One filter always gives the same text. */
export function buildFilterQuery(filter: Filter): string {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = filter[name];
    if (value) query.set(name, value === true ? 'yes' : value);
  }
  const text = query.toString();
  return text && `?${text}`;
}

export const isEmptyFilter = (filter: Filter): boolean => buildFilterQuery(filter) === '';

/** The filter without one of its parts. */
export function dropFilter(filter: Filter, name: keyof Filter): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([key]) => key !== name));
}
