import assert from 'node:assert/strict';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { loadConfig } from '../../../src/config.ts';
import type { Config } from '../../../src/config.ts';
import { loadSecrets } from '../../../src/features/system/secrets.ts';
import { makeDataDir } from '../../helpers/build-test-app.ts';
import type { Scope } from '../../helpers/build-test-app.ts';

const configOf = async (scope: Scope, env: Record<string, string> = {}): Promise<Config> =>
  loadConfig({ DATA_DIR: await makeDataDir(scope), ...env });

test('the first start makes a key that only the owner reads, and the next one uses it', async (t) => {
  const config = await configOf(t);
  // Two servers that start at once on one folder.
  const [first, second] = await Promise.all([loadSecrets(config), loadSecrets(config)]);
  const third = await loadSecrets(config);
  for (const secrets of [second, third]) assert.deepEqual(secrets.keyFor('vault'), first.keyFor('vault'));
  const { mode } = await stat(join(config.dataDir, 'secrets', 'secret-key'));
  assert.equal(mode & 0o777, 0o600);
});

test('each purpose has a key of its own, and each master key other ones', async (t) => {
  const one = await loadSecrets(await configOf(t, { SECRET_KEY: 'a-master-key-of-tests' }));
  const other = await loadSecrets(await configOf(t, { SECRET_KEY: 'another-key-of-tests' }));
  const keys = (['vault', 'access-token', 'worker-token'] as const).flatMap((purpose) =>
    [one, other].map((secrets) => secrets.keyFor(purpose).toString('hex')),
  );
  assert.equal(new Set(keys).size, 6);
});

for (const content of ['', '\n', 'short\n']) {
  test(`a key file that holds ${JSON.stringify(content)} is no key, and is not replaced`, async (t) => {
    const config = await configOf(t);
    await mkdir(join(config.dataDir, 'secrets'));
    await writeFile(join(config.dataDir, 'secrets', 'secret-key'), content);
    await assert.rejects(loadSecrets(config), /holds no key/);
  });
}
