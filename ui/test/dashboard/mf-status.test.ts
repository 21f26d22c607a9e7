import { assert } from 'chai';
import { html } from 'lit';
import '../../src/dashboard/mf-status.ts';
import type { MfDays } from '../../src/dashboard/mf-days.ts';
import type { MfHealth } from '../../src/dashboard/mf-health.ts';
import type { MfStatus } from '../../src/dashboard/mf-status.ts';
import type { MfStatusStorage } from '../../src/dashboard/mf-status-storage.ts';
import { chooseLocale } from '../../src/words/t.ts';
import { eventOf, find, mount, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';
import { platformPlugin, serverStatus } from './data.ts';

const TOTAL = {
  files: 9,
  bytes: 312e9,
  free: 1.24e12,
  size: 3.6e12,
  reserve: 0,
  platforms: [{ platform: 'x', bytes: 350e9 }],
};
const samples = Array.from({ length: 8 }, (_, index) => ({ day: `2026-11-0${index + 1}`, bytes: index * 10e9 }));

function servicesOf(role: string, answers: Record<string, () => unknown> = {}): FakeServices {
  const services = new FakeServices({
    Status: () => serverStatus(),
    Machinery: () => ({ workers: [{ id: 'w', slots: 3, busy: 1, local: true }], storageDays: samples }),
    Tools: () => ({
      tools: [
        { name: 'yt-dlp', found: true, source: 'managed', version: '2026.11.14', releasedAt: null, installedAt: null },
      ],
    }),
    DownloadsPage: () => ({ downloads: { items: [], nextCursor: null } }),
    ...answers,
  });
  services.session.user = { id: 'u1', username: 'Noor', role };
  services.session.state = 'in';
  return services;
}

const page = async (services: FakeServices): Promise<MfStatus> => {
  const element = await mountIn<MfStatus>(services, html`<mf-status></mf-status>`);
  await until(() => textOf(element).includes('Everything is running.'));
  return element;
};

describe('mf-status', () => {
  afterEach(async () => {
    unmount();
    await chooseLocale('en');
  });

  it('who is no admin sees their own figures, and asks for nothing else', async () => {
    const services = servicesOf('user');
    const element = await page(services);
    assert.include(textOf(element), '5 saved today');
    assert.equal(element.renderRoot.querySelector('mf-status-behind'), null);
    assert.deepEqual([services.of('Machinery'), services.of('Tools')], [[], []]);
    assert.deepEqual(services.of('Status'), [{ everybody: false }]);
  });

  it('an admin sees the machinery, and everybody’s downloads when they ask for them', async () => {
    const services = servicesOf('admin');
    const element = await page(services);
    assert.include(textOf(element), 'Busy 1 of 3');
    find(element, '.seg button:last-child').click();
    await until(() => services.of('Status').some(({ everybody }) => everybody === true));
  });

  it('reads anew when a platform begins a rest, and when a download ends', async () => {
    const services = servicesOf('user');
    await page(services);
    services.connection.dispatchEvent(new Event('plugin'));
    services.downloads.dispatchEvent(new CustomEvent('settled'));
    await until(() => services.of('Status').length === 2);
  });

  it('a server that does not answer is said, with a way to try again', async () => {
    const services = servicesOf('user', {
      Status: () => {
        throw new Error('gone');
      },
    });
    const element = await mountIn<MfStatus>(services, html`<mf-status></mf-status>`);
    await until(() => element.renderRoot.querySelector('mf-empty') !== null);
    find(element, 'mf-empty button').click();
    await until(() => services.of('Status').length === 2);
  });
});

describe('mf-days', () => {
  afterEach(unmount);

  it('the chart has its sum in words, each bar its own, and all of it is there as a table', async () => {
    const days = serverStatus().downloadDays;
    const element = await mount<MfDays>(html`<mf-days .days=${days}></mf-days>`);
    assert.equal(
      find(element, 'svg').getAttribute('aria-label'),
      'Downloads of the last 30 days. Last 30 days: 8 saved, 2 failed.',
    );
    assert.deepEqual(
      [...element.renderRoot.querySelectorAll('title')].map(({ textContent }) => textContent),
      ['Nov 27: 3 saved, 0 failed', 'Nov 28: 5 saved, 2 failed'],
    );
    find(element, 'button').click();
    await element.updateComplete;
    assert.deepEqual(
      [...element.renderRoot.querySelectorAll('tbody tr')].map((row) => textOf(row)),
      ['Nov 28 5 2 5 MB', 'Nov 27 3 0 3 MB'],
    );
  });

  it('days without a download are no reason to divide by nothing', async () => {
    const days = [{ day: '2026-11-28', completed: 0, failed: 0, bytes: 0 }];
    const element = await mount<MfDays>(html`<mf-days .days=${days}></mf-days>`);
    assert.notInclude(find(element, 'svg').outerHTML, 'NaN');
  });
});

describe('mf-health', () => {
  afterEach(unmount);

  it('a rest counts down and tells when it is over', async () => {
    const nextTry = new Date(Date.now() + 600_000).toISOString();
    const plugin = platformPlugin({ state: 'suspended', reason: 'Instagram asked us to slow down.', nextTry });
    const element = await mount<MfHealth>(html`<mf-health .plugin=${plugin}></mf-health>`);
    assert.match(textOf(element), /asked us to slow down\. Tries again in (10:00|9:\d\d)/);
    const over = eventOf(element, 'mf-rest-over');
    const { now } = Date;
    Date.now = () => now() + 600_001;
    await over.finally(() => (Date.now = now));
  });

  it('a session that was refused has a way to the cookies', async () => {
    const accounts = [
      { platform: 'instagram', account: 'main', status: 'rejected', savedAt: '2026-11-01T10:00:00.000Z' },
    ];
    const element = await mount<MfHealth>(
      html`<mf-health .plugin=${platformPlugin()} .accounts=${accounts} .fixHref=${'/settings/cookies'}></mf-health>`,
    );
    assert.include(textOf(element), 'session rejected');
    assert.equal(find(element, 'a').getAttribute('href'), '/settings/cookies');
  });
});

describe('mf-status-storage', () => {
  afterEach(unmount);

  it('says for how long there is room, and what storing once has saved', async () => {
    const storage = { used: 1, quota: null, total: TOTAL };
    const element = await mount<MfStatusStorage>(
      html`<mf-status-storage .storage=${storage} .samples=${samples}></mf-status-storage>`,
    );
    const text = textOf(element).replaceAll('\u202f', ' ');
    assert.include(text, 'At 70 GB a week you have room for 4 months.');
    assert.include(text, 'Storing each file once has saved 38 GB.');
  });
});
