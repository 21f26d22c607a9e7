import type { FailureCode } from '@mediafetcher/sdk';
import { ANONYMOUS, ownerOf } from './accounts.ts';
import { admit, opensAt, probeNow, renewCookies, report, stateOf } from './breaker.rules.ts';
import type { Breaker } from './breaker.rules.ts';
import { PlatformEmitter } from './events.ts';
import { count, merge } from './health.rules.ts';
import type { Health } from './health.rules.ts';
import { FOREVER } from './model.ts';
import type { PlatformAccountDoc } from './model.ts';
import { CODE_OF, verdictOf } from './outcome.rules.ts';
import type { FailureClass } from './outcome.rules.ts';
import { easedPace, paceLimitsOf } from './pace-defaults.ts';
import { nextTokenAt, take } from './pace.rules.ts';
import type { PaceLimits } from './pace.rules.ts';
import { PlatformStore } from './platform-store.ts';
import type { Content } from './platform-store.ts';

/** Where the service takes time and chance from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 to 1. */
  random(): number;
}

/** A platform to which no attempt goes now, with one account. */
export interface Closed {
  readonly platform: string;
  /** {@link ANONYMOUS}, or an accountKey. */
  readonly account: string;
  /** When it goes on; null: when a person has done something. */
  readonly until: Date | null;
  /** Why it rests; `pace` where only the next turn has not come. */
  readonly reason: FailureCode | 'pace';
}

/** What comes of asking for a turn. */
export type Turn =
  /** `probe`: this attempt shows whether the platform serves us again; none other goes meanwhile. */
  { readonly closed?: undefined; readonly probe: boolean } | { readonly closed: Closed };

/** Who wants to go where. */
export interface Attempt {
  readonly platform: string;
  readonly account: string;
  /** The job. */
  readonly by: string;
}

/** How an attempt ended. */
export interface Outcome extends Attempt {
  /** The post or list it was about. */
  readonly source: string;
  /** Of its failure; none for a success. */
  readonly code?: FailureCode;
  /** Whether the platform was asked without a session, although the attempt is counted for an account. @default false */
  readonly withoutSession?: boolean;
  /** Whether other ways to the post were left out. @default false */
  readonly untried?: boolean;
  /** Milliseconds for which the platform asked to be left alone. */
  readonly retryAfterMs?: number;
}

/** How a platform with one account is. */
export interface PlatformStatus {
  readonly platform: string;
  readonly account: string;
  readonly state: 'closed' | 'open' | 'half-open';
  readonly closed?: Closed;
  readonly since?: Date;
}

/**
 * Keeps accounts alive: how often each platform is asked with each account, and when it is left alone. All of it stands
 * in the database, so that servers agree and a restart resets nothing.
 */
export class PlatformsService {
  readonly events: PlatformEmitter = new PlatformEmitter();
  readonly #store: PlatformStore;
  readonly #clock: Clock;
  readonly #polite: boolean;

  /** @param options.polite false: nothing ever waits; for a stand-in of the platforms */
  constructor(model: ConstructorParameters<typeof PlatformStore>[0], options: { clock: Clock; polite: boolean }) {
    this.#clock = options.clock;
    this.#polite = options.polite;
    this.#store = new PlatformStore(model, (platform, account, content) =>
      this.#closedUntil(platform, account, content),
    );
  }

  /** What no attempt may begin on now, of all servers. */
  async closed(): Promise<Closed[]> {
    if (!this.#polite) return [];
    return (await this.#store.closed(this.#clock.now())).map(closedOf);
  }

  /** A turn for an attempt, or what it has to wait for. Every attempt needs one. */
  async take({ platform, account, by }: Attempt): Promise<Turn> {
    if (!this.#polite) return { probe: false };
    const now = this.#clock.now();
    let turn: Turn = { probe: false };
    await this.#store.change(platform, account, (before) => {
      const opens = opensAt(before.breaker, now);
      if (opens > now) {
        turn = { closed: { platform, account, until: dateOf(opens), reason: reasonOf(before.breaker) } };
        return before;
      }
      const taken = take(before.pace, limitsOf(platform, account, before.breaker, now), {
        now,
        random: this.#clock.random(),
      });
      if (!taken.granted) {
        turn = { closed: { platform, account, until: new Date(taken.at), reason: 'pace' } };
        return before;
      }
      turn = { probe: stateOf(before.breaker, now) === 'half-open' };
      return { ...before, pace: taken.pace, breaker: admit(before.breaker, by, now) };
    });
    return turn;
  }

  /** Counts how an attempt ended. Gives what the platform has to rest for now, if it has. */
  async record({
    platform,
    account,
    by,
    source,
    code,
    withoutSession = false,
    untried = false,
    retryAfterMs,
  }: Outcome): Promise<Closed | undefined> {
    const moment = { now: this.#clock.now(), random: this.#clock.random() };
    const verdict = verdictOf(code, withoutSession || account === ANONYMOUS, untried);
    const told = { verdict, by, source, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    const after = await this.#change(platform, account, ({ breaker, ...before }) => ({
      ...before,
      breaker: this.#polite ? report(breaker, told, moment) : breaker,
      health: count(before.health, code, moment.now),
    }));
    const opens = opensAt(after.breaker, moment.now);
    if (!this.#polite || opens <= moment.now) return undefined;
    return { platform, account, until: dateOf(opens), reason: reasonOf(after.breaker) };
  }

  /** An attempt ended and nobody knows what the platform had to say: another one may be the probe. */
  async release({ platform, account, by }: Attempt): Promise<void> {
    await this.#change(platform, account, (before) => {
      const { probe, ...breaker } = before.breaker;
      return probe?.by === by ? { ...before, breaker } : before;
    });
  }

  /** Somebody has sent new cookies for their account. */
  async renewCookies(platform: string, account: string): Promise<void> {
    await this.#change(platform, account, (before) => {
      const breaker = renewCookies(before.breaker);
      return breaker === before.breaker ? before : { ...before, breaker };
    });
  }

  /** A person has gone, and their accounts with them. */
  async forgetPerson(userId: string): Promise<void> {
    await this.#store.remove((await this.#store.all()).filter(({ account }) => ownerOf(account)?.userId === userId));
  }

  /** What a class of failures was waiting for has happened: one probe may go at once. */
  async probeNow(failureClass: FailureClass, where: { platform?: string; account?: string } = {}): Promise<void> {
    for (const { platform, account, breaker } of await this.#store.all()) {
      const meant = (where.platform ?? platform) === platform && (where.account ?? account) === account;
      if (!meant || breaker.opening?.class !== failureClass) continue;
      await this.#change(platform, account, (before) => {
        const next = probeNow(before.breaker, failureClass, this.#clock.now());
        return next === before.breaker ? before : { ...before, breaker: next };
      });
    }
  }

  /** Every platform and account that was asked so far. */
  async statuses(): Promise<PlatformStatus[]> {
    const now = this.#clock.now();
    return (await this.#store.all()).map((doc) => {
      const { platform, account, breaker, closedUntil } = doc;
      const rests = this.#polite && closedUntil.getTime() > now;
      return {
        platform,
        account,
        state: stateOf(breaker, now),
        ...(rests && { closed: closedOf(doc) }),
        ...(breaker.opening && { since: new Date(breaker.opening.since) }),
      };
    });
  }

  /** How each platform did in the last day, over all accounts. */
  async health(): Promise<(Health & { readonly platform: string })[]> {
    const all = await this.#store.all();
    return [...new Set(all.map(({ platform }) => platform))].map((platform) => ({
      platform,
      ...merge(
        all.filter((doc) => doc.platform === platform).map(({ health }) => health),
        this.#clock.now(),
      ),
    }));
  }

  async #change(platform: string, account: string, plan: (before: Content) => Content): Promise<Content> {
    const { before, after } = await this.#store.change(platform, account, plan);
    const [was, is] = [before.breaker.opening, after.breaker.opening];
    if (was?.since !== is?.since || was?.until !== is?.until || was?.class !== is?.class)
      this.events.emit('change', { platform, account });
    return after;
  }

  #closedUntil(platform: string, account: string, { pace, breaker }: Content): Date {
    const now = this.#clock.now();
    const until = Math.max(opensAt(breaker, now), nextTokenAt(pace, limitsOf(platform, account, breaker, now), now));
    return until === Infinity ? FOREVER : new Date(until);
  }
}

function limitsOf(platform: string, account: string, { eased }: Breaker, now: number): PaceLimits {
  const limits = paceLimitsOf(platform, account === ANONYMOUS);
  return eased !== undefined && eased.until > now ? easedPace(limits) : limits;
}

function closedOf({ platform, account, breaker, closedUntil }: PlatformAccountDoc): Closed {
  const until = closedUntil.getTime() === FOREVER.getTime() ? null : closedUntil;
  return { platform, account, until, reason: breaker.opening === undefined ? 'pace' : reasonOf(breaker) };
}

function reasonOf({ opening }: Breaker): Closed['reason'] {
  return opening === undefined ? 'pace' : CODE_OF[opening.class];
}

function dateOf(time: number): Date | null {
  return time === Infinity ? null : new Date(time);
}
