import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isPluginError } from '@mediafetcher/sdk';
import { readConnectorManifest } from '@mediafetcher/sdk/testing';
import connector from '../../plugins/connectors/x-twmd/src/index.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';
import { readProfile } from './list-world.ts';

const manifest = await readConnectorManifest(new URL('../../plugins/connectors/x-twmd/package.json', import.meta.url));
const x = { manifest, connector };

/** Only a test that would never end meets it. */
const LIMIT = { timeout: 180_000 };

describe('profiles of X, with the real gallery-dl', { concurrency: 2 }, () => {
  let lab: Lab;
  before(async () => {
    lab = await createLab();
  });
  after(async () => {
    const unknown = lab.unmatched().map(({ method, url }) => `${method} ${url}`);
    await lab.close();
    assert.deepEqual(unknown, []);
  });

  // The lab never ends the page after the last one that is wanted: this ends by the end of the tool alone.
  test('a profile is read in its order, page after page, and no further than is wanted', LIMIT, async () => {
    const profile = lab.profile('x', 60, { endlessFrom: 40 });
    const { keys, failure } = await readProfile(lab, x, profile, { limit: 25, signedIn: true });
    assert.equal(failure, undefined);
    assert.deepEqual(keys, profile.keys.slice(0, 25));
  });

  test('only posts with what is wanted come, and a post that holds nothing else is wanted whole', async () => {
    const posts = ['x-photos', 'x-video', 'x-mixed', 'x-gif', 'x-text'].map((name) => lab.post(name));
    const profile = lab.profile('x', posts);
    const { keys, posts: listed } = await readProfile(lab, x, profile, {
      limit: 10,
      signedIn: true,
      options: { media: 'images' },
    });
    assert.deepEqual(keys, [lab.post('x-photos').key, lab.post('x-mixed').key]);
    assert.deepEqual(
      listed.map(({ options }) => options),
      [{ media: 'all' }, undefined],
    );
    assert.deepEqual(listed[0]?.author?.handle, lab.post('x-photos').author);
  });

  test('what others made comes where reposts are wanted, under its own number', async () => {
    const profile = lab.profile('x', 4, { reposts: [1] });
    const without = await readProfile(lab, x, profile, { limit: 10, signedIn: true });
    assert.deepEqual(
      without.keys,
      [0, 2, 3].map((place) => profile.keys[place]),
    );
    const all = await readProfile(lab, x, profile, { limit: 10, signedIn: true, options: { retweets: true } });
    assert.deepEqual([all.keys, all.failure], [profile.keys, undefined]);
  });

  for (const [what, handle, urlOf] of [
    ['a list', undefined, (id: string) => `https://x.com/i/lists/${id}`],
    ['bookmarks', 'Bookmarks', () => 'https://x.com/i/bookmarks'],
    ['what a person likes', 'lab_fan', () => 'https://x.com/lab_fan/likes'],
    ['a hashtag', 'lab_tag', () => 'https://x.com/hashtag/lab_tag'],
  ] as const) {
    test(`${what} is read like a profile, page after page`, LIMIT, async () => {
      const profile = lab.profile('x', 25, handle === undefined ? {} : { handle });
      const url = urlOf(profile.id);
      const { keys, failure } = await readProfile(lab, x, profile, { limit: 30, signedIn: true, url });
      assert.deepEqual([failure, keys], [undefined, profile.keys]);
    });
  }

  for (const [what, signedIn, fault, code] of [
    ['a guest', false, undefined, 'MF_ERR_LOGIN_REQUIRED'],
    ['a refusal for too many requests', true, 'rate-limit', 'MF_ERR_RATE_LIMITED'],
    ['a broken server', true, 'page-500', 'MF_ERR_NETWORK'],
  ] as const) {
    test(`${what} ends it with ${code}`, async () => {
      const profile = lab.profile('x', 3);
      lab.set(profile.name, fault);
      const { keys, failure } = await readProfile(lab, x, profile, { limit: 3, signedIn });
      assert.deepEqual([keys, isPluginError(failure) && failure.code], [[], code]);
    });
  }

  test('a profile that is not there is not found', async () => {
    const profile = lab.profile('x', 1);
    const { failure } = await readProfile(lab, x, profile, {
      limit: 3,
      signedIn: true,
      url: 'https://x.com/nobody_here',
    });
    assert.equal(isPluginError(failure) && failure.code, 'MF_ERR_NOT_FOUND');
  });
});
