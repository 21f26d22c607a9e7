import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createRunnerPool } from '../../src/worker/runner-pool.ts';
import type { PooledRunner, RunnerPool } from '../../src/worker/runner-pool.ts';
import { findProgram } from './helpers/find-program.ts';
import { makeMedia } from './helpers/media.ts';

const media = makeMedia();
const nothing = async (): Promise<void> => undefined;

interface TestPool extends RunnerPool {
  /** Takes a runner and lets it do something, so that it has a job to be done with. */
  readonly use: (key: string) => Promise<PooledRunner>;
}

async function openPool(t: TestContext): Promise<TestPool> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mf-pool-'));
  const pool = createRunnerPool({ dataDir, workerId: 'worker-1', slots: 1, warmMs: 600_000 });
  t.after(async () => {
    await pool.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const use = async (key: string): Promise<PooledRunner> => {
    const runner = await pool.take(key);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    runner.listen({ onMessage: resolve, onMisbehaviour: resolve });
    const toolPaths = { ffmpeg: findProgram('ffmpeg'), ffprobe: findProgram('ffprobe') };
    const places = { source: media.picture, stagingDirectory: dataDir, stateDirectory: dataDir };
    runner.send({ type: 'make-thumbnails', task: { kind: 'image', toolPaths, ...places } });
    await promise;
    return runner;
  };
  return { ...pool, use };
}

test('a runner that waits serves the next job of its key', async (t) => {
  const pool = await openPool(t);
  const first = await pool.use('a');
  assert.equal(await pool.giveBack(first, nothing), true);
  const second = await pool.take('a');
  assert.equal(second.pid, first.pid);
  await second.end();
});

test('a runner that is just being ended is given to nobody', async (t) => {
  const pool = await openPool(t);
  const first = await pool.use('a');
  await pool.giveBack(first, nothing);
  // The second job of its key comes while the first runner makes room for another key.
  const [other, again] = await Promise.all([pool.take('b'), pool.take('a')]);
  assert.notEqual(again.pid, first.pid);
  await Promise.all([other.end(), again.end()]);
});

test('a runner whose job cannot be put to rest is ended', async (t) => {
  const pool = await openPool(t);
  const first = await pool.use('a');
  const refuse = async (): Promise<void> => Promise.reject(new Error('The share is gone.'));
  assert.equal(await pool.giveBack(first, refuse), true);
  const second = await pool.take('a');
  assert.notEqual(second.pid, first.pid);
  await second.end();
});

/** Kills every process that this one starts, as soon as it is there. */
async function killChildren(until: AbortSignal): Promise<void> {
  const killed = new Set<number>();
  while (!until.aborted) {
    const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
    for (const pid of children.split(' ').map(Number)) {
      if (pid === 0 || killed.has(pid)) continue;
      killed.add(pid);
      process.kill(pid, 'SIGKILL');
    }
  }
}

test('a runner that is killed while it starts is told by its exit, like any other', async (t) => {
  const pool = await openPool(t);
  const enough = new AbortController();
  const killing = killChildren(enough.signal);
  t.after(() => enough.abort());
  for (let round = 0; round < 10; round += 1) {
    const runner = await pool.take(String(round));
    assert.equal((await runner.exited).signal, 'SIGKILL');
  }
  enough.abort();
  await killing;
});
