import { assert } from 'chai';
import { html } from 'lit';
import type { Job } from '../../src/api/types.ts';
import '../../src/downloads/mf-downloads.ts';
import type { MfDownloads } from '../../src/downloads/mf-downloads.ts';
import type { MfJob } from '../../src/downloads/mf-job.ts';
import { nextRow } from '../../src/downloads/row-focus.ts';
import { deepActive } from '../../src/elements/focus.ts';
import { job } from '../helpers/data.ts';
import { find, mount, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

describe('where the focus goes when its row has gone', () => {
  for (const [what, now, next] of [
    ['to the same row', ['c', 'b'], 'b'],
    ['to the next one', ['a', 'd', 'c'], 'c'],
    ['nowhere after the last', ['a'], undefined],
  ] as const)
    it(what, () => assert.equal(nextRow('b', ['a', 'b', 'c', 'd'], new Set(now)), next));
});

describe('the list of downloads', () => {
  afterEach(unmount);

  const open = async (jobs: readonly Job[]) => {
    const services = new FakeServices({
      DownloadsPage: () => ({ downloads: { items: [], nextCursor: null } }),
      Dismiss: () => ({ dismissDownload: true }),
    });
    services.downloads.loaded = true;
    for (const each of jobs) services.downloads.take(each);
    const page = await mountIn<MfDownloads>(services, html`<mf-downloads></mf-downloads>`);
    const button = (id: string): HTMLElement | null | undefined =>
      page.renderRoot.querySelector(`mf-job[data-job='${id}']`)?.shadowRoot?.querySelector('.acts :is(button, a)');
    return { services, page, button };
  };

  it('keeps the focus on a row that moves, and on its button', async () => {
    const [one, other] = [job({ id: 'one', status: 'running' }), job({ id: 'other', status: 'queued' })];
    const { services, button } = await open([one, other]);
    button('one')?.focus();
    for (const status of ['paused', 'queued', 'running'] as const) {
      services.downloads.take({ ...one, status });
      const turn = status === 'paused' ? 'resume' : 'pause';
      await until(() => button('one')?.classList.contains(turn) === true && deepActive() === button('one'));
    }
  });

  it('keeps it on a row whose buttons are others now', async () => {
    const failed = job({ id: 'one', status: 'failed' });
    const { services, button } = await open([failed]);
    button('one')?.focus();
    services.downloads.take({ ...failed, status: 'queued' });
    await until(() => button('one')?.classList.contains('pause') === true && deepActive() === button('one'));
  });

  it('keeps it in a row that stays where it is, with other buttons', async () => {
    const running = job({ status: 'running' });
    const row = await mount<MfJob>(html`<mf-job .job=${running}></mf-job>`);
    row.focus();
    row.job = { ...running, status: 'cancelled' };
    await row.updateComplete;
    assert.equal(find(row, '.acts > .btn').matches(':focus'), true);
  });

  it('gives the focus to the next row, and to the heading when there is none', async () => {
    const failed = ['c', 'b', 'a'].map((id, n) =>
      job({ id, status: 'failed', createdAt: `2026-11-21T14:0${n}:00.000Z` }),
    );
    const { services, page, button } = await open(failed);
    button('b')?.focus();
    await services.downloads.dismiss('b');
    await until(() => deepActive() === button('c'));
    await services.downloads.dismiss('c');
    await until(() => deepActive() === find(page, 'h1'));
  });
});
