import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ApiError } from '../harness/api-client.ts';
import { checkPost } from '../harness/check-post.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

/** What the lab's posts become on the real server with the real tools. */
describe('a link becomes what its post deserves', { concurrency: 3 }, async () => {
  const lab: Lab = await createLab();
  let product: Product;

  before(async () => {
    product = await Product.start({ lab, environment: { WATCHDOG_SECONDS: '12' } });
    await product.api.post('/api/cookies', { platform: 'instagram', cookies: lab.cookies('instagram') });
  });
  after(async () => {
    await product.close();
    await lab.close();
  });

  for (const post of lab.posts.filter(({ outcome }) => outcome === 'completed')) {
    test(`${post.name}: stored, playable, with thumbnails`, async () => {
      const download = await product.api.fetchPost(post.url);
      assert.equal(download.status, 'completed', `${download.errorCode ?? ''} ${download.errorMessage ?? ''}`);
      assert.deepEqual(await checkPost(product, post), []);
    });
  }

  for (const post of lab.posts.filter(({ outcome }) => outcome !== 'completed')) {
    test(`${post.name}: fails as ${post.outcome}`, async () => {
      const code = await failureOf(product, post.url);
      assert.ok(
        [post.outcome, ...post.accepted].includes(code as never),
        `it failed as ${code}, not ${post.accepted.join(' or ')}`,
      );
    });
  }

  test('nothing is left behind and nothing unknown was asked for', async () => {
    const { items } = await product.api.get<{ items: { status: string }[] }>('/api/downloads?limit=200');
    assert.ok(items.every(({ status }) => status === 'completed' || status === 'failed'));
    assert.deepEqual(await product.stagedFiles(), []);
    assert.deepEqual(lab.unmatched(), []);
  });
});

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
