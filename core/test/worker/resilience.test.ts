import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { startAttempt } from '../../src/worker/attempt.ts';
import { createRunnerPool } from '../../src/worker/runner-pool.ts';
import { isGroupAlive } from '../../src/worker/process-group.ts';
import { makeMedia } from './helpers/media.ts';
import { until } from './helpers/until.ts';
import { JOB, createWorld } from './helpers/world.ts';
import type { World } from './helpers/world.ts';

const media = makeMedia();
const video = { from: media.video, name: 'video.mp4', kind: 'video' };
const half = { act: 'half', files: [video] };
const first = { jobId: JOB, attempt: 1 };

/** The plugin has its partial file and its child, and waits. */
const isHalfWay = ({ progress }: { progress: number }): boolean => progress > 30;

async function startHalfWay(world: World, act = 'half'): Promise<number> {
  await world.start();
  world.server.send(world.assign({ ...half, act }));
  await world.server.next('progress', isHalfWay);
  return world.group(1);
}

describe('a worker when things go wrong', { timeout: 600_000 }, () => {
  it('gives a job back whose runner was killed, and leaves none of its processes', async (t) => {
    const world = await createWorld(t);
    const group = await startHalfWay(world);
    process.kill(group, 'SIGKILL');
    const failed = await world.server.next('failed');
    assert.equal(failed.requeue, true);
    assert.equal(await isGroupAlive(group), false);
    assert.ok(existsSync(join(world.staging(1), 'video.mp4.part')));
  });

  const ends: [signal: string, requeue: boolean | undefined][] = [
    ['KILL', true],
    ['TERM', true],
    ['SEGV', undefined],
  ];
  for (const [signal, requeue] of ends) {
    it(`${requeue === true ? 'gives a job back' : 'fails a job'} whose tool ends by SIG${signal}`, async (t) => {
      const world = await createWorld(t);
      const ffprobe = join(world.options.dataDir, 'ffprobe');
      await writeFile(ffprobe, `#!/bin/sh\nkill -${signal} $$\n`, { mode: 0o755 });
      Object.assign(world.options, { toolPaths: { ...world.options.toolPaths, ffprobe } });
      await world.start();
      world.server.send(world.assign({ files: [{ from: media.sound, name: 'sound.mp3', kind: 'audio' }] }));
      const failed = await world.server.next('failed');
      assert.equal(failed.requeue, requeue, failed.message);
      assert.equal(/from outside/.test(failed.message), requeue === true, failed.message);
    });
  }

  it('takes its runners with it when it is killed', async (t) => {
    const { server, options, assign, group } = await createWorld(t);
    const { log: _, ...plain } = options;
    const script = join(import.meta.dirname, 'helpers/worker-process.ts');
    const worker = spawn(process.execPath, [script, JSON.stringify(plain)], { stdio: 'inherit' });
    t.after(() => worker.kill('SIGKILL'));
    await server.next('hello');
    server.send(assign(half));
    await server.next('progress', isHalfWay);
    const pid = await group(1);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    await until(async () => !(await isGroupAlive(pid)));
  });

  it('ends at its next start what did not notice that it was killed', async (t) => {
    const { server, options, assign, group, start } = await createWorld(t);
    const { log: _, ...plain } = options;
    const script = join(import.meta.dirname, 'helpers/worker-process.ts');
    const worker = spawn(process.execPath, [script, JSON.stringify(plain)], { stdio: 'inherit' });
    t.after(() => worker.kill('SIGKILL'));
    await server.next('hello');
    server.send(assign({ act: 'spin' }));
    await server.next('progress', ({ stage }) => stage === 'fetch');
    const pid = await group(1);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    assert.equal(await isGroupAlive(pid), true);
    await start();
    assert.equal(await isGroupAlive(pid), false);
  });

  it('sends a result on every new connection until it is acknowledged', async (t) => {
    const { server, start, assign } = await createWorld(t, { resendMs: 60_000 });
    await start();
    server.send(assign({ files: [video] }));
    const staged = await server.next('staged');
    server.drop();
    const hello = await server.next('hello');
    assert.deepEqual(hello.running, [first]);
    assert.deepEqual(await server.next('staged'), staged);
    server.send({ type: 'ack', ...first });
    await server.next('heartbeat', ({ running }) => running.length === 0);
    server.drop();
    assert.deepEqual((await server.next('hello')).running, []);
  });

  it('sends a result again and again on one connection until it is acknowledged', async (t) => {
    const { server, start, assign } = await createWorld(t, { resendMs: 50 });
    await start();
    server.send(assign({ files: [video] }));
    const staged = await server.next('staged');
    assert.deepEqual(await server.next('staged'), staged);
    assert.deepEqual(await server.next('staged'), staged);
  });

  it('sends after a restart what it had finished before', async (t) => {
    const { server, start, assign } = await createWorld(t);
    const worker = await start();
    server.send(assign({ files: [video] }));
    const staged = await server.next('staged');
    await worker.close({ drain: false });
    await start();
    assert.deepEqual(await server.next('staged'), staged);
  });

  it('does not run a job twice that is assigned twice', async (t) => {
    const world = await createWorld(t);
    const group = await startHalfWay(world);
    await world.server.next('accepted');
    world.server.send(world.assign(half));
    await world.server.next('accepted');
    assert.equal(await world.group(1), group);
    assert.equal(await isGroupAlive(group), true);
  });

  it('does not run a job again whose end has been acknowledged', async (t) => {
    const { server, start, assign } = await createWorld(t);
    await start();
    server.send(assign({ files: [video] }));
    await server.next('staged');
    server.send({ type: 'ack', ...first });
    server.send(assign({ files: [video] }));
    server.send(assign({ files: [video] }, { jobId: 'b'.repeat(24) }));
    assert.equal((await server.next('staged', ({ jobId }) => jobId !== JOB)).jobId, 'b'.repeat(24));
    const accepted = server.received.filter((message) => message.type === 'accepted' && message.jobId === JOB);
    assert.equal(accepted.length, 1);
  });

  it('ignores what is said to another attempt', async (t) => {
    const world = await createWorld(t);
    const group = await startHalfWay(world);
    await world.server.next('accepted');
    world.server.send({ type: 'cancel', jobId: JOB, attempt: 2, drop: true });
    world.server.send({ type: 'pause', jobId: JOB, attempt: 3 });
    world.server.send(world.assign(half));
    await world.server.next('accepted');
    assert.equal(await isGroupAlive(group), true);
  });

  it('pauses a job and goes on later with its partial files', async (t) => {
    const world = await createWorld(t);
    const group = await startHalfWay(world, 'stubborn');
    world.server.send({ type: 'pause', ...first });
    await world.server.next('paused');
    assert.equal(await isGroupAlive(group), false);
    world.server.send({ type: 'ack', ...first });

    world.server.send(world.assign(half, { attempt: 2 }));
    await world.server.next('staged', ({ attempt }) => attempt === 2);
    const resumed = world.records.find(({ msg }) => msg === 'resumed')?.['plugin'] as { before: string };
    assert.equal(resumed.before, `half of ${group}`);
    assert.deepEqual(await readdir(join(world.mediaRoot, 'tmp', JOB)), ['2']);
  });

  it('throws the files of a dropped job away', async (t) => {
    const world = await createWorld(t);
    const group = await startHalfWay(world);
    world.server.send({ type: 'cancel', ...first, drop: true });
    await world.server.next('heartbeat', ({ running }) => running.length === 0);
    assert.equal(await isGroupAlive(group), false);
    assert.deepEqual(await readdir(join(world.mediaRoot, 'tmp')), []);
  });

  it('keeps the files of a job that is cancelled without dropping it', async (t) => {
    const world = await createWorld(t);
    await startHalfWay(world);
    world.server.send({ type: 'cancel', ...first, drop: false });
    await world.server.next('heartbeat', ({ running }) => running.length === 0);
    assert.ok(existsSync(join(world.staging(1), 'video.mp4.part')));
  });

  it('drops a result that nobody wants any more', async (t) => {
    const { server, start, assign, mediaRoot } = await createWorld(t);
    await start();
    server.send(assign({ files: [video] }));
    await server.next('staged');
    server.send({ type: 'cancel', ...first, drop: true });
    await until(async () => (await readdir(join(mediaRoot, 'tmp'))).length === 0);
  });

  it('ends an attempt when the server has begun another', async (t) => {
    const world = await createWorld(t);
    const group = await startHalfWay(world);
    world.server.send(world.assign(half, { attempt: 2 }));
    await world.server.next('staged', ({ attempt }) => attempt === 2);
    assert.equal(await isGroupAlive(group), false);
  });

  it('starts fresh when an earlier attempt may still run on another machine', async (t) => {
    const world = await createWorld(t);
    await mkdir(world.staging(1), { recursive: true });
    await writeFile(join(world.staging(1), 'video.mp4.part'), 'half of elsewhere');
    const record = {
      pid: 4_000_000,
      startTime: '1',
      hostname: 'elsewhere',
      bootId: 'x',
      pidNamespace: 'y',
      workerId: 'worker-2',
    };
    await writeFile(join(world.staging(1), '.runner.json'), JSON.stringify(record));
    await world.start();
    world.server.send(world.assign(half, { attempt: 2 }));
    await world.server.next('progress', isHalfWay);
    assert.equal(await readFile(join(world.staging(1), 'video.mp4.part'), 'utf8'), 'half of elsewhere');
    assert.equal(await readFile(join(world.staging(2), 'video.mp4.part'), 'utf8'), `half of ${await world.group(2)}`);
  });

  it('kills its runners when the server is silent for half the lease', async (t) => {
    const { server, start, assign, group } = await createWorld(t);
    await start();
    server.send(assign(half, { leaseMs: 3_000 }));
    await server.next('progress', isHalfWay);
    const pid = await group(1);
    await server.shut();
    await until(async () => !(await isGroupAlive(pid)));
    await server.open();
    assert.equal((await server.next('failed')).requeue, true);
  });

  it('renews leases by heartbeats that name the jobs in hand', async (t) => {
    const { server, start, assign } = await createWorld(t);
    await start();
    server.send(assign(half, { leaseMs: 1_000 }));
    assert.deepEqual((await server.next('heartbeat', ({ running }) => running.length === 1)).running, [first]);
  });

  it('gives all jobs back when it is drained, and is gone then', async (t) => {
    const world = await createWorld(t);
    const worker = await world.start();
    world.server.send(world.assign({ ...half, act: 'stubborn' }));
    await world.server.next('progress', isHalfWay);
    const group = await world.group(1);
    const closed = worker.close({ drain: true });
    const failed = await world.server.next('failed');
    assert.equal(failed.requeue, true);
    assert.equal(await isGroupAlive(group), false);
    world.server.send({ type: 'ack', ...first });
    await closed;
    assert.ok(existsSync(join(world.staging(1), 'video.mp4.part')));
  });

  it('refuses cookies that came unencrypted from another machine', async (t) => {
    const { options, assign, mediaRoot } = await createWorld(t);
    const attempt = startAttempt(
      assign({ files: [video] }, { cookies: '# Netscape' }),
      { ...options, serverUrl: 'ws://server.example/worker', log: pino({ level: 'silent' }) },
      createRunnerPool(options),
      { onProgress: () => undefined, onResolved: () => undefined, onListed: () => undefined },
    );
    const outcome = await attempt.outcome;
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.failure.message, /unencrypted/);
    assert.ok(!existsSync(join(mediaRoot, 'tmp')));
  });
});
