import type { FailureClass, Verdict } from './outcome.rules.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface BreakerRule {
  /** Failures one after the other that open it, and the different posts or lists they must come from. */
  readonly inRow: number;
  readonly sources: number;
  /** Milliseconds of the first rest; null: until a person does something. */
  readonly firstMs: number | null;
  readonly growth: number;
  readonly capMs: number;
}

/** When the breaker of a platform and account opens, and for how long. */
export const BREAKER_RULES: Readonly<Record<FailureClass, BreakerRule>> = {
  rate_limited: { inRow: 1, sources: 1, firstMs: 15 * MINUTE, growth: 2, capMs: 24 * HOUR },
  challenge: { inRow: 1, sources: 1, firstMs: null, growth: 1, capMs: 0 },
  login_required: { inRow: 1, sources: 1, firstMs: 24 * HOUR, growth: 1, capMs: 24 * HOUR },
  tool_outdated: { inRow: 3, sources: 2, firstMs: 6 * HOUR, growth: 2, capMs: 48 * HOUR },
  network: { inRow: 5, sources: 2, firstMs: 10 * MINUTE, growth: 2, capMs: 6 * HOUR },
  suspicious_empty: { inRow: 3, sources: 3, firstMs: 2 * HOUR, growth: 2, capMs: 24 * HOUR },
};

/** Waits vary by so much, so that nothing comes back at the full minute or all at once. */
const JITTER = 0.2;
/** Milliseconds for which a platform that has just come back is asked half as often. */
export const EASED_MS: number = HOUR;
/** Milliseconds after which a probe that nobody hears of is taken for lost. */
export const PROBE_MS: number = 10 * MINUTE;

/** An open breaker. */
export interface Opening {
  readonly class: FailureClass;
  readonly since: number;
  /** When one probe may go; null: when a person has done something. */
  readonly until: number | null;
  /** The rest before jitter, from which the next one grows. */
  readonly waitMs: number;
}

/** The breaker of one platform and account; times in milliseconds since 1970. */
export interface Breaker {
  readonly opening?: Opening;
  /** The job that shows whether the platform serves us again. */
  readonly probe?: { readonly by: string; readonly until: number };
  /** Failures of one class one after the other. */
  readonly row?: { readonly class: FailureClass; readonly count: number; readonly sources: readonly string[] };
  /** Until then half the pace; what opens it meanwhile goes on growing from `waitMs`. */
  readonly eased?: { readonly until: number; readonly waitMs: number };
}

export type BreakerState = 'closed' | 'open' | 'half-open';

export const CLOSED: Breaker = {};

/** The moment, with a number from 0 to 1 by chance. */
export interface Moment {
  readonly now: number;
  readonly random: number;
}

/** How an attempt ended, for the breaker. */
export interface Report {
  readonly verdict: Verdict;
  /** Who had the attempt: a job. */
  readonly by: string;
  /** The post or list it was about. */
  readonly source: string;
  /** Milliseconds for which the platform asked to be left alone. */
  readonly retryAfterMs?: number;
}

export function stateOf({ opening }: Breaker, now: number): BreakerState {
  if (opening === undefined) return 'closed';
  return opening.until !== null && opening.until <= now ? 'half-open' : 'open';
}

/** When an attempt may go: 0 for at once, Infinity where only a person can say. */
export function opensAt({ opening, probe }: Breaker, now: number): number {
  if (opening === undefined) return 0;
  return Math.max(opening.until ?? Infinity, probe !== undefined && probe.until > now ? probe.until : 0);
}

/** Half-open lets one attempt through: the probe. */
export function admit(breaker: Breaker, by: string, now: number): Breaker {
  return breaker.opening === undefined ? breaker : { ...breaker, probe: { by, until: now + PROBE_MS } };
}

/** What the end of an attempt makes of the breaker. */
export function report(breaker: Breaker, told: Report, moment: Moment): Breaker {
  const { opening, probe } = breaker;
  if (opening === undefined) return reportClosed(breaker, told, moment);
  if (probe?.by === told.by) return reportProbe(breaker, opening, told, moment);
  // It began before the breaker opened. A success says nothing new; a failure may ask for a longer rest.
  if (told.verdict.kind !== 'failed' || BREAKER_RULES[told.verdict.class].inRow > 1) return breaker;
  const other = openingOf(told.verdict.class, undefined, told.retryAfterMs, moment);
  const longer = (other.until ?? Infinity) > (opening.until ?? Infinity);
  const asked = told.retryAfterMs !== undefined || other.class !== opening.class;
  return longer && asked ? { ...breaker, opening: { ...other, since: opening.since } } : breaker;
}

function reportClosed(breaker: Breaker, told: Report, moment: Moment): Breaker {
  const eased = breaker.eased !== undefined && breaker.eased.until > moment.now ? { eased: breaker.eased } : {};
  const { verdict } = told;
  if (verdict.kind === 'none') return breaker;
  if (verdict.kind === 'served') return eased;
  const rule = BREAKER_RULES[verdict.class];
  const before = breaker.row?.class === verdict.class ? breaker.row : { count: 0, sources: [] };
  const sources = [...new Set([...before.sources, told.source])].slice(0, rule.sources);
  const row = { class: verdict.class, count: before.count + 1, sources };
  if (row.count < rule.inRow || sources.length < rule.sources) return { ...eased, row };
  return { opening: openingOf(verdict.class, eased.eased?.waitMs, told.retryAfterMs, moment) };
}

function reportProbe(breaker: Breaker, opening: Opening, told: Report, moment: Moment): Breaker {
  const { verdict } = told;
  // Neither good nor bad: another job may be the probe.
  if (verdict.kind === 'none') return { opening };
  if (verdict.kind === 'served') return { eased: { until: moment.now + EASED_MS, waitMs: opening.waitMs } };
  return { opening: openingOf(verdict.class, opening.waitMs, told.retryAfterMs, moment) };
}

/** @param before the rest that was not enough, in milliseconds */
function openingOf(
  failureClass: FailureClass,
  before: number | undefined,
  retryAfterMs: number | undefined,
  { now, random }: Moment,
): Opening {
  const { firstMs, growth, capMs } = BREAKER_RULES[failureClass];
  if (firstMs === null) return { class: failureClass, since: now, until: null, waitMs: 0 };
  const grown = before === undefined ? undefined : before * growth;
  const waitMs = Math.min(capMs, Math.max(retryAfterMs ?? firstMs, grown ?? 0));
  // What a platform asks for is not made shorter.
  const factor = retryAfterMs === undefined ? 1 - JITTER + 2 * JITTER * random : 1 + JITTER * random;
  return { class: failureClass, since: now, until: now + waitMs * factor, waitMs };
}

/** A person sent new cookies: what they mend is over. */
export function renewCookies(breaker: Breaker): Breaker {
  const { opening } = breaker;
  return opening?.class === 'challenge' || opening?.class === 'login_required' ? CLOSED : breaker;
}

/** What a class was waiting for has happened (a tool update, a challenge that a person has met): one probe, now. */
export function probeNow(breaker: Breaker, failureClass: FailureClass, now: number): Breaker {
  const { opening } = breaker;
  return opening?.class === failureClass ? { opening: { ...opening, until: now } } : breaker;
}
