import { dateFormat, numberFormat, writeCount } from './intl.ts';
import { currentLocale, t } from './t.ts';

const UNITS = { en: ['B', 'kB', 'MB', 'GB', 'TB'], fr: ['o', 'ko', 'Mo', 'Go', 'To'] } as const;
const NARROW_SPACE = '\u202f';

/** Bytes in the largest unit that leaves a whole part, with one decimal below 100. */
export function formatBytes(bytes: number): string {
  const locale = currentLocale();
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS[locale].length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${numberFormat(locale, { maximumFractionDigits: digits }).format(value)}${NARROW_SPACE}${UNITS[locale][unit] ?? ''}`;
}

export const formatSpeed = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;

/** Seconds as a clock: 0:42, 12:05, 1:02:09. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Seconds to wait, in one unit: 4 s, 3 min, 2 h. */
export function formatWait(seconds: number): string {
  const [unit, size] =
    seconds < 90 ? (['s', 1] as const) : seconds < 5400 ? (['min', 60] as const) : (['h', 3600] as const);
  return `${formatNumber(Math.max(1, Math.round(seconds / size)))}${NARROW_SPACE}${unit}`;
}

/** Of each unit the seconds, and how many of it are too many. */
const STEPS = [
  ['minute', 60, 60],
  ['hour', 3600, 24],
  ['day', 86_400, 7],
  ['week', 604_800, 9],
] as const;

/** How long ago, short: 3 min, yesterday, 2 wk; a date after two months. */
export function formatAgo(iso: string, now = Date.now()): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 45) return t('ago_now');
  for (const [unit, size, limit] of STEPS) {
    const n = Math.max(1, Math.round(seconds / size));
    if (n < limit) return unit === 'day' && n === 1 ? t('ago_yesterday') : t(`ago_${unit}`, { n });
  }
  return formatDate(iso);
}

/** The name of a month, counted from 0. It is a message: what the first screen says is written without `Intl`. */
const monthName = (month: number, form: 'long' | 'short'): string => t(`months_${form}`).split(' ')[month] ?? '';

/** A day in words; nothing for what is no time. */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? ''
    : t('day_long', { day: date.getDate(), month: monthName(date.getMonth(), 'long'), year: date.getFullYear() });
}

/** A month, `YYYY-MM`, in words; the short form without its year. */
export function formatMonth(month: string, form: 'short' | 'medium' | 'long'): string {
  const [year = '', number = ''] = month.split('-');
  const name = monthName(Number(number) - 1, form === 'long' ? 'long' : 'short');
  return form === 'short' || name === '' ? name : t('month_year', { month: name, year });
}

/** The time of a day today, else the day. */
export function formatWhen(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const today = date.toDateString() === now.toDateString();
  return dateFormat(currentLocale(), today ? { timeStyle: 'short' } : { day: 'numeric', month: 'short' }).format(date);
}

/** A moment as a sentence has it: at that time today, else on that day. */
export function formatMoment(iso: string, now = new Date()): string {
  const today = new Date(iso).toDateString() === now.toDateString();
  return t(today ? 'moment_time' : 'moment_day', { when: formatWhen(iso, now) });
}

/** A whole number with the language's separators. */
export const formatNumber = (n: number): string => writeCount(currentLocale(), n);
