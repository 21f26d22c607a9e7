import assert from 'node:assert/strict';
import test from 'node:test';
import { listenTestApp, makeDataDir } from '../helpers/build-test-app.ts';
import { mediafetcher } from '../helpers/cli.ts';

test('plugins are listed and switched beside a server, at once, and without one', async (t) => {
  const dataDir = await makeDataDir(t);
  const { app } = await listenTestApp(t, { DATA_DIR: dataDir });
  const disabled = await mediafetcher(dataDir, 'plugin', 'disable', 'tiktok');
  assert.deepEqual([disabled.code, disabled.stdout], [0, 'tiktok               disabled     It is switched off.\n']);
  assert.deepEqual([...(await app.plugins.off())], ['tiktok']);
  const none = await mediafetcher(dataDir, 'plugin', 'enable', 'vine');
  assert.deepEqual([none.code, none.stderr], [2, 'MF_ERR_UNKNOWN: There is no plugin vine.\n']);
  await app.close();

  const listed = await mediafetcher(dataDir, 'plugin', 'list', '--json');
  const rows = JSON.parse(listed.stdout) as { id: string; state: string }[];
  const stateOf = (id: string) => rows.find((row) => row.id === id)?.state;
  assert.deepEqual(['instagram', 'ffmpeg-h264', 'tiktok'].map(stateOf), ['active', 'active', 'disabled']);
});
