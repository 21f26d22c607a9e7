import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { realDisk } from '../../../src/features/media/disk.ts';

const folder = await mkdtemp(join(tmpdir(), 'mf-disk-'));
const elsewhere = await mkdtemp('/dev/shm/mf-disk-').catch(() => undefined);
after(async () => {
  for (const made of [folder, elsewhere]) if (made !== undefined) await rm(made, { recursive: true, force: true });
});
const isOther = elsewhere !== undefined && (await stat(elsewhere)).dev !== (await stat(folder)).dev;

test('a file moves to another file system whole, over what has its name', { skip: !isOther }, async () => {
  const from = join(elsewhere ?? '', 'file');
  const to = join(folder, 'moved');
  await writeFile(from, 'whole');
  await writeFile(to, 'half a file of a crash');
  await realDisk.move(from, to);
  assert.equal(await readFile(to, 'utf8'), 'whole');
  assert.deepEqual([await readdir(elsewhere ?? ''), await readdir(folder)], [[], ['moved']]);
});

test('taking a file aside is refused where that is another file system', { skip: !isOther }, async () => {
  const from = join(folder, 'stays');
  await writeFile(from, 'x');
  await assert.rejects(realDisk.tryRename(from, join(elsewhere ?? '', 'aside')), { code: 'EXDEV' });
  assert.equal(await readFile(from, 'utf8'), 'x');
});

test('nothing to move is no error, a folder that is missing is one', async () => {
  assert.equal(await realDisk.tryRename(join(folder, 'none'), join(folder, 'aside')), false);
  await writeFile(join(folder, 'there'), 'x');
  await assert.rejects(realDisk.tryRename(join(folder, 'there'), join(folder, 'no', 'aside')), { code: 'ENOENT' });
});

test('a folder that refuses to be synced does not matter, one that is gone does', async () => {
  // A device of the kernel takes no sync, as some shares do not.
  await realDisk.syncFolder('/dev/null');
  await assert.rejects(realDisk.syncFolder(join(folder, 'gone')), { code: 'ENOENT' });
});
