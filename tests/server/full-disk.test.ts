import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

const DISK_BYTES = 24 * 1024 * 1024;
/** What fetches begin with, and none of the lab's videos fits into. */
const LEFT_BYTES = 16 * 1024;

const dataDir = await mkdtemp(join(tmpdir(), 'mediafetcher-'));
const mediaRoot = join(dataDir, 'media');
await mkdir(mediaRoot);
const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'mediafetcher-test', mediaRoot]);
const skip = mount.status === 0 ? false : 'No file system can be mounted here.';
after(async () => {
  if (skip === false) spawnSync('umount', ['-l', mediaRoot]);
  await rm(dataDir, { recursive: true, force: true });
});

describe('a disk that is full while a tool writes to it', { skip }, () => {
  let lab: Lab;
  let product: Product;

  before(async () => {
    lab = await createLab();
    product = await Product.start({ lab, dataDir, environment: { RESERVE_MB: '0' } });
  });
  after(async () => {
    await product.close();
    await lab.close();
  });

  test('lets the download wait without a partial file, an attempt or a word against the platform, until there is room', async () => {
    const { url } = lab.post('tiktok-video');
    const filler = join(mediaRoot, 'filler');
    const { bavail, bsize } = await statfs(mediaRoot);
    await writeFile(filler, Buffer.alloc(bavail * bsize - LEFT_BYTES));
    const { jobId } = await product.api.submit(url);
    const held = await product.api.until(jobId, ({ heldReason }) => heldReason !== null);
    assert.deepEqual([held.status, held.heldReason, held.errorCode], ['queued', 'MF_ERR_DISK_FULL', null]);
    assert.deepEqual(await product.stagedFiles(), []);
    await rm(filler);
    const done = await product.api.untilOver(jobId);
    assert.deepEqual([done.status, done.attempts], ['completed', 2], 'it was not tried while there was no room');
    assert.equal((await product.finalFiles()).length, 1);
    const { platformHealth } = await product.api.graphql<{ platformHealth: { platform: string; hours: unknown[] }[] }>(
      '{ platformHealth { platform hours { failures { code } } } }',
    );
    assert.doesNotMatch(JSON.stringify(platformHealth), /MF_ERR_DISK_FULL/);
  });
});
