/** How often a platform is asked for a post. */
export interface PaceLimits {
  /** Posts that may begin at once after a quiet time. */
  readonly burst: number;
  /** Milliseconds after which one more may begin. */
  readonly everyMs: number;
}

/** A token bucket; `at` in milliseconds since 1970. */
export interface Pace {
  readonly tokens: number;
  readonly at: number;
}

export type Taken =
  | { readonly granted: true; readonly pace: Pace }
  /** When the next token is there. */
  | { readonly granted: false; readonly at: number };

/** Gaps vary by a fifth, so that they do not look like a clock's; the rate stays. */
const JITTER = 0.2;

/** Less of a token than this is missing only by rounding. */
const ROUNDING = 1e-6;

/** Takes a token where there is one. @param random from 0 to 1 */
export function take(
  pace: Pace | undefined,
  limits: PaceLimits,
  { now, random }: { now: number; random: number },
): Taken {
  const at = nextTokenAt(pace, limits, now);
  if (at > now) return { granted: false, at };
  const left = tokensOf(pace, limits, now) - 1;
  // Only where the next start has to wait: a burst is as long as it is said to be.
  const jitter = left < 1 - ROUNDING ? JITTER * (1 - 2 * random) : 0;
  return { granted: true, pace: { tokens: left + jitter, at: now } };
}

/** When the next token is there: 0 for now. */
export function nextTokenAt(pace: Pace | undefined, limits: PaceLimits, now: number): number {
  const missing = 1 - tokensOf(pace, limits, now);
  return missing > ROUNDING ? Math.ceil(now + missing * limits.everyMs) : 0;
}

function tokensOf(pace: Pace | undefined, { burst, everyMs }: PaceLimits, now: number): number {
  if (pace === undefined) return burst;
  // A clock that was set back gives nothing away and takes nothing.
  return Math.min(burst, pace.tokens + Math.max(0, now - pace.at) / everyMs);
}
