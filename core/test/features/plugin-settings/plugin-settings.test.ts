import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { PluginSettingsDoc } from '../../../src/features/plugin-settings/model.ts';
import { PluginSettings } from '../../../src/features/plugin-settings/plugin-settings.ts';
import type { InstalledPlugin } from '../../../src/features/plugins/index.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { addPerson } from '../../helpers/people.ts';

const { app } = await listenTestApp({ after });
const boss = await addPerson(app, 'boss', 'admin');
const change = async (id: string, values: object) =>
  boss.graphql('mutation ($id: ID!, $values: JSON!) { changePluginSettings(id: $id, values: $values) { values } }', {
    ...{ id, values },
  });

test('what an admin sets for a plugin goes with the next download, and only what its schema takes', async (t) => {
  const { data } = await boss.graphql('{ pluginSettings(id: "mp3-extract") { values secrets } }');
  assert.deepEqual(data, { pluginSettings: { values: { bitrate: 192 }, secrets: [] } });
  for (const [id, wrong, code] of [
    ['mp3-extract', { bitrate: 7 }, 'MF_ERR_VALIDATION'],
    ['mp3-extract', { colour: 'red' }, 'MF_ERR_VALIDATION'],
    ['mp3-extract', [], 'MF_ERR_VALIDATION'],
    ['gallery-dl-image', {}, 'MF_ERR_UNKNOWN'],
    ['nobody', {}, 'MF_ERR_UNKNOWN'],
  ] as const)
    assert.equal((await change(id, wrong)).errors?.[0]?.extensions?.code, code);
  assert.deepEqual((await change('mp3-extract', { bitrate: 320 })).data, {
    changePluginSettings: { values: { bitrate: 320 } },
  });
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  await submit(boss);
  assert.deepEqual((await worker.next('assign')).settings['mp3-extract'], { bitrate: 320 });
});

const properties = {
  token: { type: 'string', secret: true, minLength: 3 },
  region: { enum: ['eu', 'us'], default: 'eu' },
};
const manifest = (settings: object) => ({ id: 'pics', settings });

/** Settings of a plugin that is not installed here, in a database of the test. */
function settingsOf(schema: () => object): PluginSettings {
  // Only its id and its schema are looked at.
  const list = async () => [{ manifest: manifest(schema()) }] as unknown as InstalledPlugin[];
  const model = app.database.model<PluginSettingsDoc>('PluginSettings');
  return new PluginSettings({ model, plugins: { list }, vault: app.vault });
}

test('a secret is sealed, never shown, kept by a form that comes back without it, and sealed anew by a rotation', async () => {
  const settings = settingsOf(() => ({ properties }));
  await assert.rejects(settings.change('pics', { token: 'x' }, 'boss'), { code: 'MF_ERR_VALIDATION' });
  const view = await settings.change('pics', { token: 'sesame', region: 'us' }, 'boss');
  assert.deepEqual([view.values, view.secrets], [{ region: 'us' }, ['token']]);
  const stored = await app.database.model<PluginSettingsDoc>('PluginSettings').findById('pics').orFail();
  assert.deepEqual(stored.values, { region: 'us' });
  assert.ok(stored.sealed !== undefined && !stored.sealed.toString('latin1').includes('sesame'));
  await settings.change('pics', { region: 'eu' }, 'boss');
  const ref = { id: 'pics', package: 'pics' };
  assert.deepEqual(await settings.forJob([ref], { secrets: true }), { pics: { token: 'sesame', region: 'eu' } });
  assert.deepEqual(await settings.forJob([ref], { secrets: false }), { pics: { region: 'eu' } });
  await app.system.admin.commands.get('rotate-secrets')?.({}, new AbortController().signal);
  assert.deepEqual(await settings.forJob([ref], { secrets: true }), { pics: { token: 'sesame', region: 'eu' } });
  assert.deepEqual((await settings.change('pics', { token: null }, 'boss')).secrets, []);
});

test('what a newer version of the plugin takes no more gives way to its defaults', async () => {
  let schema: object = { properties };
  const settings = settingsOf(() => schema);
  await settings.change('pics', { region: 'us' }, 'boss');
  schema = { properties: { region: { enum: ['world'], default: 'world' } } };
  assert.deepEqual((await settings.view('pics')).values, { region: 'world' });
});
