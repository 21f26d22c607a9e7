import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_URL_LENGTH, matchLink, normalizeUrl } from '@mediafetcher/sdk';
import { INSTAGRAM } from './addresses/instagram.ts';
import { REDDIT } from './addresses/reddit.ts';
import { TIKTOK } from './addresses/tiktok.ts';
import { X } from './addresses/x.ts';
import { YOUTUBE } from './addresses/youtube.ts';
import { readConnectors } from './manifests.ts';

const connectors = await readConnectors();
const KNOWN = [INSTAGRAM, REDDIT, TIKTOK, X, YOUTUBE].flatMap((table) => Object.keys(table));
const BITS = [
  ...[
    '/',
    '//',
    '\\',
    '@',
    ':',
    '.',
    '..',
    '%',
    '%2F',
    '%00',
    '%ff',
    '%E3%83',
    '?',
    '#',
    '&',
    '=',
    '-',
    '_',
    ' ',
    '\t',
  ],
  ...[
    '\u0000',
    '\u200b',
    '\ud800',
    'é',
    '𝒳',
    'ｉ',
    'xn--',
    'www.',
    'm.',
    'evil.',
    '.evil.tld',
    'https://',
    'p',
    'A',
    '0',
  ],
  ...[
    'localhost',
    '127.0.0.1',
    '[::1]',
    'a'.repeat(80),
    '9'.repeat(25),
    '%2e%2e',
    '$1',
    '(',
    ')*',
    '+',
    'shorts',
    'status',
  ],
];
const ROUNDS = 4000;

/** Small generator of numbers in [0, 1) that a seed repeats (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function mutate(text: string, random: () => number): string {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  let result = text;
  for (let change = Math.floor(random() * 4); change >= 0; change -= 1) {
    const at = Math.floor(random() * (result.length + 1));
    const end = Math.min(result.length, at + Math.floor(random() * 6));
    const kind = Math.floor(random() * 5);
    if (kind === 0) result = result.slice(0, at) + (pick(BITS) ?? '') + result.slice(at);
    else if (kind === 1) result = result.slice(0, at) + result.slice(end);
    else if (kind === 2) result = result.slice(0, at) + result.slice(at, end).toUpperCase() + result.slice(end);
    else if (kind === 3) result = result.slice(0, end) + result.slice(at);
    else result = result.slice(0, at) + (pick(KNOWN) ?? '').slice(at);
  }
  return result;
}

describe('any text', () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  const texts = Array.from({ length: ROUNDS }, () => mutate(KNOWN[Math.floor(random() * KNOWN.length)] ?? '', random));

  it('gets an answer, and a canonical address answers with the same key', (test) => {
    test.diagnostic(`FUZZ_SEED=${seed}`);
    for (const text of texts) {
      const first = matchLink(text, connectors);
      if (!first.ok) continue;
      const again = matchLink(first.match.url, connectors);
      const { hints: _, ...match } = first.match;
      assert.deepEqual(again, { ok: true, match }, `${JSON.stringify(text)} (FUZZ_SEED=${seed})`);
    }
  });

  it('leads to the hosts of its connector only', () => {
    for (const text of texts) {
      const result = matchLink(text, connectors);
      if (!result.ok) continue;
      const { hosts = [] } = connectors.find(({ id }) => id === result.match.connector) ?? {};
      const host = new URL(result.match.url).hostname;
      const known = hosts.some((name) => (name.startsWith('.') ? `.${host}`.endsWith(name) : host === name));
      assert.ok(known, `${JSON.stringify(text)} → ${result.match.url} (FUZZ_SEED=${seed})`);
    }
  });

  it('has a key of letters, digits, hyphens and underscores only', () => {
    for (const text of texts) {
      const result = matchLink(text, connectors);
      if (result.ok && result.match.key !== undefined)
        assert.match(result.match.key, /^[a-z]+:(?:story:)?[\w-]{1,72}$/);
    }
  });
});

describe('the work for a text', () => {
  const hostile = [
    `https://www.instagram.com/${'p/'.repeat(500_000)}`,
    `https://${'a.'.repeat(500_000)}com/`,
    `${' '.repeat(500_000)}x${' '.repeat(500_000)}`,
    '%25'.repeat(300_000),
    `https://x.com/${'\u200b'.repeat(700_000)}x`,
    `https://${'@'.repeat(500_000)}`,
  ];

  it('ends at the length limit, whatever its own length', () => {
    for (const text of hostile) {
      const result = normalizeUrl(text);
      assert.ok(!result.ok, text.slice(0, 40));
    }
  });

  it('is done on a path no longer than the limit', () => {
    for (const filler of ['/', 'p/', '%2F', 'é', '%25', '@a/', '\u00ad', '..']) {
      const head = 'https://www.instagram.com/';
      const text = head + filler.repeat(Math.floor((MAX_URL_LENGTH - head.length) / filler.length));
      const result = normalizeUrl(text);
      assert.ok(result.ok && result.address.path.length <= MAX_URL_LENGTH, filler);
      matchLink(text, connectors);
    }
  });
});
