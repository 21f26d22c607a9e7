import assert from 'node:assert/strict';
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { areManagedToolsReady } from '../../../src/tools/managed/are-ready.ts';
import { isProgress } from '../../../src/tools/managed/environment-versions.ts';
import { parseIndexVersions } from '../../../src/tools/managed/newest-versions.ts';
import { ensureManagedTools, rollBackManagedTools, updateManagedTools } from '../../../src/tools/index.ts';
import type { UpdateOptions } from '../../../src/tools/index.ts';
import { makeFolder } from '../temporary-folder.ts';
import { startPackageIndex } from './package-index.ts';
import type { PackageIndex } from './package-index.ts';
import { writeLock, writeStandInPython } from './stand-in-python.ts';

const nothing = (): void => undefined;
const log = { debug: nothing, info: nothing, warn: nothing };
const OLD = { 'yt-dlp': '2026.10.26', 'gallery-dl': '1.32.18' };

for (const [what, text, version] of [
  [
    'the newest of a list in any order',
    'yt-dlp (2026.9.1)\nAvailable versions: 2026.9.1, 2026.11.20, 2026.10.26\n',
    '2026.11.20',
  ],
  ['no release before its time', 'x (1.0)\nAvailable versions: 2.0rc1, 2.0.dev3, 1.10, 1.9\n', '1.10'],
  ['nothing where nothing is listed', 'ERROR: No matching distribution', undefined],
] as const) {
  it(`the index tells of ${what}`, () => assert.equal(parseIndexVersions(text), version));
}

for (const [ytDlp, galleryDl, expected] of [
  ['2026.10.26', '1.32.18', false],
  ['2026.10.27', '1.32.18', true],
  ['2026.10.26', '1.33.0', true],
  ['2026.11.1', '1.32.17', false],
  ['2026.09.30', '1.33.0', false],
] as const) {
  it(`yt-dlp ${ytDlp} and gallery-dl ${galleryDl} are ${expected ? 'a step forward' : 'none'}`, () =>
    assert.equal(isProgress({ 'yt-dlp': ytDlp, 'gallery-dl': galleryDl }, OLD), expected));
}

interface Site {
  readonly options: UpdateOptions;
  readonly index: PackageIndex;
  readonly current: () => Promise<string>;
}

/** The tools of a lock file, made by a stand-in; updates use the real Python with an index of their own. */
async function makeSite(t: TestContext): Promise<Site> {
  const folder = await makeFolder(t);
  const dataDir = join(folder, 'data');
  const index = await startPackageIndex(t);
  const given = {
    PIP_INDEX_URL: index.url,
    PIP_RETRIES: '0',
    PIP_TIMEOUT: '20',
    PIP_NO_CACHE_DIR: '1',
    PIP_CONFIG_FILE: '/dev/null',
  };
  Object.assign(process.env, given);
  t.after(() => {
    for (const name of Object.keys(given)) Reflect.deleteProperty(process.env, name);
  });
  // The stand-in of before has no pip of its own: the real one asks the index for it.
  const python = await writeStandInPython(folder, {
    pip: 'if [ "$3" = index ]; then exec python3 "$@"; fi',
  });
  const lockFile = await writeLock(folder);
  await ensureManagedTools({ dataDir, log, lockFile, python });
  const options = { dataDir, log, lockFile };
  return { options, index, current: async () => readlink(join(dataDir, 'tools', 'current')) };
}

describe('keeping tools current', { concurrency: false }, () => {
  it('brings newer ones, keeps them over a restart, goes back by one call and leaves those versions alone then', async (t) => {
    const { options, index, current } = await makeSite(t);
    const before = await current();
    const to = { 'yt-dlp': '2026.11.20', 'gallery-dl': '1.33.0' };
    index.publish(
      { name: 'yt-dlp', version: '2026.11.20', lacksExtra: true },
      { name: 'gallery-dl', version: '1.33.0' },
    );
    assert.deepEqual(await updateManagedTools(options), { result: 'updated', from: OLD, to });
    const after = await current();
    assert.notEqual(after, before);
    assert.equal(await areManagedToolsReady(options.dataDir, options.lockFile), true);
    assert.equal((await ensureManagedTools({ ...options, python: '/nonexistent' })).installed, false);
    assert.equal(await current(), after);
    assert.equal((await updateManagedTools(options)).result, 'current');

    assert.deepEqual(await rollBackManagedTools(options), OLD);
    assert.equal(await current(), before);
    assert.equal((await updateManagedTools(options)).result, 'held');
    assert.equal((await updateManagedTools({ ...options, byHand: true })).result, 'updated');
    assert.equal(await current(), after);
  });

  it('changes nothing when the new ones fail the sample or the index is not there', async (t) => {
    const { options, index, current } = await makeSite(t);
    const before = await current();
    index.publish({ name: 'yt-dlp', version: '2026.11.20', broken: true }, { name: 'gallery-dl', version: '1.32.18' });
    await assert.rejects(updateManagedTools(options), { code: 'MF_ERR_INTERNAL', message: /does not bring a sample/ });
    assert.equal(await current(), before);
    await index.close();
    assert.deepEqual(await updateManagedTools(options), { result: 'offline', from: OLD, to: OLD });
    assert.equal(await current(), before);
    await assert.rejects(rollBackManagedTools(options), { code: 'MF_ERR_STATE' });
  });
});
