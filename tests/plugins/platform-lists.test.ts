import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isPluginError } from '@mediafetcher/sdk';
import type { Connector, FailureCode } from '@mediafetcher/sdk';
import { readConnectorManifest } from '@mediafetcher/sdk/testing';
import instagram from '../../plugins/connectors/instagram/src/index.ts';
import reddit from '../../plugins/connectors/reddit/src/index.ts';
import tiktok from '../../plugins/connectors/tiktok/src/index.ts';
import youtube from '../../plugins/connectors/youtube-shorts/src/index.ts';
import { createLab } from '../lab/index.ts';
import type { Fault, Lab, Platform } from '../lab/index.ts';
import { readProfile } from './list-world.ts';

/** Only a test that would never end meets it. */
const LIMIT = { timeout: 180_000 };

interface Row {
  readonly platform: Platform;
  readonly folder: string;
  readonly connector: Connector;
  /** Posts of a page that the tool asks for. */
  readonly page: number;
  /** Whether the platform shows lists to signed-in people only. */
  readonly signedIn: boolean;
  readonly nobody: string;
  readonly failures: readonly (readonly [fault: Fault, code: FailureCode])[];
  readonly missing: FailureCode;
}

const ROWS: readonly Row[] = [
  {
    ...{ platform: 'youtube', folder: 'youtube-shorts', connector: youtube, page: 48, signedIn: false },
    nobody: 'https://www.youtube.com/@nobody_here/shorts',
    failures: [
      ['rate-limit', 'MF_ERR_RATE_LIMITED'],
      ['page-500', 'MF_ERR_NETWORK'],
    ],
    missing: 'MF_ERR_NOT_FOUND',
  },
  {
    ...{ platform: 'tiktok', folder: 'tiktok', connector: tiktok, page: 15, signedIn: false },
    nobody: 'https://www.tiktok.com/@nobody_here',
    failures: [
      ['rate-limit', 'MF_ERR_RATE_LIMITED'],
      // yt-dlp goes on without a page that does not come, and then misses what stands in it.
      ['page-500', 'MF_ERR_NOT_FOUND'],
      ['private', 'MF_ERR_PRIVATE'],
    ],
    missing: 'MF_ERR_NOT_FOUND',
  },
  {
    ...{ platform: 'reddit', folder: 'reddit', connector: reddit, page: 100, signedIn: true },
    nobody: 'https://www.reddit.com/user/nobody_here/',
    failures: [
      ['rate-limit', 'MF_ERR_RATE_LIMITED'],
      ['page-500', 'MF_ERR_NETWORK'],
      ['private', 'MF_ERR_PRIVATE'],
    ],
    missing: 'MF_ERR_NOT_FOUND',
  },
  {
    ...{ platform: 'instagram', folder: 'instagram', connector: instagram, page: 12, signedIn: true },
    nobody: 'https://www.instagram.com/nobody_here/',
    failures: [
      ['rate-limit', 'MF_ERR_RATE_LIMITED'],
      // gallery-dl stumbles over any page that does not come, and does not tell why.
      ['page-500', 'MF_ERR_NOT_FOUND'],
      ['private', 'MF_ERR_PRIVATE'],
      ['challenge', 'MF_ERR_CHALLENGE'],
    ],
    missing: 'MF_ERR_NOT_FOUND',
  },
];

const codeOf = (failure: unknown): unknown => (isPluginError(failure) ? failure.code : failure);

const load = async (folder: string, connector: Connector) => {
  const file = new URL(`../../plugins/connectors/${folder}/package.json`, import.meta.url);
  return { manifest: await readConnectorManifest(file), connector };
};

describe('profiles of the other platforms, with the real tools', { concurrency: 2 }, async () => {
  let lab: Lab;
  before(async () => {
    lab = await createLab();
  });
  after(async () => {
    const unknown = lab.unmatched().map(({ method, url }) => `${method} ${url}`);
    await lab.close();
    assert.deepEqual(unknown, []);
  });

  for (const { platform, folder, connector, page, signedIn, nobody, failures, missing } of ROWS) {
    const plugin = await load(folder, connector);

    // The lab never ends the page after the last one that is wanted: this ends by the end of the tool alone.
    test(`${platform}: in its order, page after page, and no further than is wanted`, LIMIT, async () => {
      const profile = lab.profile(platform, page * 3, { endlessFrom: page * 2 });
      const limit = page + 5;
      const { keys, posts, failure } = await readProfile(lab, plugin, profile, { limit, signedIn });
      assert.deepEqual([codeOf(failure), keys], [undefined, profile.keys.slice(0, limit)]);
      assert.ok(posts.every(({ title }) => title !== undefined && title !== ''));
    });

    test(`${platform}: a profile that is read to its end`, LIMIT, async () => {
      const profile = lab.profile(platform, page + 1);
      const { keys, failure } = await readProfile(lab, plugin, profile, { limit: page * 2, signedIn });
      assert.deepEqual([codeOf(failure), keys], [undefined, profile.keys]);
    });

    test(`${platform}: an empty profile has no posts`, LIMIT, async () => {
      const { keys, failure } = await readProfile(lab, plugin, lab.profile(platform, 0), { limit: 5, signedIn });
      assert.deepEqual(keys, []);
      assert.ok(failure === undefined || codeOf(failure) === 'MF_ERR_NO_MEDIA', String(failure));
    });

    for (const [fault, code] of failures) {
      test(`${platform}: ${fault} ends it with ${code}`, LIMIT, async () => {
        const profile = lab.profile(platform, 3);
        lab.set(profile.name, fault);
        const { keys, failure } = await readProfile(lab, plugin, profile, { limit: 3, signedIn });
        assert.deepEqual([keys, codeOf(failure)], [[], code]);
      });
    }

    test(`${platform}: a profile that is not there is ${missing}`, LIMIT, async () => {
      const profile = lab.profile(platform, 1);
      const { failure } = await readProfile(lab, plugin, profile, { limit: 3, signedIn, url: nobody });
      assert.equal(codeOf(failure), missing);
    });

    if (signedIn) {
      test(`${platform}: a guest ends it with MF_ERR_LOGIN_REQUIRED`, LIMIT, async () => {
        const { keys, failure } = await readProfile(lab, plugin, lab.profile(platform, 3), { limit: 3 });
        assert.deepEqual([keys, codeOf(failure)], [[], 'MF_ERR_LOGIN_REQUIRED']);
      });
    }
  }

  test('reddit: a subreddit, with the posts of everybody, in the order of its address', LIMIT, async () => {
    const profile = lab.profile('reddit', 5, { reposts: [1, 3] });
    const url = `https://www.reddit.com/r/${profile.handle}/new/`;
    const { keys, posts, failure } = await readProfile(lab, await load('reddit', reddit), profile, {
      ...{ limit: 10, signedIn: true, url },
    });
    assert.deepEqual([codeOf(failure), keys], [undefined, profile.keys]);
    assert.equal(new Set(posts.map(({ author }) => author?.handle)).size, 2);
  });

  for (const [what, addressOf] of [
    ['what a person has saved', (handle: string) => `https://www.reddit.com/user/${handle}/saved/`],
    ['what a person has voted for', (handle: string) => `https://www.reddit.com/user/${handle}/upvoted/`],
    ['several subreddits in one address', (handle: string) => `https://www.reddit.com/r/${handle}+${handle}/new/`],
  ] as const) {
    test(`reddit: ${what}`, LIMIT, async () => {
      const profile = lab.profile('reddit', 4, { reposts: [1, 3] });
      const { keys, failure } = await readProfile(lab, await load('reddit', reddit), profile, {
        ...{ limit: 3, signedIn: true, url: addressOf(profile.handle) },
      });
      assert.deepEqual([codeOf(failure), keys], [undefined, profile.keys.slice(0, 3)]);
    });
  }

  test('youtube: the list of the Shorts of a channel', LIMIT, async () => {
    const profile = lab.profile('youtube', 5);
    const url = `https://www.youtube.com/playlist?list=UUSH${profile.id.padStart(22, '-')}`;
    const { keys, failure } = await readProfile(lab, await load('youtube-shorts', youtube), profile, {
      limit: 10,
      url,
    });
    assert.deepEqual([codeOf(failure), keys], [undefined, profile.keys]);
  });

  for (const [name, platform, connector] of [
    ['images', 'instagram', instagram],
    ['images', 'reddit', reddit],
  ] as const) {
    test(`${platform}: only posts that hold ${name}`, LIMIT, async () => {
      const plugin = await load(platform, connector);
      const found = lab.posts.filter((post) => post.platform === platform && post.outcome === 'completed');
      const profile = lab.profile(platform, found);
      const { keys } = await readProfile(lab, plugin, profile, { limit: 50, signedIn: true, options: { media: name } });
      const wanted = found.filter(({ items }) => items.some(({ kind }) => kind === 'image')).map(({ key }) => key);
      assert.ok(wanted.length > 0 && wanted.length < found.length);
      assert.deepEqual(keys, wanted);
    });
  }
});
