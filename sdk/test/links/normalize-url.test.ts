import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normalizeUrl } from '../../src/index.ts';

function show(text: string): string {
  const result = normalizeUrl(text);
  return result.ok ? `${result.address.host} ${result.address.path}` : result.code;
}

const TAKEN: Readonly<Record<string, string>> = {
  'https://example.org/a': 'example.org /a',
  '  https://example.org/a\n': 'example.org /a',
  '\u200b\ufeffhttps://example.org/a\u200e': 'example.org /a',
  'example.org': 'example.org /',
  'example.org/a?b=c#d': 'example.org /a',
  '//example.org/a': 'example.org /a',
  'HTTP://EXAMPLE.ORG/A': 'example.org /A',
  'https://example.org./a': 'example.org /a',
  'https://example.org//a///b/': 'example.org /a/b/',
  'https://example.org/a%20b/%C3%A9': 'example.org /a b/é',
  'https://example.org/a%2Fb': 'example.org /a/b',
  'https://example.org/100%': 'example.org /100%',
  'https://example.org/%ff': 'example.org /%ff',
  'https://example.org/a/../b': 'example.org /b',
  'https://ｅｘａｍｐｌｅ.org/a': 'example.org /a',
  'https://ex\u00e4mple.org/': 'xn--exmple-cua.org /',
  'https://example%2Eorg/a': 'example.org /a',
};

const REFUSED: Readonly<Record<string, string>> = {
  '': 'MF_ERR_URL_INVALID',
  '   \n': 'MF_ERR_URL_INVALID',
  hello: 'MF_ERR_URL_INVALID',
  dQw4w9WgXcQ: 'MF_ERR_URL_INVALID',
  '12345': 'MF_ERR_URL_INVALID',
  'see https://example.org/a': 'MF_ERR_URL_INVALID',
  'https://example.org/a https://example.org/b': 'MF_ERR_URL_INVALID',
  'https://example.org/a\tb': 'MF_ERR_URL_INVALID',
  'https://exa\nmple.org/a': 'MF_ERR_URL_INVALID',
  'https://example.org\\a': 'MF_ERR_URL_INVALID',
  'https:\\\\example.org\\a': 'MF_ERR_URL_INVALID',
  'https:example.org/a': 'MF_ERR_URL_INVALID',
  'https:///example.org/a': 'MF_ERR_URL_INVALID',
  'https://': 'MF_ERR_URL_INVALID',
  'https://.org./': 'MF_ERR_URL_INVALID',
  'https://example..org/': 'MF_ERR_URL_INVALID',
  'https://example.org../': 'MF_ERR_URL_INVALID',
  'ftp://example.org/a': 'MF_ERR_URL_INVALID',
  'file:///etc/passwd': 'MF_ERR_URL_INVALID',
  'javascript:alert(1)': 'MF_ERR_URL_INVALID',
  'data:text/html,hi': 'MF_ERR_URL_INVALID',
  'mailto:a@example.org': 'MF_ERR_URL_INVALID',
  'chrome-extension://abc/popup.html': 'MF_ERR_URL_INVALID',
  'https://user@example.org/a': 'MF_ERR_URL_INVALID',
  'https://user:secret@example.org/a': 'MF_ERR_URL_INVALID',
  'https://@example.org/a': 'MF_ERR_URL_INVALID',
  'example.org@evil.test/a': 'MF_ERR_URL_INVALID',
  'https://example.org:8443/a': 'MF_ERR_URL_INVALID',
  'https://example.org:443/a': 'MF_ERR_URL_INVALID',
  'https://example.org:/a': 'MF_ERR_URL_INVALID',
  'example.org:8443/a': 'MF_ERR_URL_INVALID',
  'https://exa mple.org/': 'MF_ERR_URL_INVALID',
  'https://exa<mple.org/': 'MF_ERR_URL_INVALID',
  'https://example.org＠evil.test/': 'MF_ERR_URL_INVALID',
  'http://127.0.0.1/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://127.0.0.1:8484/admin': 'MF_ERR_URL_PRIVATE_HOST',
  'http://2130706433/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://0x7f.1/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://017700000001/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://10.1.2.3/a': 'MF_ERR_URL_PRIVATE_HOST',
  'http://169.254.169.254/latest/meta-data': 'MF_ERR_URL_PRIVATE_HOST',
  'http://8.8.8.8/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://[::1]/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://[::1]:80/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://[::ffff:10.0.0.1]/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://localhost/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://LOCALHOST./': 'MF_ERR_URL_PRIVATE_HOST',
  'localhost:8484/x': 'MF_ERR_URL_PRIVATE_HOST',
  'http://app.localhost/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://nas/share': 'MF_ERR_URL_PRIVATE_HOST',
  'http://nas.local/share': 'MF_ERR_URL_PRIVATE_HOST',
  'http://truenas.lan/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://metadata.google.internal/': 'MF_ERR_URL_PRIVATE_HOST',
  'http://router.home.arpa/': 'MF_ERR_URL_PRIVATE_HOST',
  [`https://example.org/${'a'.repeat(2029)}`]: 'MF_ERR_URL_TOO_LONG',
};

describe('an address that is taken is made normal', () => {
  for (const [text, shown] of Object.entries(TAKEN)) it(JSON.stringify(text), () => assert.equal(show(text), shown));
});

describe('a text that is no public web address is refused with a code', () => {
  for (const [text, code] of Object.entries(REFUSED)) {
    it(JSON.stringify(text.slice(0, 60)), () => assert.equal(show(text), code));
  }
});

it('an address of exactly 2,048 characters is taken', () => {
  assert.match(show(`https://example.org/${'a'.repeat(2028)}`), /^example\.org \/a+$/);
});

it('blanks around an address do not count to its length', () => {
  assert.equal(show(`${' '.repeat(100_000)}https://example.org/a${'\u200b'.repeat(100_000)}`), 'example.org /a');
});

it('the query and the fragment are left out of the address', () => {
  const result = normalizeUrl('https://example.org/a?igsh=1&utm_source=2#top');
  assert.equal(result.ok && result.address.href, 'https://example.org/a');
});

it('each refusal has a sentence', () => {
  for (const text of Object.keys(REFUSED)) {
    const result = normalizeUrl(text);
    assert.ok(!result.ok && /^[A-Z].{10,}\.$/.test(result.message), text);
  }
});
