import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { privateRootOf, secretRootOf } from '../../src/worker/private-directory.ts';
import { isGroupAlive } from '../../src/worker/process-group.ts';
import { makeMedia } from './helpers/media.ts';
import { JOB, createWorld } from './helpers/world.ts';

const media = makeMedia();
const video = { from: media.video, name: 'video.mp4', kind: 'video' };
const picture = { from: media.picture, name: 'picture.jpg', kind: 'image' };
const sound = { from: media.sound, name: 'sound.mp3', kind: 'audio' };
const ack = { type: 'ack', jobId: JOB, attempt: 1 } as const;

describe('a worker with a job', { timeout: 600_000 }, () => {
  it('stages the post with hashes, thumbnails and honest progress', async (t) => {
    const { server, start, assign, staging } = await createWorld(t);
    await start();
    server.send(assign({ files: [video, picture, sound] }));
    await server.next('accepted');
    const { result } = await server.next('staged');
    server.send(ack);

    assert.equal(result.key, 'stage:one');
    assert.deepEqual(result.post, { postId: 'one', title: 'A post', author: { handle: 'someone' } });
    assert.deepEqual(
      result.items.map(({ kind, path, width, height, engine }) => ({ kind, path, width, height, engine })),
      [
        { kind: 'video', path: 'video.mp4', width: 320, height: 240, engine: 'actor' },
        { kind: 'image', path: 'picture.jpg', width: 640, height: 480, engine: 'actor' },
        { kind: 'audio', path: 'sound.mp3', width: undefined, height: undefined, engine: 'actor' },
      ],
    );
    for (const { path, sha256, size, thumbnails } of result.items) {
      const bytes = await readFile(join(staging(1), path));
      assert.equal(sha256, createHash('sha256').update(bytes).digest('hex'));
      assert.equal(size, bytes.length);
      for (const thumbnail of thumbnails) assert.ok(existsSync(join(staging(1), thumbnail.path)));
    }
    assert.deepEqual(
      result.items.map(({ thumbnails }) => thumbnails.map(({ width }) => width)),
      [[240], [240, 480], []],
    );
    const progress = server.received.filter((message) => message.type === 'progress');
    const figures = progress.map((message) => message.progress);
    assert.deepEqual(
      figures,
      figures.toSorted((a, b) => a - b),
    );
    assert.deepEqual(
      [...new Set(progress.map(({ stage }) => stage))],
      ['probe', 'fetch', 'verify', 'process', 'store'],
    );
    assert.equal(figures.at(-1), 95);
  });

  it('leaves no process, no cookies and no private folder behind', async (t) => {
    const { server, start, assign, group, options, records } = await createWorld(t);
    await start();
    server.send(assign({ act: 'peek', files: [video] }, { cookies: '# Netscape\n.stage.tv\tsecret' }));
    const { result } = await server.next('staged');
    assert.equal(result.usedCookies, true);
    assert.equal(await isGroupAlive(await group(1)), false);
    assert.deepEqual(await readdir(await privateRootOf(options.dataDir, options.workerId)), []);
    const secrets = await secretRootOf(options.dataDir, options.workerId);
    assert.deepEqual(await readdir(secrets), []);
    const seen = records.find(({ msg }) => msg === 'peeked')?.['plugin'] as Record<string, unknown>;
    assert.equal(seen['cookies'], '# Netscape\n.stage.tv\tsecret');
    assert.ok(String(seen['cookiesFile']).startsWith(secrets));
  });

  it('keeps secrets of the environment from plugin code', async (t) => {
    process.env['SECRET_KEY'] = 'a secret';
    t.after(() => delete process.env['SECRET_KEY']);
    const { server, start, assign, records } = await createWorld(t);
    await start();
    server.send(assign({ act: 'peek', files: [video] }));
    await server.next('staged');
    const seen = records.find(({ msg }) => msg === 'peeked')?.['plugin'] as { environment: string[] };
    assert.ok(seen.environment.includes('PATH'));
    assert.ok(!seen.environment.includes('SECRET_KEY'));
  });

  it('gives items to the processors that accept them', async (t) => {
    const { server, start, assign, options } = await createWorld(t);
    await start();
    const processors = [{ id: 'shrinker', package: join(options.dataDir, 'plugins/shrinker') }];
    server.send(assign({ files: [video, picture] }, { processors }));
    const { result } = await server.next('staged');
    assert.deepEqual(
      result.items.map(({ path, width }) => ({ path, width })),
      [
        { path: 'small.mp4', width: 160 },
        { path: 'picture.jpg', width: 640 },
      ],
    );
  });

  it('asks before it fetches a post that is not the one it was sent for', async (t) => {
    const { server, start, assign, staging } = await createWorld(t);
    await start();
    server.send(assign({ postId: 'two', files: [video] }));
    const resolved = await server.next('resolved');
    assert.equal(resolved.key, 'stage:two');
    await server.next('resolved');
    assert.ok(!existsSync(join(staging(1), 'video.mp4')));
    server.send({ type: 'continue', jobId: JOB, attempt: 1 });
    assert.equal((await server.next('staged')).result.key, 'stage:two');
  });

  it('is cancelled while it waits for the answer', async (t) => {
    const { server, start, assign, mediaRoot } = await createWorld(t);
    await start();
    server.send(assign({ postId: 'two', files: [video] }));
    await server.next('resolved');
    server.send({ type: 'cancel', jobId: JOB, attempt: 1, drop: true });
    await server.next('heartbeat', ({ running }) => running.length === 0);
    assert.deepEqual(await readdir(join(mediaRoot, 'tmp')), []);
  });

  it('writes not a byte when the media folder is not mounted', async (t) => {
    const { server, start, assign, mediaRoot } = await createWorld(t);
    await rm(join(mediaRoot, '.mediafetcher'));
    await start();
    server.send(assign({ files: [video] }));
    assert.equal((await server.next('failed')).errorCode, 'MF_ERR_MOUNT_MISSING');
    assert.deepEqual(await readdir(mediaRoot), []);
  });

  it('runs no more jobs than it has slots', async (t) => {
    const { server, start, assign } = await createWorld(t, { slots: 1 });
    await start();
    server.send(assign({ act: 'half', files: [video] }));
    await server.next('progress', ({ stage }) => stage === 'fetch');
    server.send(assign({ files: [video] }, { jobId: 'b'.repeat(24) }));
    const { jobId, requeue } = await server.next('failed');
    assert.deepEqual({ jobId, requeue }, { jobId: 'b'.repeat(24), requeue: true });
  });

  it('lets a job wait for the slot of one that is just ending', async (t) => {
    const { server, start, assign } = await createWorld(t, { slots: 1, resendMs: 60_000 });
    await start();
    server.send(assign({ act: 'half', files: [video] }));
    await server.next('progress', ({ stage }) => stage === 'fetch');
    server.send({ type: 'pause', jobId: JOB, attempt: 1 });
    server.send(assign({ files: [video] }, { jobId: 'b'.repeat(24) }));
    await server.next('paused');
    assert.equal((await server.next('staged')).jobId, 'b'.repeat(24));
  });

  it('promises the slot of a job that is just ending to one job only', async (t) => {
    const { server, start, assign } = await createWorld(t, { slots: 1 });
    await start();
    server.send(assign({ act: 'stubborn', files: [video] }));
    await server.next('progress', ({ progress }) => progress > 30);
    server.send({ type: 'pause', jobId: JOB, attempt: 1 });
    server.send(assign({ files: [video] }, { jobId: 'b'.repeat(24) }));
    server.send(assign({ files: [video] }, { jobId: 'c'.repeat(24) }));
    assert.equal((await server.next('failed')).jobId, 'c'.repeat(24));
  });

  it('says at once that it cannot read an assignment', async (t) => {
    const { server, start, assign } = await createWorld(t);
    await start();
    server.send(assign({}, { leaseMs: 0 }));
    const { jobId, attempt, errorCode, requeue } = await server.next('failed');
    assert.deepEqual([jobId, attempt, errorCode, requeue], [JOB, 1, 'MF_ERR_INTERNAL', undefined]);
  });
});
