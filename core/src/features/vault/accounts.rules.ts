/** How a platform account's cookies stand. */
export type CookieState = 'none' | 'valid' | 'expiring' | 'rejected';

/** What is known of a stored session without opening it. */
export interface AccountFacts {
  readonly account: string;
  /** When the session ends by itself. */
  readonly sessionEndsAt?: Date;
  readonly savedAt: Date;
  readonly lastSuccessAt?: Date;
  /** When the platform answered with its login page. */
  readonly rejectedAt?: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A session that ends this soon wants fresh cookies, in milliseconds. */
const SOON_MS = 7 * DAY_MS;
/**
 * A refused session is tried again after this time: the platform may have meant the post, not the person. By then the
 * platform's own rest, a day and a fifth at most, is over.
 */
export const PROBE_AFTER_MS = 1.2 * DAY_MS;

/** Cookies that were refused or have run out are `rejected`; nothing but fresh ones helps, or a success after all. */
export function stateOf({ sessionEndsAt, rejectedAt }: AccountFacts, now: number): CookieState {
  if (rejectedAt !== undefined || hasEnded(sessionEndsAt, now)) return 'rejected';
  return hasEnded(sessionEndsAt, now + SOON_MS) ? 'expiring' : 'valid';
}

/**
 * Which account a job uses when nobody names one: what works before what ends soon, then the one that worked last. Of refused ones the
 * one whose daily try is due.
 */
export function chooseAccount<A extends AccountFacts>(accounts: readonly A[], now: number): A | undefined {
  const byUse = accounts.toSorted((a, b) => lastUse(b) - lastUse(a));
  const working = byUse.find((account) => stateOf(account, now) === 'valid');
  const ending = byUse.find((account) => stateOf(account, now) === 'expiring');
  return working ?? ending ?? byUse.find((account) => mayProbe(account, now));
}

function mayProbe({ rejectedAt, sessionEndsAt }: AccountFacts, now: number): boolean {
  return !hasEnded(sessionEndsAt, now) && rejectedAt !== undefined && rejectedAt.getTime() + PROBE_AFTER_MS <= now;
}

function lastUse({ lastSuccessAt, savedAt }: AccountFacts): number {
  return (lastSuccessAt ?? savedAt).getTime();
}

function hasEnded(end: Date | undefined, now: number): boolean {
  return end !== undefined && end.getTime() <= now;
}
