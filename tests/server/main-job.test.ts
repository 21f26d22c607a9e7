import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FailureCode } from '@mediafetcher/sdk';
import { LANGUAGES, helpFor } from '../../core/src/features/downloads/failure-help.ts';
import type { FailureHelp } from '../../core/src/features/downloads/failure-help.ts';
import { ApiError } from '../harness/api-client.ts';
import type { DownloadRecord } from '../harness/api-client.ts';
import { checkPost } from '../harness/check-post.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab, LabPost } from '../lab/index.ts';

/** Answers that never end: they have a product of their own, whose watchdog is impatient. */
const HANGING = /-hang$|-stall$/;

/** Waiting can mend these; everything else is not asked for again. */
const ATTEMPTS: Readonly<Record<string, number>> = { MF_ERR_TIMEOUT: 3 };

/**
 * Requests for a post, page and files, that an error may cost. YouTube takes three before it says anything; where it is
 * not sure that a tool is right the second one asks too; a broken file is gone on with twice by Range; three attempts
 * take two each.
 */
const MOST_REQUESTS: Readonly<Record<string, number>> = {
  MF_ERR_NOT_FOUND: 3,
  MF_ERR_PRIVATE: 3,
  MF_ERR_GEO_BLOCKED: 3,
  MF_ERR_RATE_LIMITED: 3,
  MF_ERR_CHALLENGE: 2,
  MF_ERR_LOGIN_REQUIRED: 4,
  MF_ERR_URL_NOT_A_SHORT: 3,
  MF_ERR_TOOL_OUTDATED: 3,
  MF_ERR_NO_MEDIA: 3,
  MF_ERR_CORRUPT: 2,
  MF_ERR_NETWORK: 8,
  MF_ERR_TIMEOUT: 6,
};

/** What a platform says once and is not asked again. */
const REFUSED_WITH: Readonly<Record<string, number>> = { MF_ERR_NOT_FOUND: 404, MF_ERR_RATE_LIMITED: 429 };

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
      test(`${post.name}: fails as ${post.outcome}`, async () => assertFailure(lab, product, post));
    }
  });

  describe('posts that ask who is there', { concurrency: 3 }, () => {
    for (const post of failing.filter(mayEndSession)) {
      test(`${post.name}: fails as ${post.outcome}`, async () => assertFailure(lab, product, post));
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
      await assertFailure(lab, product, post, ['MF_ERR_TIMEOUT']);
    });
  }
});

async function assertFailure(lab: Lab, product: Product, post: LabPost, also: readonly string[] = []): Promise<void> {
  const refusal = await submitTo(product, post.url);
  if (refusal instanceof ApiError) {
    assert.equal(refusal.code, post.outcome);
    assert.deepEqual(requestsFor(lab, post), []);
    return;
  }
  const download = await product.api.untilOver(refusal.jobId);
  const code = download.errorCode ?? download.status;
  const accepted: readonly string[] = [post.outcome, ...post.accepted, ...also];
  assert.ok(accepted.includes(code), `it failed as ${code}, not ${accepted.join(' or ')}`);
  await assertWords(product, download, post.platform);
  assert.equal(download.attempts, ATTEMPTS[code] ?? 1, 'attempts');
  assertPolite(lab, post, code);
}

/** In English and French, as the table says, and with what helps. */
async function assertWords(product: Product, { id, errorCode }: DownloadRecord, platform: string): Promise<void> {
  const { download } = await product.api.graphql<{ download: Record<'en' | 'fr', FailureHelp> }>(
    `query ($id: ID!) { download(id: $id) { en: failure { ...words } fr: failure(language: fr) { ...words } } }
    fragment words on Failure { sentence help action }`,
    { id },
  );
  // Only a failure's own codes stand in a record.
  const code = errorCode as FailureCode;
  for (const language of LANGUAGES) assert.deepEqual(download[language], helpFor(code, platform, language));
}

async function submitTo(product: Product, url: string): Promise<{ jobId: string } | ApiError> {
  try {
    return await product.api.submit(url);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/** Nothing is hammered: all attempts together, page and files, stay below the code's limit, and no refusal is asked for twice. */
function assertPolite(lab: Lab, post: LabPost, code: string): void {
  const statuses = requestsFor(lab, post);
  assert.ok(
    statuses.length <= (MOST_REQUESTS[code] ?? 0),
    `${code} cost ${statuses.length} requests: ${statuses.join()}`,
  );
  const refused = REFUSED_WITH[code];
  assert.ok(statuses.filter((status) => status === refused).length <= 1, `${code}: ${statuses.join()}`);
}

/** The answers that a post got, page and files. */
function requestsFor(lab: Lab, { key }: LabPost): number[] {
  return lab.requests().flatMap((request) => (request.key === key ? [request.status] : []));
}
