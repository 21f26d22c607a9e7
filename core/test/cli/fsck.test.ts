import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { buildTestApp, listenTestApp, makeDataDir } from '../helpers/build-test-app.ts';
import { mediafetcher } from '../helpers/cli.ts';
import { admit } from '../helpers/library.ts';
import { addPerson } from '../helpers/people.ts';
import { pictureOf } from '../helpers/samples.ts';

test('fsck asks the running server through a socket that only its owner may open, and alone works on the database', async (t) => {
  const dataDir = await makeDataDir(t);
  const { app } = await listenTestApp(t, { DATA_DIR: dataDir });
  const { id } = await addPerson(app, 'ann');
  await admit(app, id, 'tiktok:1', [await pictureOf(1)]);
  assert.equal((await stat(join(dataDir, 'admin.sock'))).mode & 0o777, 0o600);
  const well = await mediafetcher(dataDir, 'fsck');
  assert.deepEqual(well, {
    code: 0,
    stdout: '1 links, 1 posts, 1 media, 1 files: 0 differences, 0 left.\n',
    stderr: '',
  });
  await writeFile(join(app.system.mediaRoot.final, 'holiday.jpg'), 'x');
  const found = await mediafetcher(dataDir, 'fsck', '--verify-hashes');
  assert.equal(found.code, 1);
  assert.match(found.stdout, /^left {2}file-unknown {2}final\/holiday\.jpg /);
  await app.close();
  const repaired = await mediafetcher(dataDir, 'fsck', '--repair', '--json');
  assert.equal(repaired.code, 0, repaired.stderr);
  const { left, differences } = JSON.parse(repaired.stdout) as { left: number; differences: { repaired: boolean }[] };
  assert.deepEqual([left, differences.map((difference) => difference.repaired)], [0, [true]]);
});

test('a server whose share is gone says so to the command', async (t) => {
  const dataDir = await makeDataDir(t);
  const app = await buildTestApp(t, { DATA_DIR: dataDir });
  await app.close();
  await writeFile(join(dataDir, 'media', '.mediafetcher'), 'another share');
  const { code, stderr } = await mediafetcher(dataDir, 'fsck');
  assert.deepEqual([code, stderr.split(':')[0]], [2, 'MF_ERR_MOUNT_MISSING']);
});

test('commands say what they do, and which do not exist', async (t) => {
  const dataDir = await makeDataDir(t);
  const [all, one, none, flag] = await Promise.all([
    mediafetcher(dataDir, '--help'),
    mediafetcher(dataDir, 'fsck', '--help'),
    mediafetcher(dataDir, 'frobnicate'),
    mediafetcher(dataDir, 'fsck', '--loud'),
  ]);
  assert.match(all.stdout, /fsck [^]*\n {2}status /);
  assert.match(one.stdout, /--repair .*\n.*--verify-hashes /);
  assert.deepEqual([all.code, one.code, none.code, flag.code], [0, 0, 2, 2]);
});
