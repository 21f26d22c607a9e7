import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { PluginRegistry } from '../../../src/features/plugins/registry.ts';
import { makeDataDir } from '../../helpers/build-test-app.ts';
import type { Scope } from '../../helpers/build-test-app.ts';

const connector = {
  kind: 'connector',
  id: 'pics',
  platform: 'pics',
  displayName: 'Pics',
  hosts: ['pics.test'],
  tools: [],
  capabilities: ['post'],
  engines: { mediafetcher: '>=0.1 <1' },
  options: {
    type: 'object',
    properties: { audioOnly: { type: 'boolean', default: false }, size: { enum: ['small', 'large'] } },
    additionalProperties: false,
  },
  matches: [{ host: 'pics\\.example\\.com', path: '/p/(\\d+)', kind: 'post', key: 'pics:$1' }],
};
const good = { ...connector, id: 'good', platform: 'good', matches: [{ ...connector.matches[0], key: 'good:$1' }] };
const processor = (id: string, order?: number) => ({
  kind: 'processor',
  id,
  displayName: id,
  hosts: [],
  tools: [],
  accepts: ['image'],
  engines: { mediafetcher: '>=0.1 <1' },
  ...(order !== undefined && { order }),
});

type Packages = Readonly<Record<string, object | string>>;

/** A folder with a plugins.json and packages whose code must never run. */
async function load(
  scope: Scope,
  packages: Packages,
  { disabled = [], officialOnly = false }: { disabled?: readonly string[]; officialOnly?: boolean } = {},
): Promise<PluginRegistry> {
  const root = await makeDataDir(scope);
  for (const [name, content] of Object.entries(packages)) {
    const folder = join(root, 'node_modules', name);
    await mkdir(folder, { recursive: true });
    const text =
      typeof content === 'string' ? content : JSON.stringify({ name, main: 'index.js', mediafetcher: content });
    await writeFile(join(folder, 'package.json'), text);
    await writeFile(join(folder, 'index.js'), 'throw new Error("plugin code ran in the server");');
  }
  const plugins = [...Object.keys(packages), 'not-installed'].map((name) => ({
    package: name,
    enabled: !disabled.includes(name),
  }));
  await writeFile(join(root, 'plugins.json'), JSON.stringify({ plugins }));
  return PluginRegistry.load(root, { officialOnly });
}

const stateOf = (registry: PluginRegistry, name: string) => registry.plugins.find((plugin) => plugin.package === name);

test('manifests are read and no code runs', async (t) => {
  const registry = await load(t, { pics: connector });
  assert.equal(stateOf(registry, 'pics')?.state, 'active');
  assert.equal(registry.resolve('https://pics.example.com/p/7').key, 'pics:7');
  assert.equal(registry.connector('pics').package, 'pics');
});

test('a package that is not installed is missing, and the rest works', async (t) => {
  const registry = await load(t, { pics: connector });
  assert.equal(stateOf(registry, 'not-installed')?.state, 'missing');
  assert.equal(registry.connectors.length, 1);
});

for (const [what, content, state] of [
  ['a package without a manifest', {}, 'failed'],
  ['a manifest of another kind', { ...connector, kind: 'theme' }, 'failed'],
  ['a manifest with a broken pattern', { ...connector, matches: [{ ...connector.matches[0], path: '(' }] }, 'failed'],
  ['a package.json that breaks off', '{"name": "pics", "media', 'failed'],
  ['a package.json that is a list', '[]', 'failed'],
  ['a plugin for a later version', { ...connector, engines: { mediafetcher: '>=7 <8' } }, 'incompatible'],
  ['a plugin for an earlier version', { ...connector, engines: { mediafetcher: '<0.1' } }, 'incompatible'],
] as const) {
  test(`${what} is ${state}, with a reason, and the rest works`, async (t) => {
    const registry = await load(t, { odd: content, good });
    const odd = stateOf(registry, 'odd');
    assert.equal(odd?.state, state);
    assert.match(odd.reason ?? '', /\w+ \w+/);
    assert.deepEqual(
      registry.connectors.map(({ id }) => id),
      ['good'],
    );
  });
}

test('a plugin that is switched off takes no address', async (t) => {
  const registry = await load(t, { pics: connector }, { disabled: ['pics'] });
  assert.equal(stateOf(registry, 'pics')?.state, 'disabled');
  assert.throws(() => registry.resolve('https://pics.example.com/p/7'), { code: 'MF_ERR_PLATFORM_OFF' });
  assert.throws(() => registry.resolve('https://other.example.com/p/7'), { code: 'MF_ERR_URL_UNSUPPORTED' });
  assert.equal(registry.resolve('https://pics.example.com/p/7', new Set()).key, 'pics:7');
});

test('in safe mode only what comes with MediaFetcher runs', async (t) => {
  const registry = await load(t, { pics: connector, '@mediafetcher/good': good }, { officialOnly: true });
  assert.match(stateOf(registry, 'pics')?.reason ?? '', /Safe mode/);
  assert.deepEqual(
    registry.connectors.map(({ id }) => id),
    ['good'],
  );
});

test('processors come in their order', async (t) => {
  const registry = await load(t, {
    last: processor('last'),
    third: processor('third', 30),
    first: processor('first', 1),
  });
  assert.deepEqual(
    registry.processors().map(({ id }) => id),
    ['first', 'third', 'last'],
  );
});

for (const [options, expected] of [
  [{}, { audioOnly: false }],
  [
    { audioOnly: true, size: 'small' },
    { audioOnly: true, size: 'small' },
  ],
  [{ audioOnly: 'yes' }, undefined],
  [{ size: 'huge' }, undefined],
  [{ unknown: 1 }, undefined],
  [{ audioOnly: null }, undefined],
] as const) {
  test(`the options ${JSON.stringify(options)} are ${expected === undefined ? 'refused' : 'taken'}`, async (t) => {
    const registry = await load(t, { pics: connector });
    if (expected !== undefined) assert.deepEqual(registry.options.validate('pics', 'post', options), expected);
    else assert.throws(() => registry.options.validate('pics', 'post', options), { code: 'MF_ERR_VALIDATION' });
  });
}

test('a connector without options takes none', async (t) => {
  const { options: _options, ...bare } = connector;
  const registry = await load(t, { pics: bare });
  assert.deepEqual(registry.options.validate('pics', 'post', {}), {});
  assert.throws(() => registry.options.validate('pics', 'post', { audioOnly: true }), { code: 'MF_ERR_VALIDATION' });
});
