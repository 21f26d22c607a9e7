import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { checkPost } from '../harness/check-post.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import { VICTIMS, killRound, untilEmpty } from './kill.ts';

/** Bytes a second: the 50 MB take half a minute, unless the brake is let go. */
const SLOW = 1_500_000;
const lab = await createLab();
const product = await Product.start({ lab });
after(async () => {
  await product.close();
  await lab.close();
});

const processes = async (): Promise<string[]> =>
  (await product.processes()).map(({ pid, command }) => `${pid} ${command}`);

describe('kill -9 in the middle of a download', () => {
  for (const victim of VICTIMS) {
    test(`of the ${victim.name}: the job finishes by itself and nothing is left behind`, async () => {
      assert.ok((await processes()).length > 1, 'server and worker run');
      await killRound(lab, product, victim, 10);
    });
  }

  test('of the worker, and the job is cancelled at once: nothing is left behind', async () => {
    const post = await lab.bigVideo('tiktok');
    lab.throttle(SLOW);
    const { jobId } = await product.api.submit(post.url);
    await product.api.until(jobId, ({ stage, progress }) => stage === 'fetch' && progress > 10);
    const [worker] = (await product.processes()).filter(({ command }) => /main\.[jt]s worker/.test(command));
    assert.ok(worker);
    process.kill(worker.pid, 'SIGKILL');
    await product.api.post(`/api/downloads/${jobId}/cancel`);
    lab.throttle(undefined);
    await untilEmpty(async () => product.stagedFiles());
  });

  test('Ctrl-C gives the job back to the queue, leaves no process, and the next start goes on', async () => {
    const post = await lab.bigVideo('tiktok');
    lab.throttle(SLOW);
    const { jobId } = await product.api.submit(post.url);
    await product.api.until(jobId, ({ stage, progress }) => stage === 'fetch' && progress > 10);
    assert.equal(await product.stopServer('SIGINT'), 0);
    await untilEmpty(processes);
    lab.throttle(undefined);
    await product.startServer();
    const download = await product.api.untilOver(jobId);
    assert.equal(download.status, 'completed');
    assert.deepEqual(await checkPost(product, post), []);
    await product.stopServer();
    await untilEmpty(processes);
  });
});
