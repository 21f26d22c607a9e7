import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { checkPost } from '../harness/check-post.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';

/** Bytes a second: the 50 MB take half a minute, unless the brake is let go. */
const SLOW = 1_500_000;

interface Victim {
  readonly name: string;
  /** Kills it and, where nothing else does, starts it again. */
  readonly kill: (product: Product) => Promise<void>;
}

const VICTIMS: readonly Victim[] = [
  {
    name: 'server',
    kill: async (product) => {
      await product.stopServer('SIGKILL');
      await product.startServer();
    },
  },
  { name: 'worker', kill: async (product) => killOne(product, /main\.[jt]s worker/) },
  { name: 'runner', kill: async (product) => killOne(product, /runner/) },
  { name: 'tool', kill: async (product) => killOne(product, /yt-dlp/) },
];

describe('kill -9 in the middle of a download', () => {
  for (const { name, kill } of VICTIMS) {
    test(`of the ${name}: the job finishes by itself and nothing is left behind`, async () => {
      await using lab = disposable(await createLab());
      await using product = await Product.start({ lab: lab.value });
      const post = await lab.value.bigVideo('tiktok');
      lab.value.throttle(SLOW);
      const { jobId } = await product.api.submit(post.url);
      await product.api.until(jobId, ({ stage, progress }) => stage === 'fetch' && progress > 10);
      const before = await product.processes();
      await kill(product);
      lab.value.throttle(undefined);
      await product.api.until(jobId, ({ status, attempts }) => status === 'completed' || attempts > 1, 60_000);
      const download = await product.api.untilOver(jobId, 90_000);
      if (name === 'tool') assert.ok(['completed', 'failed'].includes(download.status));
      else assert.equal(download.status, 'completed', `${download.errorCode ?? ''} ${download.errorMessage ?? ''}`);
      if (download.status === 'completed') assert.deepEqual(await checkPost(product, post), []);
      await untilEmpty(async () => product.stagedFiles());
      const files = await product.finalFiles();
      assert.deepEqual(
        files.filter((file) => !/^[0-9a-f]{64}\.mp4$/.test(file)),
        [],
      );
      await product.stopServer();
      await untilEmpty(async () => (await product.processes()).map(({ pid, command }) => `${pid} ${command}`));
      assert.ok(before.length > 2, 'server, worker and runner ran');
    });
  }

  test('Ctrl-C gives the job back to the queue, leaves no process, and the next start goes on', async () => {
    await using lab = disposable(await createLab());
    await using product = await Product.start({ lab: lab.value });
    const post = await lab.value.bigVideo('tiktok');
    lab.value.throttle(SLOW);
    const { jobId } = await product.api.submit(post.url);
    await product.api.until(jobId, ({ stage, progress }) => stage === 'fetch' && progress > 10);
    assert.equal(await product.stopServer('SIGINT'), 0);
    await untilEmpty(async () => (await product.processes()).map(({ pid, command }) => `${pid} ${command}`));
    lab.value.throttle(undefined);
    await product.startServer();
    const download = await product.api.untilOver(jobId);
    assert.equal(download.status, 'completed');
    assert.deepEqual(await checkPost(product, post), []);
  });
});

async function killOne(product: Product, pattern: RegExp): Promise<void> {
  const victim = (await product.processes()).find(({ command }) => pattern.test(command));
  assert.ok(victim !== undefined, `no process matches ${String(pattern)}`);
  process.kill(victim.pid, 'SIGKILL');
}

/** What takes a moment to end must end. */
async function untilEmpty(list: () => Promise<readonly string[]>): Promise<void> {
  const end = Date.now() + 20_000;
  let left = await list();
  while (left.length > 0 && Date.now() < end) {
    await delay(100);
    left = await list();
  }
  assert.deepEqual(left, []);
}

function disposable(value: Lab): AsyncDisposable & { readonly value: Lab } {
  return { value, [Symbol.asyncDispose]: async () => value.close() };
}
