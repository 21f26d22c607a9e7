import { CodedError } from '../../errors.ts';

/** Headers of a request, lower-case names. */
export type RequestHeaders = Readonly<Record<string, string>>;

export const MAX_HEADERS = 20;
export const MAX_HEADER_VALUE = 4096;
const MAX_TOTAL = 16 * 1024;
const NAME = /^[0-9a-z][0-9a-z_-]{0,63}$/;
/** Visible ASCII and blanks between: what every tool can send, and nothing that ends a line. */
const VALUE = /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/;

/** Each with the reason why it is not taken. */
const REFUSED: readonly (readonly [reason: string, names: RegExp])[] = [
  [
    'Cookies are saved for a platform by POST /api/cookies: as a header they would go to every host.',
    /^(?:cookie2?|set-cookie2?)$/,
  ],
  [
    'It would go to every host of the platform, its picture servers too.',
    /^(?:authorization|proxy-.*|www-authenticate|x-csrf.*|x-xsrf.*)$/,
  ],
  [
    'It belongs to the connection, which the tools keep themselves.',
    /^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|host|http2-settings|content-.*|date|via)$/,
  ],
  ['The tools need it for themselves.', /^(?:range|if-.*|accept-encoding|max-forwards)$/],
  ['It pretends to be a proxy.', /^(?:forwarded|x-forwarded-.*|x-real-ip|x-http-method.*|x-method-override)$/],
];

/** Takes the headers that a person wants to be sent to the platform. @throws MF_ERR_VALIDATION naming the first that cannot be */
export function validateHeaders(given: Readonly<Record<string, unknown>>): RequestHeaders {
  const entries = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (entries.length > MAX_HEADERS) throw refusal(`There are more than ${MAX_HEADERS} headers.`);
  const headers = new Map<string, string>();
  let total = 0;
  for (const [name, value] of entries) {
    if (!NAME.test(name)) throw refusal('The name of a header is a word of letters, digits and dashes.');
    const why = REFUSED.find(([, names]) => names.test(name))?.[0];
    if (why !== undefined) throw refusal(`The header ${name} cannot be set. ${why}`);
    if (headers.has(name)) throw refusal(`The header ${name} is there twice.`);
    if (typeof value !== 'string' || value.length > MAX_HEADER_VALUE || !VALUE.test(value)) {
      throw refusal(`The value of the header ${name} is not one line of plain text.`);
    }
    total += name.length + value.length;
    headers.set(name, value);
  }
  if (total > MAX_TOTAL) throw refusal('The headers are too long together.');
  return Object.fromEntries(headers);
}

function refusal(detail: string): CodedError {
  return new CodedError('MF_ERR_VALIDATION', detail);
}
