import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ApiError } from '../harness/api-client.ts';
import type { DownloadRecord } from '../harness/api-client.ts';
import { checkPost } from '../harness/check-post.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab, LabPost } from '../lab/index.ts';

/** Answers that never end: they have a product of their own, whose watchdog is impatient. */
const HANGING = /-hang$|-stall$/;

/** Whether the answer may end the session of the person who asked, which other posts need. */
const mayEndSession = ({ accepted }: LabPost): boolean => accepted.includes('MF_ERR_LOGIN_REQUIRED');

/** What the lab's posts become on the real server with the real tools. */
describe('a link becomes what its post deserves', async () => {
  const lab: Lab = await createLab();
  let product: Product;

  before(async () => {
    product = await Product.start({ lab });
    await product.api.post('/api/cookies', { platform: 'instagram', cookies: lab.cookies('instagram') });
  });
  after(async () => {
    await product.close();
    await lab.close();
  });

  describe('posts that are there', { concurrency: 3 }, () => {
    for (const post of lab.posts.filter(({ outcome }) => outcome === 'completed')) {
      test(`${post.name}: stored, playable, with thumbnails`, async () => {
        const download = await product.api.fetchPost(post.url);
        assert.equal(download.status, 'completed', `${download.errorCode ?? ''} ${download.errorMessage ?? ''}`);
        assert.deepEqual(await checkPost(product, post), []);
      });
    }
  });

  const failing = lab.posts.filter(({ name, outcome }) => outcome !== 'completed' && !HANGING.test(name));

  describe('posts that cannot be had', { concurrency: 3 }, () => {
    for (const post of failing.filter((each) => !mayEndSession(each))) {
      test(`${post.name}: fails as ${post.outcome}`, async () => assertFailure(product, post));
    }
  });

  describe('posts that ask who is there', { concurrency: 3 }, () => {
    for (const post of failing.filter(mayEndSession)) {
      test(`${post.name}: fails as ${post.outcome}`, async () => assertFailure(product, post));
    }
  });

  test('nothing is left behind and nothing unknown was asked for', async () => {
    const { items } = await product.api.get<{ items: DownloadRecord[] }>('/api/downloads?limit=200');
    assert.ok(items.every(({ status }) => status === 'completed' || status === 'failed'));
    // What has arrived of a broken connection waits for a retry.
    const broken = new Set(items.filter(({ errorCode }) => errorCode === 'MF_ERR_NETWORK').map(({ id }) => id));
    const left = await product.stagedFiles();
    assert.deepEqual(
      left.filter((path) => !broken.has(path.split('/')[0] ?? '')),
      [],
    );
    assert.deepEqual(lab.unmatched(), []);
  });
});

describe('a site that never answers', { concurrency: 4 }, async () => {
  const lab: Lab = await createLab();
  let product: Product;

  before(async () => {
    product = await Product.start({ lab, environment: { WATCHDOG_SECONDS: '4', CONCURRENCY: '4' } });
  });
  after(async () => {
    await product.close();
    await lab.close();
  });

  for (const post of lab.posts.filter(({ name }) => HANGING.test(name))) {
    test(`${post.name}: is tried three times and ends, not for ever`, async () => {
      await assertFailure(product, post, ['MF_ERR_TIMEOUT']);
    });
  }
});

async function assertFailure(product: Product, post: LabPost, also: readonly string[] = []): Promise<void> {
  const code = await failureOf(product, post.url);
  const accepted: readonly string[] = [post.outcome, ...post.accepted, ...also];
  assert.ok(accepted.includes(code), `it failed as ${code}, not ${accepted.join(' or ')}`);
}

/** The code with which the submit is refused or the download fails. */
async function failureOf(product: Product, url: string): Promise<string> {
  try {
    const download = await product.api.fetchPost(url);
    return download.errorCode ?? download.status;
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
}
