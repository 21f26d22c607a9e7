import { CodedError } from '../../errors.ts';

/** A cookie as browsers' extension API gives it; unknown fields are ignored. */
export interface BrowserCookie {
  readonly domain: string;
  readonly name: string;
  readonly value: string;
  readonly path?: string;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly hostOnly?: boolean;
  /** Seconds since 1970; missing for cookies that end with the browser. */
  readonly expirationDate?: number;
}

/** Seconds; the end of the year 9999, beyond which neither dates nor the tools' files go. */
export const END_OF_TIME = 253_402_300_799;

/** Keeps the cookies of the platform's own hosts. @throws MF_ERR_COOKIES when none is left */
export function selectCookies(cookies: readonly BrowserCookie[], hosts: readonly string[]): BrowserCookie[] {
  const own = cookies.filter(({ domain }) => isBelow(domain, hosts));
  if (own.length === 0) throw new CodedError('MF_ERR_COOKIES');
  return own;
}

/** Whether a cookie's domain is one of the hosts, or below one. */
export function isBelow(domain: string, hosts: readonly string[]): boolean {
  const host = domain.replace(/^\./, '').toLowerCase();
  const names = hosts.map((name) => name.replace(/^\./, ''));
  return names.some((name) => host === name || host.endsWith(`.${name}`));
}

/** The first end among the cookies, in milliseconds since 1970. */
export function earliestExpiry(cookies: readonly BrowserCookie[]): number | undefined {
  const ends = cookies.flatMap(({ expirationDate }) => (expirationDate === undefined ? [] : [endOf(expirationDate)]));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Whether one of the cookies is a session of the platform. */
export function hasSession(cookies: readonly BrowserCookie[], sessionNames: readonly string[]): boolean {
  return cookies.some(({ name, value }) => sessionNames.includes(name) && value !== '');
}

/**
 * When the session itself ends, in milliseconds since 1970: the last of its cookies, as each alone carries it. Undefined when one
 * of them has no end.
 * @param sessionNames cookies of which each says that somebody is signed in; empty for a platform that names none
 * @throws MF_ERR_COOKIES when nobody is signed in, or not any more
 */
export function findSessionEnd(
  cookies: readonly BrowserCookie[],
  sessionNames: readonly string[],
  { site, now }: { readonly site: string; readonly now: number },
): number | undefined {
  if (sessionNames.length === 0) return undefined;
  if (!hasSession(cookies, sessionNames)) {
    const detail = `Nobody is signed in to ${site} in these cookies: ${listed(sessionNames)} is missing.`;
    throw new CodedError('MF_ERR_COOKIES', detail, { help: `Sign in to ${site} in your browser and send them again.` });
  }
  const ends = cookies
    .filter(({ name, value }) => sessionNames.includes(name) && value !== '')
    .map(({ expirationDate }) => expirationDate);
  if (ends.some((end) => end === undefined)) return undefined;
  const last = Math.max(...ends.map((end) => endOf(end ?? 0)));
  if (last > now) return last;
  const detail = `The session in these cookies ended on ${new Date(last).toISOString().slice(0, 10)}.`;
  throw new CodedError('MF_ERR_COOKIES', detail, { help: `Sign in to ${site} in your browser and send them again.` });
}

function endOf(expirationDate: number): number {
  return Math.min(expirationDate, END_OF_TIME) * 1000;
}

function listed(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : `one of ${names.join(', ')}`;
}
