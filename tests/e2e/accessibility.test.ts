/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { DESKTOP, PHONE, launchBrowser, openPage } from '../harness/browser.ts';
import { ADMIN, Product } from '../harness/product.ts';
import { furnish } from '../harness/tour/furnish.ts';
import { openScreen, screensOf } from '../harness/tour/screens.ts';
import type { Screen } from '../harness/tour/screens.ts';
import { createLab } from '../lab/index.ts';

const FURNITURE = {
  posts: ['reddit-image', 'reddit-gallery', 'reddit-video', 'reddit-sticker'],
  failing: ['tiktok-gone', 'tiktok-private'],
};
/** 200 % of a page that is 640 pixels wide, and the narrowest that WCAG 2.2 knows (1.4.10). */
const NARROW = { width: 320, height: 640 } as const;

/** In the page, after axe's own script. */
declare const axe: { run(context: Document, options: unknown): Promise<AxeResults> };

describe('everybody can use it', async () => {
  const lab = await createLab();
  const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
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

  /** What is serious or critical, in words. */
  const findings = async (page: Page): Promise<string[]> => {
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(async () =>
      axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
      );
  };

  const signedIn = async (options: Parameters<typeof openPage>[1]): Promise<Page> => {
    const { page, context } = await openPage(browser, { reducedMotion: 'reduce', ...options });
    page.setDefaultTimeout(30_000);
    await context.request.post(`${product.url}/api/auth/login`, { data: ADMIN });
    return page;
  };

  test('axe finds nothing serious on any screen on a desktop in the dark', async () => {
    const page = await signedIn({ viewport: DESKTOP, colorScheme: 'dark' });
    const found: string[] = [];
    for (const screen of screens) {
      await openScreen(page, product.url, screen);
      found.push(...(await findings(page)).map((finding) => `${screen.name}: ${finding}`));
    }
    await page.context().close();
    assert.deepEqual(found, []);
  });

  test('nor on a phone in the light, and nothing is wider than 320 pixels', async () => {
    const page = await signedIn({ viewport: PHONE, colorScheme: 'light', hasTouch: true });
    const found: string[] = [];
    for (const screen of screens) {
      await openScreen(page, product.url, screen);
      found.push(...(await findings(page)).map((finding) => `${screen.name}: ${finding}`));
      await page.setViewportSize(NARROW);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > NARROW.width) found.push(`${screen.name}: ${width} pixels wide`);
      await page.setViewportSize(PHONE);
    }
    await page.context().close();
    assert.deepEqual(found, []);
  });

  test('the door is as good as the house', async () => {
    const { page, context } = await openPage(browser, { colorScheme: 'light' });
    await page.goto(`${product.url}/login`);
    await page.locator('mf-login').waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await findings(page), []);
    // And axe sees into elements: a button without a name there is found.
    await page.locator('mf-login').evaluate((login) => login.shadowRoot?.append(document.createElement('button')));
    assert.match((await findings(page)).join('\n'), /^button-name: /);
    await context.close();
  });
});
