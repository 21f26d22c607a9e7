import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DownloadRecord } from '../harness/api-client.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

const RESET_SECONDS = 4;
/** Ten seconds, less the jitter. */
const LEAST_PAUSE_MS = 8_000;

describe('a platform that asks to slow down is left alone', async () => {
  const lab: Lab = await createLab();
  let product: Product;

  before(async () => {
    product = await Product.start({ lab, environment: { POLITE: 'true' } });
  });
  after(async () => {
    await product.close();
    await lab.close();
  });

  const toReddit = () => lab.requests().filter(({ url }) => /\bredd\.?it/.test(new URL(url).hostname));
  test('nothing is asked of it before its time; then one tries, and all that waited comes by itself', async () => {
    const [refused, waiting, other] = [lab.post('reddit-image'), lab.post('reddit-gallery'), lab.post('tiktok-video')];
    lab.set(refused.name, 'rate-limit', { tool: 'gallery-dl', times: 1, resetSeconds: RESET_SECONDS });
    const first = await product.api.submit(refused.url);
    // Told of the refusal, or on its way again.
    await product.api.until(
      first.jobId,
      ({ status, attempts }) => attempts > 1 || (attempts === 1 && status !== 'running'),
    );
    const others = await Promise.all([waiting, other].map(async ({ url }) => product.api.submit(url)));
    const jobs = await Promise.all([first, ...others].map(async ({ jobId }) => product.api.untilOver(jobId)));
    assert.deepEqual(
      jobs.map(({ status, attempts }) => [status, attempts]),
      [
        // The probe asked by yt-dlp only, which finds no video in a picture; by then Reddit served again.
        ['completed', 3],
        ['completed', 1],
        ['completed', 1],
      ],
    );
    const at = toReddit().findIndex(({ status }) => status === 429);
    const [refusal, next] = toReddit().slice(at, at + 2);
    assert.ok(refusal !== undefined && next !== undefined && next.at - refusal.at >= RESET_SECONDS * 1000);
    assert.equal(toReddit().filter(({ status }) => status === 429).length, 1);
  });

  test('a server that starts again leaves it alone as before', async () => {
    const [refused, waiting, other] = [lab.post('reddit-video'), lab.post('reddit-silent'), lab.post('x-video')];
    lab.set(refused.name, 'rate-limit');
    const { jobId } = await product.api.submit(refused.url);
    const held = ({ heldReason }: DownloadRecord): boolean => heldReason === 'MF_ERR_RATE_LIMITED';
    // For a quarter of an hour: yt-dlp does not say for how long.
    await product.api.until(jobId, held);
    const asked = toReddit().length;
    await product.stopServer('SIGKILL');
    await product.startServer();
    const second = await product.api.submit(waiting.url);
    await product.api.until(second.jobId, held);
    assert.equal((await product.api.fetchPost(other.url)).status, 'completed');
    assert.deepEqual([toReddit().length, (await product.api.download(jobId)).status], [asked, 'queued']);
  });

  const toInstagram = () => lab.requests().filter(({ url }) => new URL(url).hostname === 'www.instagram.com');
  test('after a challenge nothing goes there until the person has sent new cookies', async () => {
    const [challenged, waiting] = [lab.post('instagram-image'), lab.post('instagram-reel')];
    const cookies = { platform: 'instagram', cookies: lab.cookies('instagram') };
    await product.api.post('/api/cookies', cookies);
    lab.set(challenged.name, 'challenge', { times: 1 });
    const failed = await product.api.fetchPost(challenged.url);
    assert.deepEqual([failed.errorCode, failed.attempts], ['MF_ERR_CHALLENGE', 1]);
    const asked = toInstagram().length;
    const { jobId } = await product.api.submit(waiting.url);
    const held = await product.api.until(jobId, ({ heldReason }) => heldReason === 'MF_ERR_CHALLENGE');
    assert.deepEqual([held.status, held.heldUntil, toInstagram().length], ['queued', null, asked]);
    await product.api.post('/api/cookies', cookies);
    assert.equal((await product.api.untilOver(jobId)).status, 'completed');
  });

  test('a site that is down is asked again only after a pause', async () => {
    const post = lab.post('tiktok-twin');
    lab.set(post.name, 'page-500', { times: 1 });
    const { jobId } = await product.api.submit(post.url);
    const held = await product.api.until(jobId, ({ heldReason }) => heldReason !== null);
    assert.deepEqual([held.status, held.heldReason], ['queued', 'MF_ERR_NETWORK']);
    const done = await product.api.untilOver(jobId);
    assert.deepEqual([done.status, done.attempts], ['completed', 2]);
    const [refused, next] = lab.requests().filter(({ key }) => key === post.key);
    assert.ok(refused !== undefined && next !== undefined);
    assert.ok(next.at - refused.at >= LEAST_PAUSE_MS, `${next.at - refused.at} ms`);
  });
});
