import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { privateRootOf, secretRootOf } from '../../src/worker/private-directory.ts';
import { isGroupAlive } from '../../src/worker/process-group.ts';
import { makeMedia } from './helpers/media.ts';
import { TOKEN } from './helpers/test-server.ts';
import { JOB, createWorld } from './helpers/world.ts';

const media = makeMedia();
const files = [{ from: media.video, name: 'video.mp4', kind: 'video' }];
const other = 'b'.repeat(24);
const isHalfWay = ({ progress }: { progress: number }): boolean => progress > 30;

describe('a worker that leaves', { timeout: 600_000 }, () => {
  it('makes no new connection while it drains', async (t) => {
    const { server, start, assign } = await createWorld(t);
    const worker = await start();
    server.send(assign({ act: 'stubborn', files }));
    await server.next('progress', isHalfWay);
    const closed = worker.close({ drain: true });
    server.drop();
    await closed;
    assert.equal(server.received.filter(({ type }) => type === 'hello').length, 1);
  });

  it('gives back what waits for a slot', async (t) => {
    const { server, start, assign } = await createWorld(t, { slots: 1, resendMs: 60_000 });
    const worker = await start();
    server.send(assign({ act: 'stubborn', files }, { leaseMs: 2_000 }));
    await server.next('progress', isHalfWay);
    server.send({ type: 'pause', jobId: JOB, attempt: 1 });
    server.send(assign({ files }, { jobId: other }));
    await server.next('heartbeat', ({ running }) => running.some(({ jobId }) => jobId === other));
    const closed = worker.close({ drain: true });
    const { jobId, requeue } = await server.next('failed');
    assert.deepEqual({ jobId, requeue }, { jobId: other, requeue: true });
    await server.next('paused');
    await closed;
  });

  it('ends with its jobs and without a word when the server that forked it is gone', async (t) => {
    const { server, options, assign, group } = await createWorld(t);
    const { dataDir, mediaRoot, workerId } = options;
    const child = fork(join(import.meta.dirname, '../../src/main.ts'), ['worker'], {
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'],
        SERVER_URL: server.url,
        WORKER_TOKEN: TOKEN,
        WORKER_ID: workerId,
        DATA_DIR: dataDir,
        MEDIA_ROOT: mediaRoot,
      },
    });
    t.after(() => child.kill('SIGKILL'));
    await server.next('hello');
    server.send(assign({ act: 'stubborn', files }));
    await server.next('progress', isHalfWay);
    const pid = await group(1);
    const exited = once(child, 'exit');
    child.disconnect();
    assert.deepEqual(await exited, [0, null]);
    assert.equal(await isGroupAlive(pid), false);
    assert.ok(!server.received.some(({ type }) => type === 'failed'));
    assert.deepEqual(await readdir(join(dataDir, 'run')), []);
  });

  it('has its private folder swept by whichever worker starts next, once it is dead', async (t) => {
    const { options, start } = await createWorld(t);
    const secrets = await secretRootOf(options.dataDir, 'neighbour');
    const dead = [join(options.dataDir, 'run'), dirname(secrets)].map((root) =>
      join(root, `elsewhere.${process.pid}-1`),
    );
    const living = [await privateRootOf(options.dataDir, 'neighbour'), secrets];
    t.after(() => rm(dirname(secrets), { recursive: true, force: true }));
    for (const root of [...dead, ...living]) {
      await mkdir(join(root, `${JOB}-1`), { recursive: true });
      await writeFile(join(root, `${JOB}-1`, 'cookies.txt'), '# Netscape');
    }
    const worker = await start();
    assert.deepEqual(dead.map(existsSync), [false, false]);
    await worker.close({ drain: false });
    for (const root of living) assert.ok(existsSync(join(root, `${JOB}-1`, 'cookies.txt')));
  });
});
