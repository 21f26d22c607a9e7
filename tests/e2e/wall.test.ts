/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { PHONE, launchBrowser, openPage } from '../harness/browser.ts';
import { Fingers } from '../harness/fingers.ts';
import { Keyboard } from '../harness/keyboard.ts';
import { ADMIN, Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

const POSTS = ['reddit-image', 'reddit-sticker', 'reddit-gallery'] as const;

interface WallPost {
  readonly id: string;
  readonly kind: string;
  readonly note: string | null;
  readonly folderIds: readonly string[];
}

describe('the wall and the viewer, by every way in', async () => {
  const lab: Lab = await createLab();
  let product: Product;
  let browser: Browser;
  let page: Page;
  let context: BrowserContext;
  let errors: string[];

  const signIn = async (at: BrowserContext): Promise<void> => {
    assert.ok((await at.request.post(`${product.url}/api/auth/login`, { data: ADMIN })).ok());
  };

  before(async () => {
    product = await Product.start({ lab });
    for (const name of POSTS) {
      const { status, errorCode } = await product.api.fetchPost(lab.post(name).url);
      assert.equal(status, 'completed', `${name}: ${errorCode ?? ''}`);
    }
    browser = await launchBrowser();
    ({ page, context, errors } = await openPage(browser));
    page.setDefaultTimeout(60_000);
    await signIn(context);
  });
  after(async () => {
    await browser.close();
    await product.close();
    await lab.close();
  });

  const cards = (at: Page = page): Locator => at.locator('mf-card');
  const posts = async (): Promise<WallPost[]> =>
    (await product.api.graphql<{ library: { items: WallPost[] } }>('{ library { items { id kind note folderIds } } }'))
      .library.items;
  const seen = async (count: number, at: Page = page): Promise<void> => {
    await at.waitForFunction(
      (wanted) => {
        const roots: (Document | ShadowRoot)[] = [document];
        let found = 0;
        for (let root = roots.pop(); root !== undefined; root = roots.pop())
          for (const element of root.querySelectorAll('*')) {
            if (element.localName === 'mf-card') found += 1;
            if (element.shadowRoot) roots.push(element.shadowRoot);
          }
        return found === wanted;
      },
      count,
      { timeout: 60_000 },
    );
  };

  test('filters and a search live in the address, and back leads through them', async () => {
    await page.goto(product.url);
    await seen(POSTS.length);
    await page.getByRole('button', { name: 'Carousels' }).click();
    await seen(1);
    assert.equal(new URL(page.url()).search, '?kind=carousel');
    await page.getByLabel(/search your library/i).fill('no post has this word');
    await page.getByText('Nothing fits').waitFor();
    await page.goBack();
    await seen(1);
    await page.goBack();
    await seen(POSTS.length);
    assert.equal(new URL(page.url()).search, '');
    await page.goto(`${product.url}/?kind=carousel`);
    await seen(1);
  });

  test('keys alone lead from the door through every page, and the focus is always seen', async () => {
    const { page: at, errors: wrong, context: own } = await openPage(browser, { reducedMotion: 'reduce' });
    at.setDefaultTimeout(60_000);
    const keys = new Keyboard(at);
    const { url } = lab.post('reddit-silent');
    const key = lab.post('reddit-silent').key;
    await at.goto(product.url);
    await keys.tabTo('input[name=username]');
    await at.keyboard.type(ADMIN.username);
    await keys.tabTo('input[type=password]');
    await at.keyboard.type(ADMIN.password);
    await at.keyboard.press('Enter');
    await seen(POSTS.length, at);

    // A link is typed into the box, and sent off.
    await at.keyboard.press('/');
    await keys.on('mf-omnibox input');
    await at.keyboard.type(url);
    await at.keyboard.press('Enter');
    await at.locator('mf-link-row .ready').waitFor();
    await keys.tabTo('mf-submit .btn.main');
    await at.keyboard.press('Enter');
    await at.locator('mf-submit').waitFor({ state: 'detached' });
    await seen(POSTS.length + 1, at);

    // The wall has one card in the tab order, and arrows lead to the others.
    await keys.press('Control+k', 'mf-palette input');
    await at.keyboard.type('new folder');
    await at.getByRole('option', { name: 'New folder', selected: true }).waitFor();
    await keys.press('Enter', 'mf-folder-name input');
    await at.keyboard.type('By keys');
    await at.keyboard.press('Enter');
    await at.getByRole('heading', { name: 'By keys', level: 1 }).waitFor();
    await at.locator('mf-folder-act').waitFor({ state: 'detached' });
    await keys.pair('gh', 'mf-home');
    await seen(POSTS.length + 1, at);
    await keys.tabTo('mf-card a');
    const first = await keys.post();
    await at.keyboard.press('ArrowRight');
    await keys.on('mf-card a');
    const id = await keys.post();
    assert.notEqual(id, first);

    // Into a folder, a tag and a note in the viewer, and back to the same card.
    await keys.press('a', 'mf-folder-picker input');
    await at.keyboard.type('By k');
    await keys.press('ArrowDown', 'mf-folder-picker .item');
    await at.keyboard.press('Space');
    await at.locator('mf-toasts').getByText('Added 1 post to By keys.').waitFor();
    assert.equal((await posts()).find((post) => post.id === id)?.folderIds.length, 1);
    await at.locator(`mf-card[data-post="${id}"] a`).focus();
    await at.keyboard.press('Enter');
    await at.locator('mf-viewer mf-own-words .open').waitFor();
    await keys.press('t', 'mf-tag-picker input');
    await at.keyboard.type('unseen');
    await at.keyboard.press('Enter');
    await at
      .locator('mf-toasts')
      .getByText(/#unseen/)
      .waitFor();
    await at.keyboard.press('Escape');
    await at.locator('mf-tag-picker').waitFor({ state: 'detached' });
    await keys.press('n', 'mf-own-words textarea');
    await at.keyboard.type('Seen without a mouse');
    await at.keyboard.press('Control+Enter');
    await at.locator('mf-own-words .note-text').waitFor();
    assert.equal((await posts()).find((post) => post.id === id)?.note, 'Seen without a mouse');
    await at.keyboard.press('Escape');
    await at.locator('mf-viewer').waitFor({ state: 'detached' });
    await keys.on('mf-card a');
    assert.equal(await keys.post(), id);

    // Away, and back.
    await at.keyboard.press('x');
    await at.locator('mf-bulk .bar').waitFor();
    await keys.tabTo('mf-bulk [aria-label="Remove"]');
    await at.keyboard.press('Enter');
    await at.locator('mf-toasts').getByText('1 post is in the trash.').waitFor();
    await seen(POSTS.length, at);
    await at.keyboard.press('z');
    await seen(POSTS.length + 1, at);

    // Every page by its keys or by the palette; the focus goes to its heading.
    await keys.pair('gd', 'mf-downloads h1');
    await keys.pair('gl', 'aside mf-library-side h1');
    for (const [name, tag] of [
      ['Status', 'mf-status'],
      ['Settings', 'mf-settings'],
      ['Home', 'mf-home'],
    ] as const) {
      await keys.press('Control+k', 'mf-palette input');
      await at.keyboard.type(name);
      await at.getByRole('option', { name, exact: true, selected: true }).waitFor();
      await at.keyboard.press('Enter');
      await at.locator(tag).waitFor();
      await at.locator('mf-palette').waitFor({ state: 'detached' });
    }
    assert.deepEqual(wrong, []);
    await own.close();
    const added = await product.api.postOf(key);
    await product.api.request('DELETE', `/api/library/${added?.id ?? ''}`);
  });

  test('a second tab follows: folders that are made, posts that go', async () => {
    const other = await context.newPage();
    await other.goto(`${product.url}/library`);
    await other.locator('mf-library-side').getByRole('button', { name: 'New folder' }).first().waitFor();
    await page.goto(`${product.url}/library`);
    await page.locator('mf-library-side').getByRole('button', { name: 'New folder' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Of the other tab');
    await page.keyboard.press('Enter');
    await other
      .locator('mf-library-side')
      .getByRole('treeitem', { name: /Of the other tab/ })
      .waitFor();
    // Another device shares no browser with these.
    await product.api.graphql('mutation { createFolder(name: "From a phone") { id } }');
    await other
      .locator('mf-library-side')
      .getByRole('treeitem', { name: /From a phone/ })
      .waitFor();
    await other.goto(product.url);
    await seen(POSTS.length, other);
    const [first] = await posts();
    await product.api.post(`/api/library/${first?.id ?? ''}/trash`, {});
    await seen(POSTS.length - 1, other);
    await product.api.post(`/api/library/${first?.id ?? ''}/restore`, {});
    await seen(POSTS.length, other);
    await other.close();
  });

  describe('on a phone', () => {
    let phone: Page;
    let fingers: Fingers;
    before(async () => {
      const opened = await openPage(browser, { viewport: PHONE, hasTouch: true, isMobile: true });
      phone = opened.page;
      phone.setDefaultTimeout(60_000);
      await signIn(opened.context);
      fingers = await Fingers.on(opened.context, phone);
    });

    test('a finger that rests on a card picks it', async () => {
      await phone.goto(product.url);
      await seen(POSTS.length, phone);
      const box = await cards(phone).first().boundingBox();
      assert.ok(box);
      fingers.begin();
      await fingers.send('touchStart', [box.x + 60, box.y + 60]);
      await phone.getByText('1 selected').waitFor();
      await fingers.send('touchEnd');
      await phone.getByText('1 selected').waitFor();
      await phone.getByRole('button', { name: /stop selecting/i }).tap();
      await phone.locator('mf-bulk').waitFor({ state: 'detached' });
    });

    test('pulled down from its top the wall is read again, and says when nobody answers', async () => {
      await phone.goto(product.url);
      await seen(POSTS.length, phone);
      // The element comes by itself, on touch only.
      await phone.waitForFunction(() => document.documentElement.classList.contains('pulls'));
      const asked = phone.waitForRequest((request) => request.postData()?.includes('query Library(') ?? false);
      await fingers.swipe([200, 300], [4, 260]);
      await asked;
      await phone.getByText('Up to date.').waitFor({ state: 'attached' });
      await phone.context().setOffline(true);
      // It does not stay.
      const told = phone.getByText('Can’t reach the server. What you see is from before.').waitFor();
      await fingers.swipe([200, 300], [4, 260]);
      await told;
      await phone.context().setOffline(false);
    });

    test('a sheet is drawn down by its top, and the links that were in it are kept', async () => {
      await phone.goto(`${product.url}/add?url=${encodeURIComponent(lab.post('reddit-video').url)}`);
      const sheet = phone.locator('mf-submit dialog');
      await phone.locator('mf-link-row').waitFor();
      await sheet.tap({ trial: true, position: { x: 195, y: 8 } }); // It stands still.
      const box = await sheet.boundingBox();
      assert.ok(box);
      await fingers.swipe([195, box.y + 8], [3, 300]);
      await sheet.waitFor({ state: 'detached' });
      await phone.locator('mf-tabbar').getByRole('link', { name: 'Add a link' }).tap();
      await phone.locator('mf-link-row').waitFor();
      await phone.getByRole('button', { name: 'Close' }).tap();
      await sheet.waitFor({ state: 'detached' });
    });

    test('held, a card is carried to a folder on the page', async () => {
      const create = 'mutation ($name: String!, $parent: ID) { createFolder(name: $name, parentId: $parent) { id } }';
      const make = async (name: string, parent?: string): Promise<string> =>
        (await product.api.graphql<{ createFolder: { id: string } }>(create, { name, parent })).createFolder.id;
      const outer = await make('Carried from');
      const inner = await make('Carried to', outer);
      const [post] = await posts();
      assert.ok(post);
      await product.api.graphql(
        'mutation ($ids: [ID!]!, $folder: ID!) { addToFolder(folderId: $folder, postIds: $ids) }',
        {
          ...{ ids: [post.id], folder: outer },
        },
      );
      await phone.goto(`${product.url}/library/f/${outer}`);
      await seen(1, phone);
      const target = phone.locator(`mf-folder-card[data-drop-folder="${inner}"]`);
      await cards(phone).first().tap({ trial: true }); // All stands still.
      const [from, to] = [await cards(phone).first().boundingBox(), await target.boundingBox()];
      assert.ok(from && to);
      fingers.begin();
      await fingers.send('touchStart', [from.x + 60, from.y + 60]);
      await phone.getByText('1 selected').waitFor();
      await fingers.send('touchMove', [from.x + 60, from.y + 20]);
      await fingers.send('touchMove', [to.x + to.width / 2, to.y + to.height / 2]);
      await phone.locator('mf-folder-card[data-drop-over]').waitFor();
      await fingers.send('touchEnd');
      await phone.locator('mf-bulk').waitFor({ state: 'detached' });
      const wanted = [...post.folderIds, outer, inner].toSorted().join();
      const filed = async (): Promise<string | undefined> =>
        (await posts())
          .find(({ id }) => id === post.id)
          ?.folderIds.toSorted()
          .join();
      for (const end = Date.now() + 60_000; (await filed()) !== wanted && Date.now() < end;) await delay(100);
      assert.equal(await filed(), wanted);
    });

    test('swipes lead through items and close, two fingers zoom, and a zoomed picture stays', async () => {
      const gallery = (await posts()).find(({ kind }) => kind === 'carousel');
      await phone.goto(`${product.url}/?kind=carousel`);
      await cards(phone).first().tap();
      const stage = phone.locator('mf-viewer mf-stage');
      await stage.waitFor();
      await stage.locator('img').last().waitFor();
      await fingers.swipe([300, 400], [-180, 4]);
      await phone.waitForURL(`**/m/${gallery?.id ?? ''}/2`);
      fingers.begin();
      await fingers.send('touchStart', [180, 400], [210, 400]);
      await fingers.send('touchMove', [120, 400], [270, 400]);
      await fingers.send('touchEnd');
      await phone.locator('mf-stage[zoomed]').waitFor();
      await fingers.swipe([300, 400], [-180, 4]);
      assert.ok(phone.url().endsWith('/2'), 'the swipe moved the picture');
      await phone.locator('mf-stage').evaluate((element) => (element as HTMLElement & { whole(): boolean }).whole());
      await phone.locator('mf-stage:not([zoomed])').waitFor();
      await fingers.swipe([200, 300], [5, 220]);
      await phone.locator('mf-viewer').waitFor({ state: 'detached' });
      assert.equal(new URL(phone.url()).search, '?kind=carousel');
    });

    test('on a film two taps skip, a finger that rests speeds it up, and a slow drag down closes', async () => {
      const { key, url } = lab.post('reddit-silent');
      assert.equal((await product.api.fetchPost(url)).status, 'completed');
      const film = await product.api.postOf(key);
      await phone.goto(product.url);
      await seen(POSTS.length + 1, phone);
      await phone
        .locator(`mf-card[data-post="${film?.id ?? ''}"] a`)
        .first()
        .tap();
      const video = phone.locator('mf-viewer video');
      // The locator names a video.
      const of = async <Value>(read: (element: HTMLVideoElement) => Value | Promise<Value>): Promise<Value> =>
        video.evaluate(read as (element: HTMLElement | SVGElement) => Value | Promise<Value>);
      await of(async (element) => {
        if (element.readyState < 1) await new Promise((resolve) => element.addEventListener('loadedmetadata', resolve));
        await element.play();
      });

      fingers.begin();
      await fingers.send('touchStart', [195, 300]);
      await phone.locator('mf-player .sign.fast').waitFor();
      assert.equal(await of((element) => element.playbackRate), 2);
      fingers.rest(0.6);
      await fingers.send('touchEnd');
      await phone.locator('mf-player .sign').waitFor({ state: 'detached' });
      assert.deepEqual(await of((element) => [element.playbackRate, element.paused]), [1, false]);

      await of((element) => {
        element.pause();
        element.currentTime = element.duration / 2;
      });
      for (const [x, name, end] of [
        [330, 'forward', await of((element) => element.duration)],
        [60, 'back', 0],
      ] as const) {
        fingers.begin();
        const shown = phone.locator(`mf-player .sign.${name}`).waitFor();
        for (const type of ['touchStart', 'touchEnd', 'touchStart', 'touchEnd'] as const)
          await fingers.send(type, ...(type === 'touchStart' ? ([[x, 300]] as [number, number][]) : []));
        await shown;
        assert.equal(await of((element) => element.currentTime), end);
      }

      fingers.begin();
      await fingers.send('touchStart', [200, 250]);
      for (const y of [300, 360, 420, 420]) {
        fingers.rest(0.4);
        await fingers.send('touchMove', [200, y]);
      }
      await phone.getByText('Let go to close').waitFor();
      await fingers.send('touchEnd');
      await phone.locator('mf-viewer').waitFor({ state: 'detached' });
      await product.api.request('DELETE', `/api/library/${film?.id ?? ''}`);
    });
  });

  test('no script failed on the way', () => {
    assert.deepEqual(errors, []);
  });
});
