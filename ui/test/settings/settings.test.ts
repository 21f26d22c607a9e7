import { assert } from 'chai';
import { html } from 'lit';
import '../../src/settings/mf-settings.ts';
import type { MfSettingsPeople } from '../../src/settings/mf-settings-people.ts';
import type { MfSettingsStorage } from '../../src/settings/mf-settings-storage.ts';
import { readNumber } from '../../src/settings/storage.ts';
import { find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const account = (id: string, username: string, role = 'user'): object => ({
  id,
  username,
  role,
  disabled: false,
  leaving: false,
  createdAt: '2026-11-01T10:00:00.000Z',
});
const STORAGE = { used: 2_000_000_000, quota: null };
const TOTAL = {
  files: 12,
  bytes: 5e9,
  free: 1e9,
  size: 10e9,
  reserve: 0,
  platforms: [],
  people: [{ id: 'u2', posts: 3, bytes: 4e6 }],
};
const LIMITS = {
  ...{ trashDays: 30, quotaGb: null, maxFileMb: 4096, reserveMb: 512 },
  ...{ concurrency: 3, platformLimits: {}, platformProxies: {} },
};

function signedIn(services: FakeServices, role: string): FakeServices {
  services.session.user = { id: 'u1', username: 'Noor', role };
  services.session.state = 'in';
  return services;
}

describe('numbers in a field', () => {
  for (const [text, value] of [
    ['50', 50],
    [' 1 000 ', 1000],
    ['2,5', 2.5],
    ['', null],
    ['-1', undefined],
    ['lots', undefined],
  ] as const) {
    it(`“${text}” is ${String(value)}`, () => {
      assert.equal(readNumber(text), value);
    });
  }
});

describe('settings', () => {
  afterEach(unmount);

  it('an admin sees everybody with what they keep; their own account has no menu', async () => {
    const services = signedIn(
      new FakeServices({
        Accounts: () => ({ accounts: [account('u1', 'Noor', 'admin'), account('u2', '美咲')] }),
        'GET storage': () => ({ ...STORAGE, total: TOTAL }),
      }),
      'admin',
    );
    const element = await mountIn<MfSettingsPeople>(services, html`<mf-settings-people></mf-settings-people>`);
    await until(() => textOf(element).includes('美咲'));
    assert.include(textOf(element), '3 posts');
    assert.equal(element.renderRoot.querySelectorAll('mf-menu').length, 1);
  });

  it('who is no admin sees their own figures, and no limits', async () => {
    const services = signedIn(new FakeServices({ 'GET storage': () => STORAGE }), 'user');
    const element = await mountIn<MfSettingsStorage>(services, html`<mf-settings-storage></mf-settings-storage>`);
    await until(() => textOf(element).includes('2'));
    assert.equal(element.renderRoot.querySelector('input'), null);
    assert.deepEqual(services.of('GET settings'), []);
  });

  it('a limit is sent when it was typed; a word in its place is not', async () => {
    const services = signedIn(
      new FakeServices({
        'GET storage': () => ({ ...STORAGE, total: TOTAL }),
        'GET settings': () => LIMITS,
        'PATCH settings': () => LIMITS,
      }),
      'admin',
    );
    const element = await mountIn<MfSettingsStorage>(services, html`<mf-settings-storage></mf-settings-storage>`);
    await until(() => element.renderRoot.querySelector('input') !== null);
    const field = find<HTMLInputElement>(element, '[aria-labelledby=trashDays]');
    for (const text of ['soon', '14']) {
      field.value = text;
      field.dispatchEvent(new Event('change'));
    }
    await until(() => services.of('PATCH settings').length > 0);
    assert.deepEqual(services.of('PATCH settings'), [{ trashDays: 14 }]);
  });
});
