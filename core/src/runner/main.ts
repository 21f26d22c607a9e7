import { flushCompileCache } from 'node:module';
import type { FromRunner } from '../channel/runner-messages.ts';
import { toFailure } from '../channel/to-failure.ts';
import { connectParent } from './parent.ts';
import { runJob } from './run-job.ts';
import { remakeThumbnails } from './thumbnails/remake-thumbnails.ts';

/** A runner: one process, one order. Started by a worker as leader of an own process group. */

/** Milliseconds that plugin code gets to end after SIGTERM. */
const STOP_GRACE_MS = 1_500;

const parent = connectParent();
const stop = new AbortController();

process.on('SIGTERM', () => {
  stop.abort();
  setTimeout(() => process.exit(0), STOP_GRACE_MS).unref();
});

/** An error that nobody waited for: still the plugin's, and it may carry a code. */
async function fail(error: unknown): Promise<never> {
  if (!stop.signal.aborted) await parent.send({ type: 'failed', ...toFailure(error, 'MF_ERR_PLUGIN') });
  process.exit(1);
}
process.on('uncaughtException', (error) => void fail(error));

try {
  const order = await parent.order;
  const message: FromRunner =
    order.type === 'run'
      ? { type: 'done', result: await runJob(order.job, parent, stop.signal) }
      : await remakeThumbnails(order.task, parent, stop.signal);
  // The worker ends a runner that is done at once: what was compiled for it is kept for the next one now.
  flushCompileCache();
  await parent.send(message);
  process.exit(0);
} catch (error) {
  await fail(error);
}
