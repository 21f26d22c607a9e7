import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { checkPost } from '../harness/check-post.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import { Campaign } from './downloads/campaign.ts';
import { listLeftovers, untilEmpty } from './downloads/leftovers.ts';

/** `SEED=…` repeats the rounds; `npm run faults -- downloads` runs the long form. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_007);
const ROUNDS = 5;
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

describe('kill -9 in the middle of downloads', () => {
  test(`at random moments, of whatever works: all come, nothing is left behind (SEED=${seed})`, async (t) => {
    const campaign = new Campaign(lab, product, seed);
    await campaign.prepare();
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { jobs, kills, problems } = await campaign.round();
      t.diagnostic(`round ${round}: ${jobs} downloads, killed ${kills.join(', ')}`);
      assert.deepEqual(problems, []);
    }
    assert.deepEqual(await campaign.recount(), []);
    assert.deepEqual(lab.unmatched(), []);
  });

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
    assert.deepEqual(await untilEmpty(async () => listLeftovers(product)), []);
  });

  test('Ctrl-C gives the job back to the queue, leaves no process, and the next start goes on', async () => {
    const post = await lab.bigVideo('tiktok');
    lab.throttle(SLOW);
    const { jobId } = await product.api.submit(post.url);
    await product.api.until(jobId, ({ stage, progress }) => stage === 'fetch' && progress > 10);
    assert.equal(await product.stopServer('SIGINT'), 0);
    assert.deepEqual(await untilEmpty(processes), []);
    lab.throttle(undefined);
    await product.startServer();
    const download = await product.api.untilOver(jobId);
    assert.equal(download.status, 'completed');
    assert.deepEqual(await checkPost(product, post), []);
    await product.stopServer();
    assert.deepEqual(await untilEmpty(processes), []);
  });
});
