/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { DESKTOP, PHONE, launchBrowser, openPage } from '../harness/browser.ts';
import { ADMIN, Product } from '../harness/product.ts';
import { axeFindings, tooWide } from '../harness/tour/axe.ts';
import { FIRST_SCREEN, openScreen } from '../harness/tour/screens.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

/** Bytes a second that let one see a download move. */
const SLOW = 3_000_000;

describe('a person and a browser', async () => {
  const lab: Lab = await createLab();
  let product: Product;
  let browser: Browser;
  let page: Page;
  let errors: string[];

  before(async () => {
    product = await Product.start({ lab, admin: false });
    browser = await launchBrowser();
    ({ page, errors } = await openPage(browser));
  });
  after(async () => {
    await browser.close();
    await product.close();
    await lab.close();
  });

  const box = (): Locator => page.getByLabel(/search your library/i);
  const cards = (): Locator => page.locator('mf-card');

  test('the page before any account is as good as the others, on a desktop in the dark and a phone in the light', async () => {
    for (const options of [
      { viewport: DESKTOP, colorScheme: 'dark' },
      { viewport: PHONE, colorScheme: 'light', hasTouch: true },
    ] as const) {
      const { page: fresh, context, errors: wrong } = await openPage(browser, { reducedMotion: 'reduce', ...options });
      await openScreen(fresh, product.url, FIRST_SCREEN);
      assert.deepEqual([...(await axeFindings(fresh)), ...(await tooWide(fresh)), ...wrong], []);
      await context.close();
    }
  });

  test('the first visit makes the admin and shows what to do', async () => {
    await page.goto(product.url);
    await page.getByLabel('Your name').fill(ADMIN.username);
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('We can write, move and delete').waitFor();
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.getByText('gallery-dl', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'Later, show me around' }).click();
    await page.getByText('Save your first post').waitFor();
    await product.api.login(ADMIN);
  });

  test('a pasted link moves through its stages, survives a reload and becomes a card', async () => {
    const post = await lab.bigVideo('tiktok');
    lab.throttle(SLOW);
    await box().fill(post.url);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Download/ }).click();
    const trip = page.getByRole('progressbar').first();
    await trip.waitFor();
    const seen = async (): Promise<number> => Number((await trip.getAttribute('aria-valuenow').catch(() => null)) ?? 0);
    await until(async () => (await seen()) > 10);
    const first = await seen();
    await until(async () => (await seen()) > first);
    await page.reload();
    await trip.waitFor();
    await until(async () => (await seen()) >= first);
    lab.throttle(undefined);
    await cards().first().waitFor({ timeout: 60_000 });
    assert.equal(await product.api.postOf(post.key).then((stored) => stored?.kind), 'video');
  });

  test('the card opens and the video plays, goes on and can be sought', async () => {
    await cards().first().click();
    const video = page.locator('mf-viewer video').first();
    await video.waitFor({ state: 'attached' });
    await video.evaluate(async (element) => {
      const film = element as HTMLVideoElement;
      film.muted = true;
      await film.play();
    });
    const facts = async (): Promise<{ width: number; time: number; duration: number }> =>
      video.evaluate((element) => {
        const { videoWidth, currentTime, duration } = element as HTMLVideoElement;
        return { width: videoWidth, time: currentTime, duration };
      });
    await until(async () => (await facts()).time > 0.2);
    const { width, duration } = await facts();
    assert.ok(width > 0, 'it shows a picture');
    await video.evaluate((element, time) => {
      (element as HTMLVideoElement).currentTime = time;
    }, duration * 0.8);
    await until(async () => (await facts()).time >= duration * 0.8);
    await page.keyboard.press('Escape');
    await page.locator('mf-viewer').waitFor({ state: 'detached' });
  });

  test('a carousel shows its items in order, by arrow keys', async () => {
    await product.api.post('/api/cookies', { platform: 'instagram', cookies: lab.cookies('instagram') });
    const post = lab.post('instagram-carousel');
    await product.api.fetchPost(post.url);
    const stored = await product.api.postOf(post.key);
    assert.ok(stored !== undefined);
    await page.goto(`${product.url}/m/${stored.id}`);
    for (const [index, item] of stored.items.entries()) {
      if (index > 0) await page.keyboard.press('ArrowRight');
      const shown = page.locator(`mf-viewer ${item.kind === 'image' ? 'img' : 'video'}[src*="${item.id}"]`).first();
      await shown.waitFor({ state: 'attached' });
      await until(async () => page.url().includes(item.id) || page.url().endsWith(`/${index + 1}`) || index === 0);
    }
    await page.keyboard.press('Escape');
  });

  test('a regular YouTube video and a foreign site are refused in words', async () => {
    await page.goto(product.url);
    await box().fill('https://www.youtube.com/playlist?list=PL0123456789abcdef');
    await page.keyboard.press('Enter');
    await page
      .getByText(/Shorts only/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.goto(product.url);
    await box().fill('https://www.pinterest.com/pin/1');
    await page.keyboard.press('Enter');
    await page
      .getByText(/pinterest\.com yet/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
  });

  test('a failure says why and can be tried again', async () => {
    const post = lab.post('tiktok-gone');
    await product.api.fetchPost(post.url);
    await page.goto(`${product.url}/downloads/failed`);
    await page
      .getByText(/The post is gone/)
      .first()
      .waitFor();
    const { items } = await product.api.get<{ items: { id: string }[] }>('/api/downloads?status=failed');
    const jobId = items[0]?.id ?? '';
    await page.getByRole('button', { name: /more/i }).first().click();
    await page
      .getByRole('menuitem', { name: /try again/i })
      .first()
      .click();
    await until(async () => (await product.api.download(jobId)).attempts === 2);
  });

  test('removing a post takes its file off the disk', async () => {
    const post = lab.post('reddit-image');
    await product.api.fetchPost(post.url);
    const stored = await product.api.postOf(post.key);
    const file = `${stored?.items[0]?.sha256 ?? ''}.jpg`;
    assert.ok((await product.finalFiles()).includes(file));
    await page.goto(`${product.url}/m/${stored?.id ?? ''}`);
    await page.locator('mf-details').getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: /delete for good/i }).click();
    const dialog = page.locator('mf-remove');
    await dialog
      .getByText(/deleted/)
      .first()
      .waitFor();
    await dialog
      .getByRole('button', { name: /remove|delete/i })
      .last()
      .click();
    await until(async () => !(await product.finalFiles()).includes(file));
    await until(async () => (await product.api.postOf(post.key)) === undefined);
  });

  test('on a phone, under the dark theme, paste to card works by touch alone', async () => {
    const {
      page: phone,
      context,
      errors: phoneErrors,
    } = await openPage(browser, { viewport: PHONE, hasTouch: true, isMobile: true, colorScheme: 'dark' });
    await phone.goto(product.url);
    await phone.getByLabel('Name').fill(ADMIN.username);
    await phone.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await phone.getByRole('button', { name: 'Sign in' }).tap();
    await phone.getByRole('link', { name: 'Add' }).tap();
    const field = phone.getByRole('textbox', { name: /link/i }).last();
    await field.fill(lab.post('youtube-short').url);
    await phone.keyboard.press('Enter');
    await phone.getByRole('button', { name: /^Download/ }).tap();
    await until(async () => (await product.api.postOf(lab.post('youtube-short').key)) !== undefined);
    const wide = await phone.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    assert.equal(wide, false, 'nothing scrolls sideways');
    assert.deepEqual(phoneErrors, []);
    await context.close();
  });

  test('no script failed on the way', () => {
    assert.deepEqual(errors, []);
  });
});

/** Waits for a fact that the page or the server brings about. */
async function until(fact: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await fact())) {
    if (Date.now() > end) assert.fail(`waited in vain for ${fact.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
