import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchLink } from '@mediafetcher/sdk';
import { describeLink } from '@mediafetcher/sdk/testing';
import { INSTAGRAM } from './addresses/instagram.ts';
import { REDDIT } from './addresses/reddit.ts';
import { TIKTOK } from './addresses/tiktok.ts';
import { X } from './addresses/x.ts';
import { YOUTUBE } from './addresses/youtube.ts';
import { readConnectors } from './manifests.ts';

const connectors = await readConnectors();
const TABLES = { instagram: INSTAGRAM, tiktok: TIKTOK, reddit: REDDIT, x: X, youtube: YOUTUBE };

for (const [platform, table] of Object.entries(TABLES)) {
  describe(`addresses of ${platform}`, () => {
    for (const [text, wanted] of Object.entries(table)) {
      it(`${text.slice(0, 110)} is ${wanted.split(' ', 2).join(' ')}`, () => {
        assert.equal(describeLink(matchLink(text, connectors)), wanted);
      });
    }
  });
}

describe('the canonical address of a match', () => {
  for (const [platform, table] of Object.entries(TABLES)) {
    it(`of ${platform} is its own canonical address`, () => {
      for (const text of Object.keys(table)) {
        const first = matchLink(text, connectors);
        if (!first.ok) continue;
        const { hints: _, ...match } = first.match;
        assert.deepEqual(matchLink(match.url, connectors), { ok: true, match });
      }
    });
  }
});

it('a post has a key, and nothing else has one', () => {
  for (const text of Object.values(TABLES).flatMap((table) => Object.keys(table))) {
    const result = matchLink(text, connectors);
    if (result.ok) assert.equal(result.match.key !== undefined, result.match.kind === 'post', text);
  }
});

it('an address that one connector refuses is left to a connector after it', () => {
  const [youtube] = connectors.filter(({ platform }) => platform === 'youtube');
  assert.ok(youtube);
  const live = {
    ...youtube,
    id: 'youtube-live',
    matches: [{ host: 'www\\.youtube\\.com', path: '/live/([\\w-]{11})', kind: 'post' as const, key: 'youtube:$1' }],
  };
  const address = 'https://www.youtube.com/live/aB3-_fGhIjK';
  assert.equal(
    describeLink(matchLink(address, [youtube, live])),
    'post youtube:aB3-_fGhIjK https://www.youtube.com/live/aB3-_fGhIjK',
  );
});

it('no connector, no match', () => {
  assert.equal(describeLink(matchLink('https://x.com/a/status/20', [])), 'MF_ERR_URL_UNSUPPORTED');
});
