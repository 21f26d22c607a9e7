import { CodedError } from '../../errors.ts';
import type { BrowserCookie } from './cookies.rules.ts';
import { parseNetscape } from './netscape.rules.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A whole browser's cookies; those of the platform are fewer. */
const MAX_COOKIES = 20_000;
const LONGEST = { domain: 253, name: 4096, value: 8192, path: 2048 } as const;

/** Under which names the exports of browsers and of their extensions hold a field; compared without case. */
const NAMES = {
  // Cookie Quick Manager writes `Host raw` with a scheme before it.
  domain: ['domain', 'host', 'host raw'],
  name: ['name', 'name raw'],
  value: ['value', 'content raw'],
  path: ['path', 'path raw'],
  secure: ['secure', 'issecure', 'send for raw'],
  httpOnly: ['httponly', 'ishttponly', 'http only raw'],
  hostOnly: ['hostonly'],
  end: ['expirationdate', 'expires raw', 'expires', 'expiry'],
} as const;

/**
 * Reads cookies in any form in which they leave a browser: Netscape text, or JSON of the extension API, EditThisCookie, Cookie-Editor,
 * J2TEAM, Cookie Quick Manager, Playwright and Puppeteer, as text or as it is.
 * @throws MF_ERR_COOKIES for a form that is none of them · MF_ERR_VALIDATION for a cookie without its fields
 */
export function parseCookies(given: unknown): BrowserCookie[] {
  if (typeof given !== 'string') return parseExport(given);
  return /^[\ufeff\s]*[[{]/.test(given) ? parseExport(parseJson(given)) : parseNetscape(given);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace('\ufeff', ''));
  } catch (cause) {
    throw new CodedError('MF_ERR_COOKIES', 'This is neither a Netscape cookie file nor a whole JSON export.', {
      cause,
    });
  }
}

function parseExport(value: unknown): BrowserCookie[] {
  // Playwright's state and J2TEAM's export hold the list in a field.
  const list = isFields(value) ? value['cookies'] : value;
  if (!Array.isArray(list)) throw new CodedError('MF_ERR_COOKIES', 'This JSON holds no list of cookies.');
  if (list.length > MAX_COOKIES)
    throw new CodedError('MF_ERR_VALIDATION', `There are more than ${MAX_COOKIES} cookies.`);
  return list.map((entry: unknown, index) => readCookie(entry, `cookies[${index}]`));
}

function readCookie(entry: unknown, where: string): BrowserCookie {
  if (!isFields(entry)) throw new CodedError('MF_ERR_VALIDATION', `${where} is no cookie.`);
  const fields = Object.fromEntries(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value]));
  const path = textOf(fields, 'path');
  const end = readEnd(NAMES.end.map((name) => fields[name]).find((value) => value !== undefined));
  const cookie = {
    domain: bareHost(required(fields, 'domain', where)),
    name: required(fields, 'name', where),
    value: required(fields, 'value', where),
    secure: isTrue(fields, 'secure'),
    httpOnly: isTrue(fields, 'httpOnly'),
    hostOnly: isTrue(fields, 'hostOnly'),
    ...(path !== undefined && { path }),
    ...(end !== undefined && { expirationDate: end }),
  };
  const long = Object.entries(LONGEST).find(
    ([name, most]) => (cookie[name as keyof typeof LONGEST] ?? '').length > most,
  );
  if (long !== undefined)
    throw new CodedError('MF_ERR_VALIDATION', `${where}: its ${long[0]} is longer than ${long[1]}.`);
  return cookie;
}

function required(fields: Fields, name: 'domain' | 'name' | 'value', where: string): string {
  const text = textOf(fields, name);
  if (text === undefined) throw new CodedError('MF_ERR_VALIDATION', `${where} has no ${name}.`);
  return text;
}

function textOf(fields: Fields, name: keyof typeof NAMES): string | undefined {
  const value = NAMES[name].map((known) => fields[known]).find((found) => found !== undefined);
  return typeof value === 'string' ? value : undefined;
}

function isTrue(fields: Fields, name: 'secure' | 'httpOnly' | 'hostOnly'): boolean {
  return NAMES[name].some((known) => fields[known] === true || fields[known] === 'true');
}

/** `https://.x.com/` → `.x.com` */
function bareHost(domain: string): string {
  return domain.replace(/^[a-z]+:\/\//i, '').replace(/[/:].*$/, '');
}

/** Seconds since 1970, of seconds, milliseconds or an ISO date; 0, -1 and null are a cookie that ends with the browser. */
function readEnd(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number === 'number') return number > 0 ? inSeconds(number) : undefined;
  const time = typeof number === 'string' ? Date.parse(number) : NaN;
  return Number.isNaN(time) ? undefined : time / 1000;
}

/** No browser keeps a cookie for 3,000 years: so large a number counts milliseconds. */
function inSeconds(number: number): number {
  return number > 1e11 && number < 1e14 ? number / 1000 : number;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
