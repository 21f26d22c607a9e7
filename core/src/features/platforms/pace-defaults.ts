import type { PaceLimits } from './pace.rules.ts';

const SECOND = 1000;

interface PlatformPace {
  readonly anonymous: PaceLimits;
  readonly account: PaceLimits;
}

/** For platforms that a plugin of somebody else's brings. */
const OTHERS: PlatformPace = {
  anonymous: { burst: 10, everyMs: 5 * SECOND },
  account: { burst: 10, everyMs: 5 * SECOND },
};

/** A start is one post: about two requests of pages or APIs, and its files. Sources: docs/decisions/0012-politeness.md. */
const PACES: Readonly<Record<string, PlatformPace>> = {
  // gallery-dl leaves 6 to 12 s between two requests; accounts were flagged for regular polling: as slow as it may be.
  instagram: { anonymous: { burst: 4, everyMs: 30 * SECOND }, account: { burst: 4, everyMs: 30 * SECOND } },
  // Reddit allows 10 requests a minute without and 100 with a login.
  reddit: { anonymous: { burst: 4, everyMs: 15 * SECOND }, account: { burst: 8, everyMs: 4 * SECOND } },
  // Guests hold short-lived tokens; an account's strictest budgets are 50 requests in 15 minutes.
  x: { anonymous: { burst: 6, everyMs: 10 * SECOND }, account: { burst: 6, everyMs: 18 * SECOND } },
  // yt-dlp counts about 300 videos an hour for a session, an account's own watching included, and advises 5 to 10 s.
  youtube: { anonymous: { burst: 10, everyMs: 12 * SECOND }, account: { burst: 10, everyMs: 15 * SECOND } },
  // No limit is published; listings are asked 2 to 5 s apart.
  tiktok: { anonymous: { burst: 10, everyMs: 5 * SECOND }, account: { burst: 6, everyMs: 10 * SECOND } },
};

export function paceLimitsOf(platform: string, anonymous: boolean): PaceLimits {
  const pace = PACES[platform] ?? OTHERS;
  return anonymous ? pace.anonymous : pace.account;
}

/** Half the pace. */
export function easedPace({ burst, everyMs }: PaceLimits): PaceLimits {
  return { burst: Math.max(1, Math.floor(burst / 2)), everyMs: everyMs * 2 };
}
