import { assert } from 'chai';
import { html } from 'lit';
import type { Job } from '../../src/api/types.ts';
import { jobLine } from '../../src/downloads/job.rules.ts';
import type { MfJob } from '../../src/downloads/mf-job.ts';
import '../../src/downloads/mf-downloads.ts';
import type { MfDownloads } from '../../src/downloads/mf-downloads.ts';
import '../../src/downloads/mf-list-job.ts';
import type { MfListJob } from '../../src/downloads/mf-list-job.ts';
import { job } from '../helpers/data.ts';
import { eventOf, find, textOf, unmount } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

type Children = NonNullable<Job['children']>;

const NONE: Children = {
  ...{ total: 0, queued: 0, running: 0, paused: 0, failed: 0, cancelled: 0 },
  ...{ added: 0, existing: 0, declined: 0, listed: true, listErrorCode: null },
};

const list = (children: Partial<Children>, over: Partial<Job> = {}): Job =>
  job({
    ...{ url: 'https://x.com/maker', platform: 'x', type: 'profile', title: null, author: null },
    ...{ speed: null, eta: null, totalBytes: null },
    ...over,
    children: { ...NONE, ...children },
  });

const child = (parent: Job, title: string, over: Partial<Job> = {}): Job =>
  job({ parentId: parent.id, platform: 'x', title, ...over });

describe('the line of a profile', () => {
  for (const [title, value, text] of [
    [
      'one that runs counts its posts',
      list({ total: 10, running: 1, queued: 5, added: 3, failed: 1 }, { progress: 43 }),
      '4 of 10 posts · 43 % · 3 new · 1 failed',
    ],
    [
      'one that is read says how many there are so far',
      list({ total: 7, queued: 7, listed: false }, { stage: 'list', progress: 3 }),
      'Reading the list · 7 posts so far',
    ],
    [
      'one that is over sums up',
      list({ total: 5, added: 2, existing: 2, failed: 1 }, { status: 'completed', progress: 100 }),
      '2 new · 2 were there already · 1 failed',
    ],
    [
      'a list that broke off says so',
      list({ total: 1, added: 1, listErrorCode: 'MF_ERR_RATE_LIMITED' }, { status: 'completed' }),
      '1 new · the list could not be read to its end',
    ],
  ] as const) {
    it(title, () => {
      const { lead, rest } = jobLine(value);
      assert.equal([lead, ...rest].join(' · ').replaceAll(/\s/g, ' '), text);
    });
  }
});

describe('mf-list-job', () => {
  afterEach(unmount);

  const open = async (services: FakeServices, value: Job): Promise<MfListJob> => {
    const row = await mountIn<MfListJob>(services, html`<mf-list-job .job=${value}></mf-list-job>`);
    find(row, '.fold').click();
    await row.updateComplete;
    return row;
  };

  it('fetches the posts when they are wanted, page after page, and shows what becomes of them', async () => {
    const value = list({ total: 2, running: 1, queued: 1 });
    const first = child(value, 'First');
    const second = child(value, 'Second', { status: 'queued', progress: 0 });
    const services = new FakeServices({
      ListPosts: ({ cursor }) => ({
        downloads: cursor === null ? { items: [first], nextCursor: '7' } : { items: [second], nextCursor: null },
      }),
    });
    const row = await open(services, value);
    assert.deepEqual(services.of('ListPosts'), [{ parent: value.id, cursor: null }]);
    await services.downloads.loadPosts(value.id, true);
    await row.updateComplete;
    const shown = [...row.renderRoot.querySelectorAll('.posts mf-job')];
    assert.equal(shown.length, 2);
    services.downloads.take({ ...first, status: 'paused' });
    await row.updateComplete;
    await find<MfJob>(row, '.posts mf-job').updateComplete;
    assert.include(textOf(find(find<MfJob>(row, '.posts mf-job'), '.line')), 'Paused by you');
  });

  it('a post of a list is no download of its own, and its end is no news', () => {
    const services = new FakeServices();
    const value = list({ total: 1, running: 1 });
    services.downloads.take(value);
    let settled = 0;
    services.downloads.addEventListener('settled', () => (settled += 1));
    services.downloads.take(child(value, 'First'));
    services.downloads.take(child(value, 'First', { status: 'completed' }));
    assert.deepEqual(
      services.downloads.active.map(({ id }) => id),
      [value.id],
    );
    assert.equal(settled, 0);
  });

  it('asks for what is wanted of the whole and of one post', async () => {
    const value = list({ total: 1, running: 1 });
    const post = child(value, 'First');
    const services = new FakeServices({ ListPosts: () => ({ downloads: { items: [post], nextCursor: null } }) });
    const row = await open(services, value);
    await services.downloads.loadPosts(value.id);
    await row.updateComplete;
    const whole = eventOf<{ id: string; wish: string }>(row, 'mf-job-wish');
    find(find<MfJob>(row, 'mf-job'), '.pause').click();
    assert.deepEqual((await whole).detail, { id: value.id, wish: 'pause' });
    const one = eventOf<{ id: string; wish: string }>(row, 'mf-job-wish');
    find(find<MfJob>(row, '.posts mf-job'), '.cancel').click();
    assert.deepEqual((await one).detail, { id: post.id, wish: 'cancel' });
    assert.equal(services.downloads.get(post.id)?.id, post.id);
  });

  it('the list of downloads shows a profile with one bar', async () => {
    const services = new FakeServices({
      DownloadsPage: () => ({ downloads: { items: [], nextCursor: null } }),
    });
    services.downloads.loaded = true;
    services.downloads.take(list({ total: 4, running: 1, queued: 1, added: 2 }, { progress: 60 }));
    const page = await mountIn<MfDownloads>(services, html`<mf-downloads></mf-downloads>`);
    const bar = find(find<MfJob>(find<MfListJob>(page, 'mf-list-job'), 'mf-job'), '.bar');
    assert.equal(bar.getAttribute('aria-valuenow'), '60');
  });
});
