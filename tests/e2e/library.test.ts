/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../harness/browser.ts';
import { ADMIN, Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

const POSTS = ['reddit-image', 'reddit-sticker', 'reddit-gallery'] as const;

interface FiledPost {
  readonly id: string;
  readonly folderIds: readonly string[];
}

describe('a library that is put in order', async () => {
  const lab: Lab = await createLab();
  let product: Product;
  let browser: Browser;
  let page: Page;
  let errors: string[];

  before(async () => {
    product = await Product.start({ lab });
    for (const name of POSTS) {
      const { status, errorCode, errorMessage } = await product.api.fetchPost(lab.post(name).url);
      assert.equal(status, 'completed', `${name}: ${errorCode ?? ''} ${errorMessage ?? ''}`);
    }
    browser = await launchBrowser();
    const opened = await openPage(browser);
    ({ page, errors } = opened);
    page.setDefaultTimeout(60_000);
    const signedIn = await opened.context.request.post(`${product.url}/api/auth/login`, { data: ADMIN });
    assert.ok(signedIn.ok());
  });
  after(async () => {
    await browser.close();
    await product.close();
    await lab.close();
  });

  const cards = (): Locator => page.locator('mf-card');
  const bar = (): Locator => page.locator('mf-bulk');
  const told = async (text: string | RegExp): Promise<void> =>
    page.locator('mf-toasts').getByText(text).first().waitFor();
  const posts = async (filter: string): Promise<FiledPost[]> =>
    (
      await product.api.graphql<{ library: { items: FiledPost[] } }>(
        `{ library(filter: ${filter}) { items { id folderIds } } }`,
      )
    ).library.items;
  /** The picked cards: all three, by the tick of the first and Shift on the last. */
  const pickAll = async (): Promise<void> => {
    await cards()
      .nth(POSTS.length - 1)
      .waitFor();
    await cards().first().hover();
    await cards().first().getByRole('checkbox').click();
    await cards()
      .last()
      .getByRole('link')
      .click({ modifiers: ['Shift'] });
    await bar().getByText(`${POSTS.length} selected`).waitFor();
  };

  const nameFolder = async (name: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  };

  test('a folder is made, and another one in it', async () => {
    await page.goto(`${product.url}/library`);
    await page.locator('mf-library-side').getByRole('button', { name: 'New folder' }).first().click();
    await nameFolder('Recipes');
    await page.locator('mf-library').getByRole('button', { name: 'Recipes: more' }).click();
    await page.locator('mf-library').getByRole('menuitem', { name: 'New folder inside' }).click();
    await nameFolder('Japanese');
    const { folders } = await product.api.graphql<{ folders: { name: string; parentId: string | null }[] }>(
      '{ folders { name parentId } }',
    );
    assert.deepEqual(
      folders.map(({ name, parentId }) => [name, parentId !== null]),
      [
        ['Recipes', false],
        ['Japanese', true],
      ],
    );
  });

  test('all posts of the inbox go into a folder at once, and undo brings them back', async () => {
    await page.goto(`${product.url}/library/f/inbox`);
    await pickAll();
    await bar().getByRole('button', { name: 'Add to folder' }).click();
    await page.getByRole('checkbox', { name: /Japanese/ }).click();
    await told('Added 3 posts to Japanese.');
    await page.getByText('The Inbox is empty').waitFor();
    assert.equal((await posts('{ folder: "inbox" }')).length, 0);
    // The toast with its button goes by itself; the key holds.
    await page.keyboard.press('z');
    await told('Taken back.');
    await cards().nth(2).waitFor();
    const back = await posts('{ folder: "inbox" }');
    assert.equal(back.length, POSTS.length);
  });

  test('what is removed lies in the trash and comes back from there', async () => {
    await page.goto(product.url);
    await cards().nth(2).waitFor();
    const before = await product.finalFiles();
    await cards().first().hover();
    await cards().first().getByRole('checkbox').click();
    await bar().getByRole('button', { name: 'Remove', exact: true }).click();
    await told('1 post is in the trash.');
    assert.equal((await posts('{ trash: true }')).length, 1);
    assert.equal((await posts('{}')).length, 2);
    await page.goto(`${product.url}/library/trash`);
    await cards().first().hover();
    await cards().first().getByRole('checkbox').click();
    await bar().getByRole('button', { name: 'Restore' }).click();
    await told('1 post is back.');
    await page.getByText('The trash is empty').waitFor();
    assert.equal((await posts('{}')).length, 3);
    assert.deepEqual(await product.finalFiles(), before, 'no file was touched');
  });

  test('no script failed on the way', () => {
    assert.deepEqual(errors, []);
  });
});
