import assert from 'node:assert/strict';
import test from 'node:test';
import { parseCookies } from '../../../src/features/vault/browser-export.rules.ts';
import { findSessionEnd } from '../../../src/features/vault/cookies.rules.ts';

const END = 1_900_000_000;
const EXPECTED = {
  domain: '.x.com',
  name: 'auth_token',
  value: 'v',
  path: '/',
  secure: true,
  httpOnly: true,
  hostOnly: false,
  expirationDate: END,
};
const asBrowser = { ...EXPECTED, sameSite: 'no_restriction', session: false, storeId: '0' };

for (const [what, given] of [
  ["the extension API's list", [asBrowser]],
  ['EditThisCookie, with its numbers', [{ ...asBrowser, id: 1 }]],
  ['J2TEAM, with the address beside the list', { url: 'https://x.com', cookies: [asBrowser] }],
  [
    'Playwright',
    {
      cookies: [{ ...EXPECTED, hostOnly: undefined, expirationDate: undefined, expires: END, sameSite: 'None' }],
      origins: [],
    },
  ],
  [
    'Puppeteer',
    [{ name: 'auth_token', value: 'v', domain: '.x.com', path: '/', expires: END, secure: true, httpOnly: true }],
  ],
  [
    "a browser's developer tools, with a date",
    [{ ...EXPECTED, expirationDate: undefined, expires: new Date(END * 1000).toISOString() }],
  ],
  ['milliseconds', [{ ...EXPECTED, expirationDate: END * 1000 }]],
  [
    'Cookie Quick Manager',
    [
      {
        'Host raw': 'https://.x.com/',
        'Name raw': 'auth_token',
        'Path raw': '/',
        'Content raw': 'v',
        Expires: '17-03-2030 17:46:40',
        'Expires raw': String(END),
        'Send for raw': 'true',
        'HTTP only raw': 'true',
      },
    ],
  ],
] as const) {
  test(`${what} is read, as text and as it is`, () => {
    assert.deepEqual(parseCookies(given), [EXPECTED]);
    assert.deepEqual(parseCookies(` \ufeff${JSON.stringify(given)}`), [EXPECTED]);
  });
}

test('Netscape text with a byte order mark is read', () => {
  const [cookie] = parseCookies(
    `\ufeff# Netscape HTTP Cookie File\r\n.x.com\tTRUE\t/\tTRUE\t${END}\tauth_token\tv\r\n`,
  );
  assert.equal(cookie?.name, 'auth_token');
});

for (const end of [-1, 0, null, undefined, 'Session', '']) {
  test(`an end of ${JSON.stringify(end)} is a cookie that goes with the browser`, () => {
    const [cookie] = parseCookies([{ domain: 'x.com', name: 'a', value: 'b', expires: end }]);
    assert.equal(cookie?.expirationDate, undefined);
  });
}

for (const [what, given, code] of [
  ['JSON that breaks off', '[{"domain":"x.com"', 'MF_ERR_COOKIES'],
  ['JSON without a list', '{"a":1}', 'MF_ERR_COOKIES'],
  ['a list of texts', ['a=b'], 'MF_ERR_VALIDATION'],
  ['a number', 7, 'MF_ERR_COOKIES'],
  ['null', null, 'MF_ERR_COOKIES'],
  ['a cookie without a name', [{ domain: 'x.com', value: 'v' }], 'MF_ERR_VALIDATION'],
  ['a value that is no text', [{ domain: 'x.com', name: 'a', value: 1 }], 'MF_ERR_VALIDATION'],
  ['a value without end', [{ domain: 'x.com', name: 'a', value: 'v'.repeat(9000) }], 'MF_ERR_VALIDATION'],
  ['too many cookies', Array.from({ length: 20_001 }, () => asBrowser), 'MF_ERR_VALIDATION'],
] as const) {
  test(`${what} is refused with ${code}`, () => assert.throws(() => parseCookies(given), { code }));
}

const NOW = 1_800_000_000_000;
const facts = { site: 'X', now: NOW };
const session = (name: string, expirationDate?: number, value = 'v') => ({
  domain: '.x.com',
  name,
  value,
  ...(expirationDate !== undefined && { expirationDate }),
});

for (const [what, cookies, expected] of [
  ['ends with its cookie', [session('auth_token', END), session('other', 1)], END * 1000],
  ['ends with the last of its cookies', [session('auth_token', 1), session('twin', END)], END * 1000],
  ['that goes with the browser has no end', [session('auth_token', END), session('twin')], undefined],
] as const) {
  test(`a session ${what}`, () => assert.equal(findSessionEnd(cookies, ['auth_token', 'twin'], facts), expected));
}

for (const [what, cookies, words] of [
  ['nobody is signed in', [session('guest_id', END)], /Nobody is signed in to X .* auth_token is missing/],
  ['the session is empty', [session('auth_token', END, '')], /Nobody is signed in/],
  ['the session has ended', [session('auth_token', NOW / 1000 - 1)], /ended on 2027-01-15/],
] as const) {
  test(`cookies in which ${what} are refused, and the sentence says so`, () =>
    assert.throws(() => findSessionEnd(cookies, ['auth_token'], facts), { code: 'MF_ERR_COOKIES', message: words }));
}

test('a platform that names no session takes its cookies as they are', () =>
  assert.equal(findSessionEnd([session('a', 1)], [], facts), undefined));
