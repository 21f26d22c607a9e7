import { MongoError } from '../../errors.ts';

const DAY = 86_400_000;

/** A moment in a time zone, taken apart. */
export interface DateFields {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly dayOfYear: number;
  /** 1 is Sunday. */
  readonly dayOfWeek: number;
  /** 1 is Monday. */
  readonly isoDayOfWeek: number;
  /** From 0, weeks begin on Sunday. */
  readonly week: number;
  readonly isoWeek: number;
  readonly isoYear: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    try {
      formatter = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw new MongoError(40485, `unrecognized time zone identifier: "${zone}"`);
    }
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** Minutes east of UTC at a moment. @throws MongoError 40485 for an unknown zone */
export function offsetOf(ms: number, zone: string): number {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0;
  const fixed = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0));
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(ms)
      .map((part) => [part.type, Number(part.value)]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'));
  return Math.round((local - Math.floor(ms / 1000) * 1000) / 60_000);
}

function isoWeekOf(date: Date): { week: number; year: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY);
  const start = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return { week: Math.floor((thursday.getTime() - start) / DAY / 7) + 1, year: thursday.getUTCFullYear() };
}

/** Takes a moment apart in a zone: an Olson name, `+01:00` or UTC. */
export function dateFields(ms: number, zone: string): DateFields {
  const offset = offsetOf(ms, zone);
  const date = new Date(ms + offset * 60_000);
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  const dayOfYear = Math.floor((date.getTime() - start) / DAY) + 1;
  const iso = isoWeekOf(date);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
    dayOfYear,
    dayOfWeek: date.getUTCDay() + 1,
    isoDayOfWeek: date.getUTCDay() || 7,
    week: Math.floor((dayOfYear + 6 - date.getUTCDay()) / 7),
    isoWeek: iso.week,
    isoYear: iso.year,
    offset,
  };
}
