import { assert } from 'chai';
import { html } from 'lit';
import type { Job } from '../../src/api/types.ts';
import type { MfCancelList } from '../../src/downloads/mf-cancel-list.ts';
import '../../src/downloads/mf-downloads.ts';
import type { MfDownloads } from '../../src/downloads/mf-downloads.ts';
import '../../src/downloads/mf-job.ts';
import type { MfJob } from '../../src/downloads/mf-job.ts';
import { isAtEdge, isFar, swipeWish } from '../../src/downloads/swipe.rules.ts';
import { job } from '../helpers/data.ts';
import { drag, zoom } from '../helpers/fingers.ts';
import { find, mount, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

describe('what a swipe of a row asks for', () => {
  for (const [status, along, wish] of [
    ['running', 90, 'pause'],
    ['queued', 90, 'pause'],
    ['paused', 90, 'resume'],
    ['running', -90, 'cancel'],
    ['paused', -90, 'cancel'],
    ['failed', 90, undefined],
    ['completed', -90, undefined],
    ['running', 0, undefined],
  ] as const)
    it(`${status}, ${along}: ${wish ?? 'nothing'}`, () => assert.equal(swipeWish(status, along), wish));

  it('from afar only, and not from the edge of the screen', () => {
    assert.deepEqual([isFar(111, 380), isFar(-112, 380), isFar(90, 240), isFar(80, 240)], [false, true, true, false]);
    assert.deepEqual([isAtEdge(10, 390), isAtEdge(380, 390), isAtEdge(60, 390)], [true, true, false]);
  });
});

describe('a finger on a row of downloads', () => {
  afterEach(unmount);

  const swipe = async (
    steps: readonly [number, number][],
    {
      value = job(),
      dir = 'ltr',
      end = 'touchend',
    }: { value?: Job; dir?: string; end?: 'touchend' | 'touchcancel' } = {},
  ) => {
    const row = await mount<MfJob>(html`<mf-job .job=${value}></mf-job>`);
    document.documentElement.dir = dir;
    const wishes: string[] = [];
    row.addEventListener('mf-job-wish', (event) => wishes.push((event as CustomEvent<{ wish: string }>).detail.wish));
    const moves = drag(find(row, '.who'), steps, { at: [200, 20], end });
    await row.updateComplete;
    return { row, wishes, taken: moves.map(({ defaultPrevented }) => defaultPrevented) };
  };

  it('pauses along the line, cancels against it', async () => {
    assert.deepEqual((await swipe([[40, 2], [150, 6]])).wishes, ['pause']); // prettier-ignore
    assert.deepEqual((await swipe([[-40, 2], [-150, 6]])).wishes, ['cancel']); // prettier-ignore
    const paused = job({ status: 'paused' });
    assert.deepEqual((await swipe([[40, 2], [150, 6]], { value: paused })).wishes, ['resume']); // prettier-ignore
  });

  it('is mirrored where text runs from the right', async () => {
    assert.deepEqual((await swipe([[40, 2], [150, 6]], { dir: 'rtl' })).wishes, ['cancel']); // prettier-ignore
    assert.deepEqual((await swipe([[-40, 2], [-150, 6]], { dir: 'rtl' })).wishes, ['pause']); // prettier-ignore
  });

  for (const [title, steps] of [
    [
      'a short one',
      [
        [30, 0],
        [70, 2],
      ],
    ],
    [
      'a diagonal one',
      [
        [40, 34],
        [150, 130],
      ],
    ],
    [
      'one that scrolls',
      [
        [4, -40],
        [12, -200],
      ],
    ],
    [
      'one that scrolls first and then goes aside',
      [
        [2, 40],
        [160, 44],
      ],
    ],
    [
      'one that comes back',
      [
        [150, 4],
        [8, 4],
      ],
    ],
  ] as const)
    it(`${title} does nothing`, async () => {
      const { row, wishes } = await swipe(steps.map(([x, y]): [number, number] => [x, y]));
      assert.deepEqual(wishes, []);
      assert.notExists(row.renderRoot.querySelector('.under'));
      assert.equal(find(row, '.job').style.translate, '');
    });

  it('leaves scrolling to the page, and takes what goes aside', async () => {
    assert.deepEqual((await swipe([[2, -30], [4, -90]])).taken, [false, false]); // prettier-ignore
    assert.deepEqual((await swipe([[30, 2], [90, 4]])).taken, [true, true]); // prettier-ignore
  });

  it('does nothing when the system takes the finger away, nor for what is over', async () => {
    const far: [number, number][] = [[40, 2], [150, 6]]; // prettier-ignore
    assert.deepEqual((await swipe(far, { end: 'touchcancel' })).wishes, []);
    assert.deepEqual((await swipe(far, { value: job({ status: 'failed' }) })).wishes, []);
  });

  it('two may make the page larger by it, and then one moves about there', async () => {
    const row = await mount<MfJob>(html`<mf-job .job=${job()}></mf-job>`);
    const action = () => getComputedStyle(find(row, '.job')).touchAction;
    assert.equal(action(), 'pan-y pinch-zoom');
    try {
      zoom(2);
      await row.updateComplete;
      assert.equal(action(), 'auto');
    } finally {
      zoom(undefined);
    }
    await row.updateComplete;
    assert.equal(action(), 'pan-y pinch-zoom');
  });

  it('says beside the row what letting go would do', async () => {
    const row = await mount<MfJob>(html`<mf-job .job=${job()}></mf-job>`);
    drag(find(row, '.who'), [[20, 0], [60, 0]], { at: [200, 20], stays: true }); // prettier-ignore
    await row.updateComplete;
    assert.equal(find(row, '.under').textContent.trim(), 'Pause');
    assert.equal(find(row, '.under').classList.contains('far'), false);
    assert.equal(find(row, '.job').style.translate, '60px');
    drag(find(row, '.who'), [[20, 0], [160, 0]], { at: [200, 20], stays: true }); // prettier-ignore
    await row.updateComplete;
    assert.equal(find(row, '.under').classList.contains('far'), true);
  });
});

describe('a download that was cancelled', () => {
  afterEach(unmount);

  const cancelled = async (before: Job) => {
    const answer = (status: Job['status']) => () => ({ ...before, status });
    const services = new FakeServices({
      DownloadsPage: () => ({ downloads: { items: [], nextCursor: null } }),
      Cancel: () => ({ cancelDownload: answer('cancelled')() }),
      Retry: () => ({ retryDownload: answer('queued')() }),
      Pause: () => ({ pauseDownload: answer('paused')() }),
    });
    services.downloads.loaded = true;
    services.downloads.take(before);
    const page = await mountIn<MfDownloads>(services, html`<mf-downloads></mf-downloads>`);
    find<MfJob>(page, 'mf-job').dispatchEvent(
      new CustomEvent('mf-job-wish', { detail: { id: before.id, wish: 'cancel' }, bubbles: true, composed: true }),
    );
    await until(() => services.toasts.list.length > 0);
    const [toast] = services.toasts.list;
    assert.equal(toast?.text.startsWith('Cancelled.'), true);
    toast?.action?.run();
    return services;
  };

  it('comes back by undo', async () => {
    const services = await cancelled(job());
    await until(() => services.downloads.active.length === 1);
    assert.equal(services.downloads.active[0]?.status, 'queued');
  });

  it('is dim until the server has answered, and a second wish asks nothing', async () => {
    let answer: (() => void) | undefined;
    const before = job({ status: 'running', progress: 40 });
    const services = new FakeServices({
      DownloadsPage: () => ({ downloads: { items: [], nextCursor: null } }),
      Cancel: async () => {
        await new Promise<void>((resolve) => (answer = resolve));
        return { cancelDownload: { ...before, status: 'cancelled' } };
      },
    });
    services.downloads.loaded = true;
    services.downloads.take(before);
    const told: string[] = [];
    services.toasts.watch(() => told.push(...services.toasts.list.map(({ text }) => text)));
    const page = await mountIn<MfDownloads>(services, html`<mf-downloads></mf-downloads>`);
    const row = find<MfJob>(page, 'mf-job');
    const cancel = (): unknown =>
      row.dispatchEvent(
        new CustomEvent('mf-job-wish', { detail: { id: before.id, wish: 'cancel' }, bubbles: true, composed: true }),
      );
    cancel();
    await until(() => answer !== undefined && row.leaving);
    cancel();
    await page.updateComplete;
    assert.equal(services.of('Cancel').length, 1);
    answer?.();
    await until(() => told.length > 0);
    assert.deepEqual([...new Set(told)], ['Cancelled. Undo starts it again from the beginning.']);
    assert.equal(services.downloads.isLeaving(before.id), false);
  });

  it('of a list is asked before, and nothing offers to bring it back', async () => {
    const over = { added: 1, existing: 0, failed: 1, cancelled: 0, declined: 0, listErrorCode: null };
    const open = { queued: 0, running: 1, paused: 0 };
    const children = { ...over, ...open, total: 3, listed: true };
    const before = job({ status: 'running', children });
    const services = new FakeServices({
      DownloadsPage: () => ({ downloads: { items: [], nextCursor: null } }),
      Cancel: () => ({ cancelDownload: { ...before, status: 'cancelled' } }),
    });
    services.downloads.loaded = true;
    services.downloads.take(before);
    const undo: boolean[] = [];
    services.toasts.watch(() => undo.push(...services.toasts.list.map(({ action }) => action !== undefined)));
    const page = await mountIn<MfDownloads>(services, html`<mf-downloads></mf-downloads>`);
    const question = async (): Promise<MfCancelList> => {
      find(page, 'mf-list-job').dispatchEvent(
        new CustomEvent('mf-job-wish', { detail: { id: before.id, wish: 'cancel' }, bubbles: true, composed: true }),
      );
      await until(() => page.renderRoot.querySelector('mf-cancel-list')?.hasUpdated === true);
      return find(page, 'mf-cancel-list');
    };
    find(await question(), '.btn.ghost').click();
    await until(() => page.renderRoot.querySelector('mf-cancel-list') === null);
    assert.equal(services.of('Cancel').length, 0);
    find(await question(), '.btn.bad').click();
    await until(() => undo.length > 0);
    assert.equal(services.of('Cancel').length, 1);
    assert.notInclude(undo, true);
  });

  it('is paused again, if it was', async () => {
    const services = await cancelled(job({ status: 'paused' }));
    await until(() => services.of('Pause').length === 1);
    await until(() => services.downloads.active[0]?.status === 'paused');
  });
});
