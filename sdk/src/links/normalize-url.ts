import { isPrivateHost } from './private-host.ts';
import type { LinkRefusal } from './refusal.ts';
import { refuse } from './refusal.ts';

/** Longest address that is looked at, in characters. */
export const MAX_URL_LENGTH = 2048;

/** A pasted address, taken apart for matching. */
export interface NormalAddress {
  /** Lower case, punycode, without the dot at the end. */
  readonly host: string;
  /** Percent-decoded where that is possible, slashes collapsed. Starts with `/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** `https`, host and path; no query, no fragment. */
  readonly href: string;
}

export type NormalizedUrl = { readonly ok: true; readonly address: NormalAddress } | LinkRefusal;

const invalid = (why: string): LinkRefusal => refuse('MF_ERR_URL_INVALID', why);
const NOT_AN_ADDRESS = invalid('This is not a web address.');

/** Reads one web address out of a text; never throws, never asks the network. Linear in the length of the text. */
export function normalizeUrl(text: string): NormalizedUrl {
  const pasted = trimBlank(text);
  if (pasted === '') return invalid('There is no address.');
  if (pasted.length > MAX_URL_LENGTH) {
    return refuse('MF_ERR_URL_TOO_LONG', `The address is longer than ${MAX_URL_LENGTH} characters.`);
  }
  // A backslash is a slash to browsers and a letter to others: nobody may choose.
  if (/[\p{White_Space}\p{Cc}\\]/u.test(pasted)) return NOT_AN_ADDRESS;
  const withScheme = addScheme(pasted);
  if (withScheme === undefined) return NOT_AN_ADDRESS;
  const [scheme, authority] = takeApart(withScheme);
  if (scheme !== 'https' && scheme !== 'http') return invalid('Only http and https addresses are taken.');
  if (authority.includes('@')) return invalid('An address with a user name in it is not taken.');
  return readAddress(withScheme, /:\d*$/.test(authority.slice(authority.lastIndexOf(']') + 1)));
}

function readAddress(text: string, hasPort: boolean): NormalizedUrl {
  if (!URL.canParse(text)) return NOT_AN_ADDRESS;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return NOT_AN_ADDRESS;
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (host === '' || host.startsWith('.') || host.endsWith('.') || host.includes('..')) return NOT_AN_ADDRESS;
  if (isPrivateHost(host)) {
    return refuse('MF_ERR_URL_PRIVATE_HOST', 'The address leads to a private network, not to a public site.');
  }
  if (hasPort || url.port !== '') return invalid('An address with a port in it is not taken.');
  const path = collapse(decode(url.pathname));
  const href = `https://${host}${collapse(url.pathname)}`;
  return { ok: true, address: { host, path, query: url.searchParams, href } };
}

/** Undefined for a single word, which is no address unless a scheme says so. */
function addScheme(text: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  if (text.startsWith('//')) return `https:${text}`;
  // `javascript:…`, `mailto:…`; a name with a dot before the colon is a host with a port.
  if (/^[a-z][a-z0-9+-]*:(?!\d)/i.test(text)) return text;
  const host = (/^[^/?#]*/.exec(text)?.[0] ?? '').toLowerCase();
  const named = host.includes('.') || host === 'localhost' || host.includes(':') || host.includes('@');
  return named || host.startsWith('[') ? `https://${text}` : undefined;
}

function takeApart(text: string): [scheme: string, authority: string] {
  const colon = text.indexOf(':');
  const rest = text.slice(colon + 1);
  const authority = rest.startsWith('//') ? (/^[^/?#]*/.exec(rest.slice(2))?.[0] ?? '') : '';
  // `https:host` and `https:///host` are taken by browsers only: the authority is empty, so it is no address.
  return [
    authority === '' && /^https?$/i.test(text.slice(0, colon)) ? '' : text.slice(0, colon).toLowerCase(),
    authority,
  ];
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray `%` is a letter like any other; no rule matches what it does not expect.
    return path;
  }
}

function collapse(path: string): string {
  return path.replaceAll(/\/{2,}/g, '/');
}

/** `trim` plus the invisible marks that phones put around shared text; no pattern, so that it stays linear. */
function trimBlank(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return (
    code <= 0x20 ||
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202f) ||
    code === 0x205f ||
    (code >= 0x2060 && code <= 0x2069) ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
