import type { Site } from './world.ts';

const HEAD = '# Netscape HTTP Cookie File\n';

/** Cookies as a browser would export them: a session that the platform takes, or one that it does not. */
export const buildCookies = (site: Site, state: 'valid' | 'stale', now = Date.now()): string => {
  const { domain, name, valid } = site.session;
  const expires = Math.floor(now / 1000) + 90 * 24 * 3600;
  const line = (cookie: string, value: string): string =>
    [domain, 'TRUE', '/', 'TRUE', String(expires), cookie, value].join('\t');
  const csrf = site.platform === 'x' ? 'ct0' : 'csrftoken';
  return `${HEAD}${line(name, state === 'valid' ? valid : 'lab-stale-session')}\n${line(csrf, '0123456789abcdef0123456789abcdef')}\n`;
};

/** Cookies of a request by name. */
export const parseCookies = (header: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (header ?? '').split(/;\s*/).flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at), pair.slice(at + 1)] as const];
    }),
  );
