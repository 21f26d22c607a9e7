import { tn } from '../words/status.ts';

const DAY = 86_400;
const SPANS = [
  ['time_years', 365 * DAY, 2 * 365 * DAY],
  ['time_months', 30 * DAY, 90 * DAY],
  ['time_weeks', 7 * DAY, 21 * DAY],
  ['time_days', DAY, 2 * DAY],
  ['time_hours', 3600, 7200],
] as const;

/** A length of time in one unit, as people say it: 40 minutes, 3 days, 5 months. */
export function formatSpan(seconds: number): string {
  for (const [words, size, from] of SPANS) if (seconds >= from) return tn(words, Math.round(seconds / size));
  if (seconds >= 3600) return tn('time_hours', 1);
  return tn('time_minutes', Math.max(1, Math.round(seconds / 60)));
}
