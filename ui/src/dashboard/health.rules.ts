import type { PlatformHealth } from './status-types.ts';

const HOUR = 3_600_000;

/** How an hour went: `mixed` is some of both. */
export type HourState = 'none' | 'ok' | 'mixed' | 'bad';

/** The last day, the oldest hour first. */
export function lastHours(health: PlatformHealth | undefined, now: number, count = 24): HourState[] {
  const byStart = new Map((health?.hours ?? []).map((hour) => [Date.parse(hour.at), hour]));
  const current = now - (now % HOUR);
  return Array.from({ length: count }, (_, index) => {
    const hour = byStart.get(current - (count - 1 - index) * HOUR);
    if (hour === undefined) return 'none';
    const failed = hour.failures.some((failure) => failure.count > 0);
    if (!failed) return hour.successes > 0 ? 'ok' : 'none';
    return hour.successes > 0 ? 'mixed' : 'bad';
  });
}

/** How many went well in the last day, of how many, and which failures there were, the most frequent first. */
export function sumOf(health: PlatformHealth | undefined): {
  readonly good: number;
  readonly all: number;
  readonly failures: readonly (readonly [code: string, count: number])[];
} {
  const hours = health?.hours ?? [];
  const good = hours.reduce((sum, hour) => sum + hour.successes, 0);
  const failures = new Map<string, number>();
  for (const { code, count } of hours.flatMap((hour) => hour.failures))
    failures.set(code, (failures.get(code) ?? 0) + count);
  const bad = [...failures.values()].reduce((sum, count) => sum + count, 0);
  return { good, all: good + bad, failures: [...failures].sort((a, b) => b[1] - a[1]) };
}
