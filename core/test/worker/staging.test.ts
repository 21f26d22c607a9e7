import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import type { GroupRecord } from '../../src/worker/process-group.ts';
import { describeGroup, isGroupAlive, killGroup } from '../../src/worker/process-group.ts';
import {
  checkSentinel,
  prepareStaging,
  removeStaging,
  stagingDirectoryOf,
  writeGroupRecord,
} from '../../src/worker/staging.ts';

const jobId = 'c'.repeat(24);
const log = pino({ level: 'silent' });

async function createRoot(t: TestContext): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'mf-staging-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  return root;
}

/** An attempt's directory with a partial file, and who is said to work there. */
async function leaveAttempt(root: string, attempt: number, record?: GroupRecord): Promise<void> {
  const directory = stagingDirectoryOf(root, { jobId, attempt });
  await mkdir(join(directory, '.thumbs'), { recursive: true });
  await writeFile(join(directory, 'video.part'), `of ${attempt}`);
  if (record !== undefined) await writeGroupRecord(directory, record);
}

/** A group of two processes that runs until it is killed. */
async function startGroup(t: TestContext): Promise<GroupRecord> {
  const child = spawn('sh', ['-c', 'sleep 600 & wait'], { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error('It has started.');
  const record = await describeGroup(child.pid, 'worker-1');
  t.after(() => killGroup(record.pid));
  return record;
}

describe('a staging directory', { timeout: 30_000 }, () => {
  it('takes over what the last attempt left, and sweeps the earlier ones', async (t) => {
    const root = await createRoot(t);
    for (const attempt of [1, 2, 10]) await leaveAttempt(root, attempt);
    const directory = await prepareStaging(root, { jobId, attempt: 11 }, 'worker-1', log);
    assert.equal(await readFile(join(directory, 'video.part'), 'utf8'), 'of 10');
    assert.deepEqual(await readdir(directory), ['video.part']);
    assert.deepEqual(await readdir(join(root, 'tmp', jobId)), ['11']);
  });

  it('is taken over only after the group that worked there has been killed', async (t) => {
    const root = await createRoot(t);
    const record = await startGroup(t);
    await leaveAttempt(root, 1, record);
    await prepareStaging(root, { jobId, attempt: 2 }, 'worker-2', log);
    assert.equal(await isGroupAlive(record.pid), false);
    assert.ok(existsSync(join(root, 'tmp', jobId, '2', 'video.part')));
  });

  it('never costs a process that has got the number of a dead one', async (t) => {
    const root = await createRoot(t);
    const record = await startGroup(t);
    await leaveAttempt(root, 1, { ...record, startTime: '1' });
    await prepareStaging(root, { jobId, attempt: 2 }, 'worker-1', log);
    assert.equal(await isGroupAlive(record.pid), true);
    assert.ok(existsSync(join(root, 'tmp', jobId, '2', 'video.part')));
  });

  const others: [what: string, changes: Partial<GroupRecord>, taken: boolean][] = [
    ['is taken over after a restart of the machine', { bootId: 'another' }, true],
    ['is taken over after a restart of the container', { pidNamespace: 'another' }, true],
    ['is left alone when another host may work there', { bootId: 'another', hostname: 'another' }, false],
    ['is left alone when another worker may work there', { pidNamespace: 'another', workerId: 'another' }, false],
  ];
  for (const [what, changes, taken] of others) {
    it(what, async (t) => {
      const root = await createRoot(t);
      const record = await describeGroup(process.pid, 'worker-1');
      await leaveAttempt(root, 1, { ...record, ...changes });
      await prepareStaging(root, { jobId, attempt: 2 }, 'worker-1', log);
      assert.equal(existsSync(join(root, 'tmp', jobId, '2', 'video.part')), taken);
      assert.equal(existsSync(join(root, 'tmp', jobId, '1', 'video.part')), !taken);
    });
  }

  it('is left alone when its record is damaged', async (t) => {
    const root = await createRoot(t);
    await leaveAttempt(root, 1);
    await writeFile(join(root, 'tmp', jobId, '1', '.runner.json'), '{"pid":');
    await prepareStaging(root, { jobId, attempt: 2 }, 'worker-1', log);
    assert.ok(existsSync(join(root, 'tmp', jobId, '1', 'video.part')));
  });

  it('goes with the folder of its job when it was the last', async (t) => {
    const root = await createRoot(t);
    await leaveAttempt(root, 1);
    await leaveAttempt(root, 2);
    await removeStaging(root, { jobId, attempt: 1 });
    assert.deepEqual(await readdir(join(root, 'tmp', jobId)), ['2']);
    await removeStaging(root, { jobId, attempt: 2 });
    assert.deepEqual(await readdir(join(root, 'tmp')), []);
  });

  it('is refused without the sentinel', async (t) => {
    const root = await createRoot(t);
    await assert.rejects(checkSentinel(root), { code: 'MF_ERR_MOUNT_MISSING' });
    await writeFile(join(root, '.mediafetcher'), 'id');
    await checkSentinel(root);
  });
});
