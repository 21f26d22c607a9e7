import { assert } from 'chai';
import { html } from 'lit';
import '../../src/settings/mf-settings.ts';
import type { MfPluginOptions } from '../../src/settings/mf-plugin-options.ts';
import type { MfSettingsCookies } from '../../src/settings/mf-settings-cookies.ts';
import type { MfCookiesSend } from '../../src/settings/mf-cookies-send.ts';
import type { MfSettingsDownloads } from '../../src/settings/mf-settings-downloads.ts';
import type { MfSettings } from '../../src/settings/mf-settings.ts';
import type { MfSettingsPlugins } from '../../src/settings/mf-settings-plugins.ts';
import { fieldsOf, readField } from '../../src/settings/schema-form.rules.ts';
import { find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const SCHEMA = {
  properties: {
    bitrate: { type: 'integer', title: 'Bit rate', enum: [128, 192], default: 192 },
    fast: { type: 'boolean', title: 'Fast' },
    token: { type: 'string', secret: true },
    strange: { type: 'array' },
  },
};
const PLUGIN = {
  id: 'mp3-extract',
  displayName: 'MP3',
  version: '0.1.0',
  description: null,
  kind: 'processor',
  platform: null,
  official: true,
  state: 'active',
  reason: null,
  nextTry: null,
  hasSettings: true,
};
const ACCOUNT = {
  platform: 'instagram',
  displayName: 'Instagram',
  account: 'main',
  status: 'rejected',
  count: 4,
  savedAt: '2026-11-01T10:00:00.000Z',
  expiresAt: null,
  lastSuccessAt: null,
  rejectedAt: '2026-11-02T10:00:00.000Z',
};

describe('a form from a JSON Schema', () => {
  it('has a field for what can be drawn, in the order of the schema', () => {
    assert.deepEqual(
      fieldsOf(SCHEMA).map(({ name, kind, title }) => [name, kind, title]),
      [
        ['bitrate', 'choice', 'Bit rate'],
        ['fast', 'switch', 'Fast'],
        ['token', 'secret', 'token'],
      ],
    );
    for (const odd of [undefined, null, 'text', { properties: [] }, { properties: { a: null } }])
      assert.deepEqual(fieldsOf(odd), []);
  });

  for (const [schema, typed, value] of [
    [{ type: 'integer' }, '12', 12],
    [{ type: 'number' }, '2,5', 2.5],
    [{ type: 'number' }, 'lots', 'lots'],
    [{ type: 'string' }, '  a ', 'a'],
    [{ type: 'string' }, '  ', undefined],
    [{ enum: ['a', 7] }, '1', 7],
    [{ type: 'string', secret: true }, ' s ', ' s '],
  ] as const) {
    it(`“${typed}” in ${JSON.stringify(schema)} is ${String(value)}`, () => {
      const [field] = fieldsOf({ properties: { it: schema } });
      assert(field);
      assert.equal(readField(field, typed), value);
    });
  }
});

describe('settings of the server', () => {
  afterEach(unmount);

  it('a plugin is switched off only after a question, and on at once', async () => {
    let state = 'active';
    const services = new FakeServices({
      Plugins: () => ({ plugins: [{ ...PLUGIN, state }] }),
      SwitchPlugin: ({ enabled }) => {
        state = enabled === true ? 'active' : 'disabled';
        return { setPluginEnabled: { ...PLUGIN, state } };
      },
    });
    const element = await mountIn<MfSettingsPlugins>(services, html`<mf-settings-plugins></mf-settings-plugins>`);
    const toggle = (): HTMLElement => find(element, '.switch');
    await until(() => element.renderRoot.querySelector('.switch') !== null);
    toggle().click();
    await until(() => element.renderRoot.querySelector('mf-dialog') !== null);
    assert.deepEqual(services.of('SwitchPlugin'), []);
    find(element, 'mf-dialog .paper').click();
    await until(() => toggle().ariaChecked === 'false' && !toggle().hasAttribute('disabled'));
    toggle().click();
    await until(() => toggle().ariaChecked === 'true');
    assert.deepEqual(services.of('SwitchPlugin'), [
      { id: 'mp3-extract', enabled: false },
      { id: 'mp3-extract', enabled: true },
    ]);
  });

  it('what is set for a plugin goes to the server as its schema says; a secret that is not typed is not sent', async () => {
    const services = new FakeServices({
      PluginSettings: () => ({
        pluginSettings: { schema: SCHEMA, values: { bitrate: 192, strange: [1] }, secrets: ['token'] },
      }),
      ChangePluginSettings: () => ({ changePluginSettings: { id: 'mp3-extract' } }),
    });
    const element = await mountIn<MfPluginOptions>(
      services,
      html`<mf-plugin-options .plugin=${'mp3-extract'} .name=${'MP3'}></mf-plugin-options>`,
    );
    await until(() => element.renderRoot.querySelector('select') !== null);
    const select = find<HTMLSelectElement>(element, 'select');
    select.value = '0';
    select.dispatchEvent(new Event('change'));
    find(element, '.switch').click();
    await element.updateComplete;
    find(element, '.btn.main').click();
    await until(() => services.of('ChangePluginSettings').length > 0);
    assert.deepEqual(services.of('ChangePluginSettings'), [
      { id: 'mp3-extract', values: { bitrate: 128, strange: [1], fast: true } },
    ]);
  });

  it('a session is removed only after a question; its state and age are told', async () => {
    let accounts: object[] = [ACCOUNT];
    const services = new FakeServices({
      Cookies: () => ({ platformAccounts: accounts }),
      ForgetCookies: () => {
        accounts = [{ ...ACCOUNT, account: null, status: 'none', savedAt: null, rejectedAt: null, count: 0 }];
        return { forgetCookies: [] };
      },
    });
    const element = await mountIn<MfSettingsCookies>(services, html`<mf-settings-cookies></mf-settings-cookies>`);
    await until(() => textOf(element).includes('Rejected'));
    find(element, '[aria-label="Remove: Instagram"]').click();
    await until(() => element.renderRoot.querySelector('mf-dialog') !== null);
    assert.deepEqual(services.of('ForgetCookies'), []);
    find(element, 'mf-dialog .bad').click();
    await until(() => textOf(element).includes('None'));
    assert.deepEqual(services.of('ForgetCookies'), [{ platform: 'instagram', account: 'main' }]);
  });

  it('cookies are sent for their account; nothing is sent of an empty field', async () => {
    const services = new FakeServices({ 'POST cookies': () => ({}) });
    const element = await mountIn<MfCookiesSend>(
      services,
      html`<mf-cookies-send .platform=${'instagram'} .name=${'Instagram'}></mf-cookies-send>`,
    );
    find(element, '.btn.main').click();
    await until(() => textOf(element).includes('There are no cookies in it.'));
    find<HTMLTextAreaElement>(element, 'textarea').value = '[{"name":"sessionid"}]';
    find<HTMLInputElement>(element, '#account').value = 'work';
    find(element, '.btn.main').click();
    await until(() => services.of('POST cookies').length > 0);
    assert.deepEqual(services.of('POST cookies'), [
      { platform: 'instagram', cookies: '[{"name":"sessionid"}]', account: 'work' },
    ]);
  });

  it('a proxy of one platform leaves those of the others; an emptied one goes', async () => {
    const limits = { concurrency: 3, platformLimits: { instagram: 1 }, platformProxies: { x: 'http://a.test' } };
    const services = new FakeServices({
      'GET settings': () => limits,
      'PATCH settings': () => limits,
      Limits: () => ({
        platforms: [
          { id: 'x', displayName: 'X' },
          { id: 'tiktok', displayName: 'TikTok' },
        ],
        workers: [{ slots: 3 }],
        fixedValues: [{ name: 'WORKERS', value: '1' }],
      }),
    });
    const element = await mountIn<MfSettingsDownloads>(services, html`<mf-settings-downloads></mf-settings-downloads>`);
    await until(() => element.renderRoot.querySelector('dl') !== null);
    for (const [label, value] of [
      ['Proxy for TikTok', 'http://b.test'],
      ['Proxy for X', ''],
    ] as const) {
      const field = find<HTMLInputElement>(element, `[aria-label="${label}"]`);
      field.value = value;
      const before = services.of('GET settings').length;
      field.dispatchEvent(new Event('change'));
      await until(() => services.of('GET settings').length > before);
      await element.updateComplete;
    }
    assert.deepEqual(services.of('PATCH settings'), [
      { platformProxies: { x: 'http://a.test', tiktok: 'http://b.test' } },
      { platformProxies: {} },
    ]);
  });

  it('who is no admin sees no section of the server', async () => {
    const services = new FakeServices();
    services.session.user = { id: 'u', username: 'Sam', role: 'user' };
    const element = await mountIn<MfSettings>(services, html`<mf-settings .section=${'plugins'}></mf-settings>`);
    assert.include(textOf(element), 'Only admins see this.');
    assert.notInclude(textOf(find(element, 'nav')), 'Plugins');
  });
});
