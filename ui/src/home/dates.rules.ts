import type { Filter } from '../router/filter.ts';

export const SPANS = ['any', 'today', 'week', 'month', 'year'] as const;
export type Span = (typeof SPANS)[number];

const DAYS: Readonly<Record<Exclude<Span, 'any'>, number>> = { today: 0, week: 6, month: 29, year: 364 };

/** The first day of a span that ends today, as `YYYY-MM-DD` of this time zone. */
export function startOf(span: Exclude<Span, 'any'>, now = new Date()): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - DAYS[span]);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The span that a filter's dates are; nothing for dates of another kind, such as a linked month. */
export function spanOf(filter: Filter, now = new Date()): Span | undefined {
  if (!filter.from && !filter.to) return 'any';
  if (filter.to) return undefined;
  return SPANS.find((span) => span !== 'any' && startOf(span, now) === filter.from);
}
