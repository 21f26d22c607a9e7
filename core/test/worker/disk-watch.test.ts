import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startDiskWatch } from '../../src/worker/disk-watch.ts';
import { until } from './helpers/until.ts';
import { JOB, createWorld } from './helpers/world.ts';

describe('a watched disk', { timeout: 60_000 }, () => {
  it('is full when less than the reserve is free, and says so once', async () => {
    const readings = [300, 100, 99, 0];
    const read = async (): Promise<number> => readings.shift() ?? 0;
    let calls = 0;
    const full = new Promise<void>((resolve) => {
      const onFull = (): void => {
        calls += 1;
        resolve();
      };
      startDiskWatch('/', 100, onFull, { read, intervalMs: 1 });
    });
    await full;
    assert.deepEqual([calls, readings], [1, [0]]);
  });

  it('is not full when it cannot be asked, and is asked again', async () => {
    const readings = [async () => Promise.reject(new Error('stale')), async () => 0];
    const read = async (): Promise<number> => (readings.shift() ?? (async () => 0))();
    await new Promise<void>((resolve) => {
      startDiskWatch('/', 100, resolve, { read, intervalMs: 1 });
    });
    assert.equal(readings.length, 0);
  });
});

describe('a worker whose disk fills up', { timeout: 600_000 }, () => {
  it('ends the fetch before the reserve is used up, and gives the room back', async (t) => {
    const mediaRoot = await mkdtemp(join(tmpdir(), 'mf-disk-'));
    const { server, start, assign } = await createWorld(t, { mediaRoot });
    // With the right to mount this is a small disk that another program fills; without it, one that is too full before.
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'mediafetcher-test', mediaRoot]).status === 0;
    t.after(async () => {
      if (mounted) spawnSync('umount', ['-l', mediaRoot]);
      await rm(mediaRoot, { recursive: true });
    });
    await writeFile(join(mediaRoot, '.mediafetcher'), 'id');
    const staging = join(mediaRoot, 'tmp', JOB, '1');
    const { bavail, bsize } = await statfs(mediaRoot);
    await start();
    server.send(assign({ act: 'half' }, { reserveBytes: mounted ? 4 * 1024 * 1024 : bavail * bsize * 2 }));
    if (mounted) {
      // Half of the post is there.
      await until(async () => existsSync(join(staging, 'child.txt')));
      await writeFile(join(mediaRoot, 'filler'), Buffer.alloc(13 * 1024 * 1024));
    }
    const { errorCode, message } = await server.next('failed');
    assert.equal(errorCode, 'MF_ERR_DISK_FULL', message);
    assert.match(message, /reserve/);
    assert.equal(existsSync(staging), false);
  });
});
