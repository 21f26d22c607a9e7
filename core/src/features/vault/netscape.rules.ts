import { CodedError } from '../../errors.ts';
import { END_OF_TIME } from './cookies.rules.ts';
import type { BrowserCookie } from './cookies.rules.ts';

const BYTE_ORDER_MARK = '\ufeff';
const HEADER = '# Netscape HTTP Cookie File\n';
const HTTP_ONLY = '#HttpOnly_';
const FIELDS = 7;
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Reads Netscape text; comments and blank lines are dropped. @throws MF_ERR_COOKIES */
export function parseNetscape(text: string): BrowserCookie[] {
  const lines = text
    .replace(BYTE_ORDER_MARK, '')
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
