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
}

export const POST_KINDS = ['video', 'image', 'audio', 'carousel'] as const satisfies readonly PostKind[];
const isKind = (text: string): text is PostKind => POST_KINDS.some((kind) => kind === text);
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Query → filter. What it does not know or cannot read is left out. */
export function parseFilter(query: URLSearchParams): Filter {
  const q = query.get('q')?.trim().slice(0, 200);
  const kind = query.get('kind') ?? '';
  const platform = query.get('platform')?.slice(0, 60);
  const from = query.get('from') ?? '';
  const to = query.get('to') ?? '';
  return {
    ...(q ? { q } : {}),
    ...(isKind(kind) ? { kind } : {}),
    ...(platform ? { platform } : {}),
    ...(ISO_DATE.test(from) ? { from } : {}),
    ...(ISO_DATE.test(to) ? { to } : {}),
  };
}

/** Filter → `?q=…`, or nothing. One filter always gives the same text. */
export function buildFilterQuery(filter: Filter): string {
  const query = new URLSearchParams();
  for (const name of ['q', 'kind', 'platform', 'from', 'to'] as const) {
    const value = filter[name];
    if (value) query.set(name, value);
  }
  const text = query.toString();
  return text && `?${text}`;
}

export const isEmptyFilter = (filter: Filter): boolean => buildFilterQuery(filter) === '';

/** The filter without one of its parts. */
export function dropFilter(filter: Filter, name: keyof Filter): Filter {
  return Object.fromEntries(Object.entries(filter).filter(([key]) => key !== name));
}
