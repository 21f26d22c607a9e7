/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { DESKTOP, PHONE, launchBrowser, openPage } from '../harness/browser.ts';
import { ADMIN, Product } from '../harness/product.ts';
import { axeFindings, tooWide } from '../harness/tour/axe.ts';
import { furnish } from '../harness/tour/furnish.ts';
import { openScreen, screensOf } from '../harness/tour/screens.ts';
import { keepInsets, underInsets } from '../harness/tour/safe-area.ts';
import { SPOILED, Spoiler, wordsOf } from '../harness/tour/spoil.ts';
import type { Screen } from '../harness/tour/screens.ts';
import { createLab } from '../lab/index.ts';

const FURNITURE = {
  posts: ['reddit-image', 'reddit-gallery', 'reddit-video', 'reddit-sticker'],
  failing: ['tiktok-gone', 'tiktok-private'],
  unplayable: 'tiktok-hevc',
};
/** Words of ours for machines, or of machines. */
const RAW = /undefined|\bNaN\b|\[object|TypeError|Cannot read|<h1>|JSON|HTTP_|MF_ERR|Bad Gateway/;
/** Screens that begin or end in a way of their own. */
const UNDER_CLOCK = new Set(['home', 'selection', 'viewer-carousel', 'downloads', 'library-folder', 'setup-tools']);
/** Screens that ask the server for nothing, or have what they need from elsewhere. */
const ASKS_NOTHING = new Set(['add', 'settings-account', 'settings-appearance', 'setup-ready', 'missing']);

describe('every screen', async () => {
  const lab = await createLab();
  let product: Product;
  let browser: Browser;
  let screens: readonly Screen[];

  before(async () => {
    product = await Product.start({ lab });
    screens = screensOf(await furnish(product, lab, FURNITURE));
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await product.close();
    await lab.close();
  });

  const signedIn = async (options: Parameters<typeof openPage>[1]): ReturnType<typeof openPage> => {
    const opened = await openPage(browser, { reducedMotion: 'reduce', ...options });
    opened.page.setDefaultTimeout(60_000);
    await opened.context.request.post(`${product.url}/api/auth/login`, { data: ADMIN });
    return opened;
  };

  test('axe finds nothing serious on any screen on a desktop in the dark', async () => {
    const { page } = await signedIn({ viewport: DESKTOP, colorScheme: 'dark' });
    const found: string[] = [];
    for (const screen of screens) {
      await openScreen(page, product.url, screen);
      found.push(...(await axeFindings(page)).map((finding) => `${screen.name}: ${finding}`));
    }
    await page.context().close();
    assert.deepEqual(found, []);
  });

  test('nor on a phone in the light and in French, and nothing is wider than 320 pixels in either direction', async () => {
    const { page } = await signedIn({ viewport: PHONE, colorScheme: 'light', hasTouch: true, locale: 'fr-FR' });
    const found: string[] = [];
    for (const screen of screens) {
      await openScreen(page, product.url, screen);
      found.push(...(await axeFindings(page)).map((finding) => `${screen.name}: ${finding}`));
      found.push(...(await tooWide(page)).map((finding) => `${screen.name}: ${finding}`));
    }
    await page.context().close();
    assert.deepEqual(found, []);
  });

  for (const [held, viewport, insets] of [
    ['upright', PHONE, { top: 59, bottom: 34, left: 0, right: 0 }],
    ['on its side', { width: PHONE.height, height: PHONE.width }, { top: 0, bottom: 0, left: 59, right: 59 }],
  ] as const)
    test(`nothing to press lies under the clock or a notch of a phone ${held}`, async () => {
      const { page } = await signedIn({ viewport, hasTouch: true, isMobile: true });
      await keepInsets(page, insets);
      const found: string[] = [];
      for (const screen of screens.filter(({ name }) => UNDER_CLOCK.has(name))) {
        await openScreen(page, product.url, screen);
        found.push(...(await underInsets(page, insets)).map((control) => `${screen.name}: ${control}`));
      }
      await page.context().close();
      assert.deepEqual(found, []);
    });

  test('slow, wrong and missing answers: each screen waits and fails in words, and is there when the server is', async () => {
    const { page, errors } = await signedIn({ viewport: DESKTOP });
    const ways = Object.values(SPOILED);
    for (const [at, screen] of screens.filter(({ open }) => open === undefined).entries()) {
      const server = await Spoiler.before(page);
      await page.goto('about:blank');
      await page.goto(`${product.url}/${screen.path}`);
      await page.locator('h1, [role=status], mf-skeleton').first().waitFor({ state: 'attached' });
      assert.doesNotMatch(await wordsOf(page), RAW, `${screen.name}, slowly`);
      await server.answer(ways[at % ways.length]);
      const again = page.getByRole('button', { name: /^(Try|Check) again$/ }).last();
      if (!ASKS_NOTHING.has(screen.name)) await again.waitFor();
      assert.doesNotMatch(await wordsOf(page), RAW, screen.name);
      await server.leave();
      // It may come by itself as well, when the live connection stands.
      const shows = page.locator(screen.shows).first();
      while (!(await shows.isVisible())) await again.click({ timeout: 1000 }).catch(() => undefined);
    }
    await page.context().close();
    assert.deepEqual(errors, []);
  });

  test('a link and its tags outlive a server that is away and a reload', async () => {
    const { page } = await signedIn({ viewport: DESKTOP });
    await page.goto(`${product.url}/add?${new URLSearchParams({ text: lab.post('reddit-silent').url })}`);
    await page.locator('mf-link-row').waitFor();
    await page.getByRole('textbox', { name: 'Tags, with commas' }).fill('kept');
    const server = await Spoiler.before(page);
    await server.answer(async (route) => route.abort());
    await page.getByRole('button', { name: /^Download/ }).click();
    await page.getByText('The link waits here until the server is back.').waitFor();
    await server.leave();
    await page.reload();
    const kept = async (): Promise<unknown[]> =>
      (
        await product.api.graphql<{ library: { items: unknown[] } }>(
          '{ library(filter: { tag: "kept" }) { items { id } } }',
        )
      ).library.items;
    while ((await kept()).length === 0) await delay(100);
    await page.context().close();
  });

  test('the door is as good as the house', async () => {
    const { page, context } = await openPage(browser, { colorScheme: 'light' });
    await page.goto(`${product.url}/login`);
    await page.locator('mf-login').waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await axeFindings(page), []);
    // And axe sees into elements: a button without a name there is found.
    await page.locator('mf-login').evaluate((login) => login.shadowRoot?.append(document.createElement('button')));
    assert.match((await axeFindings(page)).join('\n'), /^button-name: /);
    await context.close();
  });
});
