import type { FailureCode } from '@mediafetcher/sdk';

const HOUR = 3_600_000;
const HOURS = 24;

/** One hour's attempts. */
export interface HealthHour {
  /** Its start, in milliseconds since 1970. */
  readonly at: number;
  readonly successes: number;
  readonly failures: Readonly<Partial<Record<FailureCode, number>>>;
}

/** How a platform did with one account; at most a day of it, newest hour first. */
export interface Health {
  readonly lastSuccess?: number;
  readonly lastFailure?: { readonly at: number; readonly code: FailureCode };
  readonly hours: readonly HealthHour[];
}

export const NO_HEALTH: Health = { hours: [] };

/** Counts an attempt. @param code of its failure; none for a success */
export function count(health: Health, code: FailureCode | undefined, now: number): Health {
  const at = now - (now % HOUR);
  const known = health.hours.find((hour) => hour.at === at) ?? { at, successes: 0, failures: {} };
  const others = health.hours.filter((hour) => hour.at !== at && hour.at > at - HOURS * HOUR);
  const hour =
    code === undefined
      ? { ...known, successes: known.successes + 1 }
      : { ...known, failures: { ...known.failures, [code]: (known.failures[code] ?? 0) + 1 } };
  return {
    ...health,
    ...(code === undefined ? { lastSuccess: now } : { lastFailure: { at: now, code } }),
    hours: [hour, ...others].toSorted((a, b) => b.at - a.at).slice(0, HOURS),
  };
}

/** All accounts of a platform together; the hours of the last day that saw something. */
export function merge(parts: readonly Health[], now: number): Health {
  const since = now - (now % HOUR) - (HOURS - 1) * HOUR;
  const hours = new Map<number, HealthHour>();
  for (const hour of parts.flatMap((part) => part.hours)) {
    if (hour.at < since) continue;
    const sum = hours.get(hour.at);
    hours.set(hour.at, sum === undefined ? hour : add(sum, hour));
  }
  const successes = parts.flatMap(({ lastSuccess }) => lastSuccess ?? []);
  const failures = parts.flatMap(({ lastFailure }) => lastFailure ?? []).toSorted((a, b) => b.at - a.at);
  return {
    ...(successes.length > 0 && { lastSuccess: Math.max(...successes) }),
    ...(failures[0] && { lastFailure: failures[0] }),
    hours: [...hours.values()].toSorted((a, b) => b.at - a.at),
  };
}

function add(a: HealthHour, b: HealthHour): HealthHour {
  const codes = new Set([...Object.keys(a.failures), ...Object.keys(b.failures)]) as Set<FailureCode>;
  const failures = Object.fromEntries(
    [...codes].map((code) => [code, (a.failures[code] ?? 0) + (b.failures[code] ?? 0)]),
  );
  return { at: a.at, successes: a.successes + b.successes, failures };
}
