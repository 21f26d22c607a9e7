/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../harness/browser.ts';
import { ADMIN, Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

/** Generous: only a journey that has got stuck meets it. */
const PATIENCE_MS = 240_000;

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly status: string;
    readonly children: Readonly<Record<'total' | 'added' | 'paused', number>> | null;
  }[];
}

describe('a person saves a profile', async () => {
  const lab: Lab = await createLab();
  const profile = lab.profile('x', 9);
  let product: Product;
  let browser: Browser;
  let page: Page;
  let errors: string[];

  before(async () => {
    product = await Product.start({ lab });
    await product.api.post('/api/cookies', { platform: 'x', cookies: lab.cookies('x') });
    browser = await launchBrowser();
    ({ page, errors } = await openPage(browser));
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(product.url);
    await page.getByLabel('Name').fill(ADMIN.username);
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  });
  after(async () => {
    await browser.close();
    await product.close();
    await lab.close();
  });

  const row = (): Locator => page.locator('mf-list-job');
  const posts = (): Locator => row().locator('.posts mf-job');
  const own = (name: string): Locator => row().locator('> mf-job, mf-job').first().getByRole('button', { name });

  test('its address is known as a profile, with the options of one', async () => {
    // No file ends before the profile has been paused.
    lab.throttle(1);
    const box = page.getByLabel(/search your library/i);
    await box.fill(profile.url);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Options' }).click();
    const count = page.locator('mf-options input[name="count"]');
    await count.fill('4');
    await count.press('Tab');
    await page.getByRole('button', { name: /^Download/ }).click();
    await page.goto(`${product.url}/downloads`);
    await row().getByRole('progressbar', { name: 'Progress of all posts' }).waitFor();
  });

  test('it is one line, which unfolds to its posts', async () => {
    await page.getByRole('button', { name: 'Show the posts' }).click();
    await posts().nth(3).waitFor();
    assert.equal(await posts().count(), 4);
  });

  test('all of it is paused and goes on together', async () => {
    await own('Pause').click();
    await own('Go on').waitFor();
    await until(async () => (await listed()).children?.paused === 4);
    lab.throttle(undefined);
    await own('Go on').click();
    await until(async () => (await listed()).status === 'completed');
    assert.equal((await listed()).children?.added, 4);
  });

  test('its posts are in the library, each once', async () => {
    const known = (await product.api.library('?limit=200')).map(({ key }) => key);
    assert.deepEqual(known.sort(), profile.keys.slice(0, 4).sort());
    await page.goto(`${product.url}/downloads/finished`);
    await row().getByText(/4 new/).waitFor();
    assert.deepEqual(errors, []);
  });

  /** The record of the profile, as the server has it. */
  const listed = async (): Promise<Listed['items'][number]> => {
    const { items } = await product.api.get<Listed>('/api/downloads');
    assert.equal(items.length, 1);
    return items[0] ?? assert.fail();
  };
});

/** Waits for a fact that the server brings about. */
async function until(fact: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await fact())) {
    if (Date.now() > end) throw new Error('It never came about.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
