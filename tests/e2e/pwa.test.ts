/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../harness/browser.ts';
import { ADMIN, Product } from '../harness/product.ts';

interface Manifest {
  readonly start_url: string;
  readonly scope: string;
  readonly icons: readonly { readonly src: string; readonly sizes: string }[];
  readonly share_target: { readonly action: string; readonly method: string; readonly params: Record<string, string> };
}

const SHARED = 'Look at this https://www.reddit.com/r/aww/comments/1abcde2/a_cat/ 🐈';

describe('the installed app', async () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let errors: string[];

  before(async () => {
    product = await Product.start({ environment: { WORKERS: '0', BASE_PATH: '/mf' } });
    browser = await launchBrowser();
    ({ page, errors } = await openPage(browser));
    await page.goto(`${product.url}/mf/`);
    await page.getByLabel('Name', { exact: true }).fill(ADMIN.username);
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: /sign in/i }).click();
    await page.getByLabel(/search your library/i).waitFor();
    await page.evaluate(async () => {
      const { serviceWorker } = navigator;
      await serviceWorker.ready;
      if (serviceWorker.controller === null)
        await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
    });
  });
  after(async () => {
    await browser.close();
    await product.close();
  });

  test('its manifest is complete, on a sub-path too', async () => {
    const href = await page.locator('link[rel=manifest]').evaluate((link) => (link as HTMLLinkElement).href);
    assert.equal(href, `${product.url}/mf/manifest.webmanifest`);
    const answer = await fetch(href);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/manifest\+json/);
    const manifest = (await answer.json()) as Manifest;
    assert.deepEqual(manifest.share_target.params, { title: 'title', text: 'text', url: 'url' });
    assert.equal(new URL(manifest.share_target.action, href).href, `${product.url}/mf/add`);
    assert.equal(new URL(manifest.start_url, href).href, new URL(manifest.scope, href).href);
    for (const { src } of manifest.icons) assert.equal((await fetch(new URL(src, href))).status, 200, src);
  });

  test('what another app shares is ready to be added', async () => {
    const query = new URLSearchParams({ title: 'A cat', text: SHARED });
    await page.goto(`${product.url}/mf/add?${query}`);
    await page.locator('mf-link-row').first().waitFor();
    assert.equal(await page.locator('mf-link-row').count(), 1);
    await page.keyboard.press('Escape');
  });

  test('without its server it says so, and opens by itself what was asked for when that is back', async () => {
    await product.stopServer();
    const query = new URLSearchParams({ text: SHARED });
    await page.goto(`${product.url}/mf/add?${query}`);
    await page.getByRole('heading', { name: 'Can’t reach the server' }).waitFor();
    await page.evaluate(() => localStorage.setItem('mf.locale', 'fr'));
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Serveur injoignable' }).waitFor();
    assert.ok(await page.locator('link[rel=icon]').evaluate((link) => (link as HTMLLinkElement).href.includes('/mf/')));
    await page.evaluate(() => localStorage.setItem('mf.locale', 'en'));
    await product.startServer();
    await page.locator('mf-link-row').first().waitFor();
    await page.keyboard.press('Escape');
  });

  test('a part that the server no longer has brings the new app', async () => {
    await page.goto(`${product.url}/mf/`);
    await page.getByLabel(/search your library/i).waitFor();
    await page.route('**/assets/mf-downloads-*.js', async (route) => route.fulfill({ status: 404 }), { times: 1 });
    const isPage = (url: URL): boolean => url.pathname === '/mf/';
    const another = { status: 200, contentType: 'text/html', body: '<script src="another-build.js"></script>' };
    await page.route(isPage, async (route) => route.fulfill(another), { times: 1 });
    const loaded = page.waitForEvent('load');
    await page
      .getByRole('link', { name: /downloads/i })
      .first()
      .click();
    await loaded;
    await page.getByRole('heading', { name: 'Downloads' }).first().waitFor();
    assert.equal(new URL(page.url()).pathname, '/mf/downloads');
    assert.deepEqual(
      errors.filter((error) => !/dynamically imported|preload/i.test(error)),
      [],
    );
  });
});
