import type { Filter } from '../router/filter.ts';
import { formatDate, formatMonth } from '../words/format.ts';
import { platformName } from '../words/names.ts';
import { t } from '../words/t.ts';
import { spanOf } from './dates.rules.ts';

/** What the date chip says. */
export function dateLabel(filter: Filter): string {
  const span = spanOf(filter);
  if (span) return t(`date_${span}`);
  const day = (iso: string): string => formatDate(`${iso}T00:00:00`);
  const { from, to } = filter;
  if (from && to) return `${day(from)} – ${day(to)}`;
  return from ? t('date_from', { day: day(from) }) : t('date_to', { day: day(to ?? '') });
}

/** Each part of a filter in words, with what dropping it takes away. */
export function filterParts(filter: Filter): { label: string; drop: (keyof Filter)[]; platform?: string }[] {
  return [
    ...(filter.q ? [{ label: t('filter_text', { text: filter.q }), drop: ['q' as const] }] : []),
    ...(filter.kind ? [{ label: t(`filter_${filter.kind}`), drop: ['kind' as const] }] : []),
    ...(filter.platform
      ? [{ label: platformName(filter.platform), drop: ['platform' as const], platform: filter.platform }]
      : []),
    ...(filter.tag ? [{ label: `#${filter.tag}`, drop: ['tag' as const] }] : []),
    ...(filter.author ? [{ label: filter.author, drop: ['author' as const] }] : []),
    ...(filter.favourite ? [{ label: t('favourites'), drop: ['favourite' as const] }] : []),
    ...(filter.folder ? [{ label: t('filter_folder'), drop: ['folder' as const] }] : []),
    ...(filter.at ? [{ label: t('filter_at', { month: formatMonth(filter.at, 'long') }), drop: ['at' as const] }] : []),
    ...(filter.from || filter.to ? [{ label: dateLabel(filter), drop: ['from' as const, 'to' as const] }] : []),
  ];
}
