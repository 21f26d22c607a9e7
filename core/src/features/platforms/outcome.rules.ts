import type { FailureCode } from '@mediafetcher/sdk';

/** What a failure says of the platform; the breaker counts by these. */
export const FailureClass = {
  rateLimited: 'rate_limited',
  challenge: 'challenge',
  loginRequired: 'login_required',
  toolOutdated: 'tool_outdated',
  network: 'network',
  suspiciousEmpty: 'suspicious_empty',
} as const;
export type FailureClass = (typeof FailureClass)[keyof typeof FailureClass];

/** What an attempt shows of the platform: that it serves us, that it (or the way to it) fails, or nothing. */
export type Verdict =
  { readonly kind: 'served' } | { readonly kind: 'failed'; readonly class: FailureClass } | { readonly kind: 'none' };

const SERVED: Verdict = { kind: 'served' };
const NONE: Verdict = { kind: 'none' };
const failed = (failureClass: FailureClass): Verdict => ({ kind: 'failed', class: failureClass });

/** A platform that says why it does not show this very post has answered: it serves us. */
const BY_CODE: Readonly<Record<FailureCode, Verdict>> = {
  MF_ERR_RATE_LIMITED: failed('rate_limited'),
  MF_ERR_CHALLENGE: failed('challenge'),
  MF_ERR_LOGIN_REQUIRED: failed('login_required'),
  MF_ERR_TOOL_OUTDATED: failed('tool_outdated'),
  MF_ERR_NETWORK: failed('network'),
  MF_ERR_TIMEOUT: failed('network'),
  MF_ERR_PRIVATE: SERVED,
  MF_ERR_NOT_FOUND: SERVED,
  MF_ERR_GEO_BLOCKED: SERVED,
  MF_ERR_NO_MEDIA: SERVED,
  MF_ERR_UNSUPPORTED: NONE,
  MF_ERR_URL_NOT_A_SHORT: SERVED,
  MF_ERR_TOO_LARGE: SERVED,
  MF_ERR_CORRUPT: NONE,
  MF_ERR_DISK_FULL: NONE,
  MF_ERR_DISK_READ_ONLY: NONE,
  MF_ERR_QUOTA: NONE,
  MF_ERR_MOUNT_MISSING: NONE,
  MF_ERR_TOOL_MISSING: NONE,
  MF_ERR_PLUGIN: NONE,
  MF_ERR_INTERNAL: NONE,
};

/**
 * What an attempt's end says of the platform. Without an account a wish for a login is about the post alone: there is no
 * session that the platform could have refused. A tool that leaves a post to others (a picture to yt-dlp) was shown it.
 * @param leftToOthers the failure is of a first choice, after which others may bring the post
 */
export function verdictOf(code: FailureCode | undefined, anonymous: boolean, leftToOthers = false): Verdict {
  if (code === undefined || (anonymous && code === 'MF_ERR_LOGIN_REQUIRED')) return SERVED;
  if (leftToOthers && code === 'MF_ERR_UNSUPPORTED') return SERVED;
  return BY_CODE[code];
}

/** The code under which people read of a class. */
export const CODE_OF: Readonly<Record<FailureClass, FailureCode>> = {
  rate_limited: 'MF_ERR_RATE_LIMITED',
  challenge: 'MF_ERR_CHALLENGE',
  login_required: 'MF_ERR_LOGIN_REQUIRED',
  tool_outdated: 'MF_ERR_TOOL_OUTDATED',
  network: 'MF_ERR_NETWORK',
  suspicious_empty: 'MF_ERR_NO_MEDIA',
};

/** Codes for which a platform can rest. */
export const REST_CODES: readonly FailureCode[] = Object.values(CODE_OF);
