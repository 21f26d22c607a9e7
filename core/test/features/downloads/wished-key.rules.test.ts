import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wishedKey } from '../../../src/features/downloads/wished-key.rules.ts';

for (const [options, key] of [
  [{}, 'tiktok:1'],
  [{ audioOnly: false, withSound: false }, 'tiktok:1'],
  [{ audioOnly: true }, 'tiktok:1:audio'],
  [{ media: 'all' }, 'tiktok:1'],
  [{ media: 'images', items: '2' }, 'tiktok:1:images:items-2'],
  [{ items: '1,3-5' }, 'tiktok:1:items-1,3-5'],
  [{ maxResolution: 720 }, 'tiktok:1:720p'],
  [{ audioOnly: true, maxResolution: 720 }, 'tiktok:1:audio'],
  [{ items: '2', maxResolution: 720 }, 'tiktok:1:items-2:720p'],
] as const) {
  test(`${JSON.stringify(options)} is kept as ${key}`, () => {
    assert.equal(wishedKey('tiktok:1', options), key);
  });
}
