/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, openPage, PHONE } from '../harness/browser.ts';
import { checkPost } from '../harness/check-post.ts';
import { Fingers } from '../harness/fingers.ts';
import { ADMIN, Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

/** Generous: only a journey that has got stuck meets it. */
const PATIENCE_MS = 240_000;

describe('downloads, by hand', async () => {
  const lab: Lab = await createLab();
  let product: Product;
  let browser: Browser;
  let page: Page;
  let errors: string[];

  before(async () => {
    // With one place a download that waits shows whether another has given its place back.
    product = await Product.start({ lab, environment: { CONCURRENCY: '1' } });
    browser = await launchBrowser();
    const opened = await openPage(browser);
    ({ page, errors } = opened);
    page.setDefaultTimeout(PATIENCE_MS);
    assert.ok((await opened.context.request.post(`${product.url}/api/auth/login`, { data: ADMIN })).ok());
  });
  after(async () => {
    await browser.close();
    await product.close();
    await lab.close();
  });

  const row = (id: string): Locator => page.locator(`mf-job[data-job="${id}"]`);
  const statusOf = async (id: string): Promise<string> => (await product.api.download(id)).status;

  /** Bytes of the file that is on its way; nothing while there is none. */
  const partOf = async (id: string): Promise<number> => {
    const staged = await product.stagedFiles();
    const part = staged.find((path) => path.startsWith(`${id}/`) && path.endsWith('.part'));
    if (part === undefined) return 0;
    return stat(join(product.mediaRoot, 'tmp', part)).then(
      ({ size }) => size,
      () => 0,
    );
  };

  test('one is paused, gives its place to the next, keeps what it has, and goes on from there', async () => {
    const post = lab.post('tiktok-video');
    await page.goto(`${product.url}/downloads`);
    // So slow that it does not end by itself.
    lab.throttle(500);
    const { jobId: first } = await product.api.submit(post.url);
    await until(async () => (await partOf(first)) > 0);
    lab.throttle(undefined);
    const { jobId: second } = await product.api.submit(lab.post('reddit-silent').url);
    assert.equal(await statusOf(second), 'queued');
    await row(first).getByRole('button', { name: 'Pause' }).click();
    await row(first).getByRole('button', { name: 'Go on' }).waitFor();
    await row(first)
      .getByText(/Paused/)
      .waitFor();
    await until(async () => (await statusOf(first)) === 'paused');
    assert.equal((await product.api.untilOver(second)).status, 'completed');

    assert.equal(await statusOf(first), 'paused');
    const kept = await partOf(first);
    assert.ok(kept > 0 && kept < (post.items[0]?.size ?? 0), `${kept} bytes are kept`);
    const before = lab.requests().length;
    await row(first).getByRole('button', { name: 'Go on' }).click();
    assert.equal((await product.api.untilOver(first)).status, 'completed');
    const ranges = lab
      .requests()
      .slice(before)
      .filter(({ key }) => key === post.key)
      .map(({ headers, status }) => `${headers.range ?? ''} ${status}`);
    assert.ok(ranges.includes(`bytes=${kept}- 206`), ranges.join(', '));
    assert.deepEqual(await checkPost(product, post), []);
  });

  test('a video that the browser cannot play is made playable, and the original stays what it was', async () => {
    const post = lab.post('tiktok-hevc');
    const turn = async (enabled: boolean): Promise<unknown> =>
      product.api.graphql(
        'mutation ($enabled: Boolean!) { setPluginEnabled(id: "ffmpeg-h264", enabled: $enabled) { id } }',
        {
          enabled,
        },
      );
    await turn(false);
    assert.equal((await product.api.fetchPost(post.url)).status, 'completed');
    const stored = await product.api.postOf(post.key);
    const [item] = stored?.items ?? [];
    assert.ok(stored && item);
    assert.equal(item.sha256, post.items[0]?.sourceSha256, 'it is stored as it came');

    await page.goto(`${product.url}/m/${stored.id}/1`);
    await page.getByText('This file can’t be played here').waitFor();
    await page.getByRole('button', { name: 'Make playable' }).click();
    await page.getByText('An admin can switch on “H.264 video”').waitFor();
    await turn(true);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForFunction(
      () => {
        const inside = (root: Document | ShadowRoot): HTMLVideoElement[] =>
          [...root.querySelectorAll('*')].flatMap((element) => [
            ...(element instanceof HTMLVideoElement ? [element] : []),
            ...(element.shadowRoot ? inside(element.shadowRoot) : []),
          ]);
        return inside(document).some(({ videoWidth, currentTime }) => videoWidth > 0 && currentTime > 0);
      },
      undefined,
      { timeout: PATIENCE_MS },
    );
    assert.equal(await page.getByText('This file can’t be played here').count(), 0);

    const original = await product.api.fetch(`/api/media/${item.id}/file?download=1`);
    const hash = createHash('sha256').update(Buffer.from(await original.arrayBuffer()));
    assert.equal(hash.digest('hex'), post.items[0]?.sourceSha256, 'the original is what it was');
    const files = await product.finalFiles();
    assert.equal(files.filter((name) => name.startsWith(item.sha256)).length, 1);
    await product.api.request('DELETE', `/api/library/${stored.id}`);
    assert.equal((await product.finalFiles()).length, files.length - 2, 'both go with the post');
  });

  test('on a phone a swipe pauses a download, and one the other way cancels it', async () => {
    const opened = await openPage(browser, { viewport: PHONE, hasTouch: true, isMobile: true });
    const { page: phone, context } = opened;
    phone.setDefaultTimeout(PATIENCE_MS);
    assert.ok((await context.request.post(`${product.url}/api/auth/login`, { data: ADMIN })).ok());
    const fingers = await Fingers.on(context, phone);
    lab.throttle(500);
    const { jobId } = await product.api.submit(lab.post('tiktok-rotated').url);
    await phone.goto(`${product.url}/downloads`);
    const swiped = phone.locator(`mf-job[data-job="${jobId}"] .who`);
    const swipe = async (way: readonly [number, number]): Promise<void> => {
      await swiped.tap({ trial: true }); // It stands still.
      const box = await swiped.boundingBox();
      assert.ok(box);
      await fingers.swipe([box.x + box.width / 2, box.y + box.height / 2], way);
    };
    await phone
      .locator(`mf-job[data-job="${jobId}"]`)
      .getByText(/Fetching/)
      .waitFor();
    await swipe([150, 4]);
    await until(async () => (await statusOf(jobId)) === 'paused');
    await phone.getByText('Paused by you').waitFor();
    await swipe([-150, 4]);
    await until(async () => (await statusOf(jobId)) === 'cancelled');
    lab.throttle(undefined);
    errors.push(...opened.errors);
    await context.close();
  });

  test('no script failed on the way', () => {
    assert.deepEqual(errors, []);
  });
});

/** Waits for a fact that the server brings about. */
async function until(fact: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await fact())) {
    if (Date.now() > end) throw new Error('It never came about.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
