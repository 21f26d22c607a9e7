import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, readFile, symlink, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import test from 'node:test';
import { findMemoryRoot, leaveMemory, listMemoryRoots } from '../../src/worker/memory-directory.ts';
import {
  createPrivateDirectory,
  removePrivateDirectories,
  removePrivateRoot,
} from '../../src/worker/private-directory.ts';
import { makeFolder } from '../tools/temporary-folder.ts';

const job = { jobId: 'c'.repeat(24), attempt: 1 };

test('cookies lie in a 0600 file in folders of their owner alone, in memory where there is some', async (t) => {
  const dataDir = await makeFolder(t);
  const worker = { dataDir, workerId: 'one' };
  const own = await createPrivateDirectory(worker, job, 'the cookies');
  assert.ok(own.cookiesFile !== undefined && own.secrets !== undefined);
  assert.equal(await readFile(own.cookiesFile, 'utf8'), 'the cookies');
  assert.equal((await lstat(own.cookiesFile)).mode & 0o777, 0o600);
  for (let folder = own.secrets; !['/dev/shm', dataDir].includes(folder); folder = dirname(folder)) {
    if (folder === process.env['XDG_RUNTIME_DIR']) break;
    assert.equal((await lstat(folder)).mode & 0o077, 0, folder);
  }
  await removePrivateDirectories(own);
  assert.ok(!existsSync(own.secrets) && !existsSync(own.path));
  await removePrivateRoot(dataDir, worker.workerId);
  for (const root of listMemoryRoots(dataDir)) assert.ok(!existsSync(root), root);
});

test('a job without cookies has nothing in memory', async (t) => {
  const dataDir = await makeFolder(t);
  const own = await createPrivateDirectory({ dataDir, workerId: 'one' }, job, undefined);
  assert.deepEqual(own, { path: own.path });
  assert.ok(own.path.startsWith(dataDir));
});

test('a folder that others may enter, or that leads elsewhere, is not used', async (t) => {
  const dataDir = await makeFolder(t);
  t.after(async () => leaveMemory(dataDir));
  const root = await findMemoryRoot(dataDir);
  if (root === undefined) {
    t.skip('There is no memory to write to here.');
    return;
  }
  await chmod(root, 0o755);
  assert.notEqual(await findMemoryRoot(dataDir), root);
  await leaveMemory(dataDir);
  await mkdir(dirname(root), { recursive: true, mode: 0o700 });
  await symlink(dataDir, root);
  assert.notEqual(await findMemoryRoot(dataDir), root);
  await unlink(root);
});
