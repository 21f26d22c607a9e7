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

const HEADER = '# Netscape HTTP Cookie File\n';
const HTTP_ONLY = '#HttpOnly_';
const FIELDS = 7;
/** Seconds; the end of the year 9999, beyond which neither dates nor the tools' files go. */
const END_OF_TIME = 253_402_300_799;

const CONTROL = /[\u0000-\u001f\u007f]/;

/** Reads Netscape text; comments and blank lines are dropped. @throws MF_ERR_COOKIES */
export function parseNetscape(text: string): BrowserCookie[] {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && (!line.startsWith('#') || line.startsWith(HTTP_ONLY)));
  return lines.map((line) => {
    const httpOnly = line.startsWith(HTTP_ONLY);
    const fields = (httpOnly ? line.slice(HTTP_ONLY.length) : line).split('\t');
    const [domain, , path, secure, expires, name, value] = fields;
    if (fields.length < FIELDS || domain === undefined || name === undefined || value === undefined) {
      throw new CodedError('MF_ERR_COOKIES', 'This is not a Netscape cookie file.');
    }
    const expirationDate = Number(expires);
    return {
      domain,
      name,
      value,
      path: path ?? '/',
      secure: secure === 'TRUE',
      httpOnly,
      ...(expirationDate > 0 && { expirationDate }),
    };
  });
}

/** Keeps the cookies of the platform's own hosts. @throws MF_ERR_COOKIES when none is left */
export function selectCookies(cookies: readonly BrowserCookie[], hosts: readonly string[]): BrowserCookie[] {
  const names = hosts.map((host) => host.replace(/^\./, ''));
  const own = cookies.filter(({ domain }) => {
    const host = domain.replace(/^\./, '').toLowerCase();
    return names.some((name) => host === name || host.endsWith(`.${name}`));
  });
  if (own.length === 0) throw new CodedError('MF_ERR_COOKIES');
  return own;
}

/** Text for the tools. @throws MF_ERR_COOKIES for a value that would break the file */
export function formatNetscape(cookies: readonly BrowserCookie[]): string {
  const lines = cookies.map((cookie) => {
    const domain = cookie.hostOnly === true || cookie.domain.startsWith('.') ? cookie.domain : `.${cookie.domain}`;
    const fields = [
      domain,
      domain.startsWith('.') ? 'TRUE' : 'FALSE',
      cookie.path ?? '/',
      cookie.secure === true ? 'TRUE' : 'FALSE',
      String(Math.floor(Math.min(cookie.expirationDate ?? 0, END_OF_TIME))),
      cookie.name,
      cookie.value,
    ];
    if (fields.some((field) => CONTROL.test(field)))
      throw new CodedError('MF_ERR_COOKIES', 'A cookie holds a control character.');
    return `${cookie.httpOnly === true ? HTTP_ONLY : ''}${fields.join('\t')}\n`;
  });
  return HEADER + lines.join('');
}

/** The first end among the cookies, in milliseconds since 1970. */
export function earliestExpiry(cookies: readonly BrowserCookie[]): number | undefined {
  const ends = cookies.flatMap(({ expirationDate }) =>
    expirationDate === undefined ? [] : [Math.min(expirationDate, END_OF_TIME) * 1000],
  );
  return ends.length === 0 ? undefined : Math.min(...ends);
}
