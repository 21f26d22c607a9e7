import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { Assign, WorkerMessage } from '../../src/channel/messages.ts';
import type { WorkerOptions } from '../../src/worker/index.ts';
import { privateRootOf } from '../../src/worker/private-directory.ts';
import { isGroupAlive } from '../../src/worker/process-group.ts';
import { computeRunnerKey } from '../../src/worker/runner-key.ts';
import { makeMedia } from './helpers/media.ts';
import { until } from './helpers/until.ts';
import { createWorld } from './helpers/world.ts';
import type { World } from './helpers/world.ts';

const media = makeMedia();
const files = [{ from: media.picture, name: 'picture.jpg', kind: 'image' }];

interface Looked {
  readonly litter: boolean;
  readonly cwd: string;
  readonly mask: number;
  readonly pid: number;
}

interface WarmWorld extends World {
  /** Runs a job to its end; every call another job. */
  readonly run: (options: Record<string, unknown>, changes?: Partial<Assign>) => Promise<WorkerMessage>;
  /** Runs a job that looks around in its runner. */
  readonly look: (changes?: Partial<Assign>) => Promise<Looked>;
}

async function openWorld(t: TestContext, changes: Partial<WorkerOptions> = {}): Promise<WarmWorld> {
  const world = await createWorld(t, { warmMs: 600_000, resendMs: 600_000, ...changes });
  await world.start();
  let jobs = 0;
  const run: WarmWorld['run'] = async (options, jobChanges = {}) => {
    const jobId = (jobs += 1).toString(16).padStart(24, '0');
    world.server.send(world.assign({ files, ...options }, { jobId, ...jobChanges }));
    const ended = await Promise.race([
      world.server.next('staged', (message) => message.jobId === jobId),
      world.server.next('failed', (message) => message.jobId === jobId),
    ]);
    world.server.send({ type: 'ack', jobId, attempt: 1 });
    return ended;
  };
  return {
    ...world,
    run,
    async look(jobChanges) {
      const before = world.records.length;
      const { type } = await run({ act: 'look' }, jobChanges);
      assert.equal(type, 'staged');
      const record = world.records.slice(before).find(({ msg }) => msg === 'looked');
      // What the fixture writes.
      return record?.['plugin'] as Looked;
    },
  };
}

describe('a warm runner', { timeout: 600_000 }, () => {
  it('serves one job after the other, each in a folder of its own', async (t) => {
    const { look, options } = await openWorld(t);
    const [first, second] = [await look(), await look()];
    assert.equal(first.pid, second.pid);
    assert.notEqual(first.cwd, second.cwd);
    const root = await privateRootOf(options.dataDir, options.workerId);
    assert.deepEqual(await readdir(root), ['runner-1']);
  });

  it('begins each job with the surroundings of the first', async (t) => {
    const { run, look } = await openWorld(t);
    const first = await look();
    await run({ act: 'litter' });
    const { litter, mask, pid } = await look();
    assert.deepEqual({ litter, mask, pid }, { litter: false, mask: first.mask, pid: first.pid });
  });

  it('leaves no trace of itself in staging: a later attempt does not end its next job', async (t) => {
    const { look, mediaRoot } = await openWorld(t);
    const { pid } = await look();
    const names = await readdir(join(mediaRoot, 'tmp'), { recursive: true });
    assert.ok(names.length > 0);
    assert.ok(!names.some((name) => name.endsWith('.runner.json')));
    assert.equal(await isGroupAlive(pid), true);
  });

  const others: [what: string, changes: Partial<Assign>][] = [
    ['another account', { cookies: '# Netscape HTTP Cookie File\n' }],
    ['another proxy', { proxy: 'http://proxy.example:1' }],
    ['other headers', { headers: { 'x-wish': '1' } }],
  ];
  for (const [what, changes] of others) {
    it(`is not used for ${what}`, async (t) => {
      const { look } = await openWorld(t);
      const pids = [(await look()).pid, (await look(changes)).pid, (await look()).pid, (await look(changes)).pid];
      assert.equal(pids[0], pids[2]);
      assert.equal(pids[1], pids[3]);
      assert.notEqual(pids[0], pids[1]);
    });
  }

  it('gives way when the slots are full of others', async (t) => {
    const { look } = await openWorld(t, { slots: 1 });
    const { pid } = await look();
    const other = await look({ proxy: 'http://proxy.example:1' });
    assert.equal(await isGroupAlive(pid), false);
    assert.equal(await isGroupAlive(other.pid), true);
  });

  for (const act of ['timer', 'child']) {
    it(`is ended when its job leaves a ${act} behind`, async (t) => {
      const { run, look } = await openWorld(t);
      const { pid } = await look();
      assert.equal((await run({ act })).type, 'staged');
      assert.equal(await isGroupAlive(pid), false);
      assert.notEqual((await look()).pid, pid);
    });
  }

  it('gives a job back that an earlier one may have spoilt', async (t) => {
    const { run, look } = await openWorld(t);
    await run({ act: 'bomb' });
    const failed = await run({ act: 'victim' });
    assert.ok(failed.type === 'failed');
    assert.deepEqual([failed.errorCode, failed.requeue], ['MF_ERR_PLUGIN', true]);
    await look();
  });

  it('is ended with its job when that fails', async (t) => {
    const { run, look } = await openWorld(t);
    const { pid } = await look();
    assert.equal((await run({ act: 'stumble' })).type, 'failed');
    assert.equal(await isGroupAlive(pid), false);
  });

  it('is ended with its job when that is cancelled, and no other is', async (t) => {
    const { server, assign, look } = await openWorld(t);
    const other = await look({ proxy: 'http://proxy.example:1' });
    const { pid } = await look();
    const job = { jobId: 'c'.repeat(24), attempt: 1 };
    server.send(assign({ act: 'half', files }, job));
    await server.next('progress', ({ jobId, progress }) => jobId === job.jobId && progress > 30);
    server.send({ type: 'cancel', ...job, drop: true });
    await until(async () => !(await isGroupAlive(pid)));
    assert.equal(await isGroupAlive(other.pid), true);
    assert.equal((await look({ proxy: 'http://proxy.example:1' })).pid, other.pid);
  });

  it('goes when nothing comes', async (t) => {
    const { look, options } = await openWorld(t, { warmMs: 50 });
    const { pid } = await look();
    await until(async () => !(await isGroupAlive(pid)));
    const root = await privateRootOf(options.dataDir, options.workerId);
    await until(async () => (await readdir(root)).length === 0);
  });

  it('goes with its worker', async (t) => {
    const world = await createWorld(t, { warmMs: 600_000 });
    const { log: _, ...plain } = world.options;
    const script = join(import.meta.dirname, 'helpers/worker-process.ts');
    const worker = spawn(process.execPath, [script, JSON.stringify(plain)], { stdio: 'inherit' });
    t.after(() => worker.kill('SIGKILL'));
    await world.server.next('hello');
    world.server.send(world.assign({ files }));
    await world.server.next('staged');
    const [root = ''] = await readdir(join(world.options.dataDir, 'run'));
    const record = join(world.options.dataDir, 'run', root, 'runner-1/.runner.json');
    const { pid } = JSON.parse(await readFile(record, 'utf8')) as { pid: number };
    assert.equal(await isGroupAlive(pid), true);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    await until(async () => !(await isGroupAlive(pid)));
    await world.start();
    assert.equal(existsSync(record), false);
  });
});

describe('what two jobs must have in common to use one runner', () => {
  it('is told by a digest that changes with each part', async (t) => {
    const { assign, options } = await createWorld(t);
    const program = process.execPath;
    const plugins = join(options.dataDir, 'plugins');
    const plugin = join(plugins, 'of-its-own');
    await mkdir(plugin);
    const job = { ...assign({}), connector: { id: 'actor', package: plugin } };
    const key = (changes: Partial<Assign> = {}, ytDlp?: string): Promise<string> =>
      computeRunnerKey({ ...job, ...changes }, { toolPaths: ytDlp === undefined ? {} : { ytDlp } });
    const keys = [
      await key(),
      await key({ link: { ...job.link, platform: 'other' } }),
      await key({ connector: { id: 'actor', package: join(plugins, 'shrinker') } }),
      await key({ processors: [{ id: 'shrinker', package: join(plugins, 'shrinker') }] }),
      await key({ cookies: 'a jar' }),
      await key({ cookies: 'another jar' }),
      await key({ proxy: 'http://a.example' }),
      await key({ headers: { a: '1' } }),
      await key({}, program),
    ];
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(keys.every((each) => /^[0-9a-f]{64}$/.test(each)));
    assert.equal(await key(), await key({ jobId: 'f'.repeat(24), options: { other: true } }));
    const before = await key();
    await writeFile(join(plugin, 'package.json'), '{}');
    assert.notEqual(await key(), before, 'a plugin of another version');
  });
});
