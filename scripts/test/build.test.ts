import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { checkPlugin } from '@mediafetcher/sdk/testing';
import { buildPlugins } from '../build/plugins.ts';
import { buildServer } from '../build/server.ts';
import { ROOT } from '../steps.ts';

const dist = (path: string): string => join(ROOT, 'core/dist', path);

describe('the built server', () => {
  before(async () => {
    await buildServer();
  });

  it('has each folder of features/ and each file of external/ in its place', () => {
    const sources = globSync(['features/*/index.ts', 'external/*.ts'], { cwd: join(ROOT, 'core/src') });
    const missing = sources.filter((file) => !existsSync(dist(file.replace(/ts$/, 'js'))));
    assert.ok(sources.length > 10);
    assert.deepEqual(missing, []);
  });

  it('starts a runner with nothing of the server', () => {
    const { sources } = JSON.parse(readFileSync(dist('runner/main.js.map'), 'utf8')) as { sources: string[] };
    assert.ok(sources.some((path) => path.includes('/core/src/runner/') || path.includes('/src/runner/')));
    assert.deepEqual(
      sources.filter((path) => /node_modules|\/(?:features|external|worker|embedded-mongo)\//.test(path)),
      [],
    );
  });

  it('knows the roles', () => {
    const { status, stderr } = spawnSync(process.execPath, [dist('main.js'), 'nobody'], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /There is no role nobody/);
  });

  it('names the lines of the sources when something is thrown', () => {
    const env = { ...process.env, FFMPEG_PATH: 'not/absolute' };
    const script = `const { loadConfig } = await import(${JSON.stringify(pathToFileURL(dist('server.js')).href)}); loadConfig();`;
    const { stderr } = spawnSync(process.execPath, ['--enable-source-maps', '--input-type=module', '-e', script], {
      encoding: 'utf8',
      env,
    });
    assert.match(stderr, /core\/src\/config\.ts:\d+/);
  });
});

describe('the published form of a plugin', () => {
  before(async () => {
    await buildPlugins();
  });

  for (const manifest of globSync('plugins/*/*/package.json', { cwd: ROOT })) {
    const folder = dirname(manifest);
    it(`of ${folder} passes the host's check by itself, outside of the project`, async (t) => {
      const copy = mkdtempSync(join(tmpdir(), 'mediafetcher-plugin-'));
      t.after(() => rmSync(copy, { recursive: true, force: true }));
      cpSync(join(ROOT, folder, 'dist'), copy, { recursive: true });
      assert.deepEqual(await checkPlugin(pathToFileURL(join(copy, 'package.json'))), []);
    });
  }
});
