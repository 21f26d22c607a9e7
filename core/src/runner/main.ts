import { flushCompileCache } from 'node:module';
import type { FromRunner, RunnerOrder } from '../channel/runner-messages.ts';
import { toFailure } from '../channel/to-failure.ts';
import type { Hosts } from '../tools/index.ts';
import { createHosts } from '../tools/index.ts';
import { OutsideKill } from './outside-kill.ts';
import { noteSurroundings } from './surroundings.ts';
import { connectParent } from './parent.ts';
import type { Parent } from './parent.ts';
import { makePlayable } from './renditions/make-playable.ts';
import { runJob } from './run-job.ts';
import { remakeThumbnails } from './thumbnails/remake-thumbnails.ts';

/** A runner: one process, one order at a time. Started by a worker as leader of an own process group. */

/** Milliseconds that plugin code gets to end after SIGTERM. */
const STOP_GRACE_MS = 1_500;

const pipe = connectParent();
const stop = new AbortController();
const surroundings = noteSurroundings();
let hosts: Hosts | undefined;
let orders = 0;

process.on('SIGTERM', () => {
  stop.abort();
  setTimeout(() => process.exit(0), STOP_GRACE_MS).unref();
});

async function fail(error: unknown, parent: Pick<Parent, 'send'>): Promise<never> {
  const requeue = error instanceof OutsideKill && { requeue: true };
  if (!stop.signal.aborted) await parent.send({ type: 'failed', ...toFailure(error, 'MF_ERR_PLUGIN'), ...requeue });
  process.exit(1);
}

/** An error that nobody waited for: still the plugin's, and it may carry a code. */
process.on('uncaughtException', (error) => {
  // In a later job it may be an earlier one's: the worker is told nothing, and gives the job to another runner.
  if (orders > 1) process.exit(1);
  void fail(error, pipe);
});

async function follow(order: RunnerOrder, parent: Parent): Promise<FromRunner> {
  if (order.type === 'make-thumbnails') return remakeThumbnails(order.task, parent, stop.signal);
  if (order.type === 'make-playable') return makePlayable(order.task, parent, stop.signal);
  const { job } = order;
  hosts ??= createHosts({ script: job.pythonHost });
  process.chdir(job.workDirectory);
  return runJob(job, parent, hosts.launch, stop.signal);
}

async function serve(order: RunnerOrder): Promise<void> {
  orders += 1;
  const parent = pipe.openJob();
  try {
    const message = await follow(order, parent);
    // The worker may end a runner that is done at once: what was compiled for it is kept for the next one now.
    if (orders === 1) flushCompileCache();
    await parent.send(message);
  } catch (error) {
    await fail(error, parent);
  }
  parent.end();
}

for (;;) {
  await serve(await pipe.order());
  await pipe.rest();
  // Timers, connections or programs of the job go on: what they do must not meet the next one.
  if (!(await surroundings.restore(hosts?.pids().length ?? 0))) process.exit(0);
  await pipe.send({ type: 'rested', hosts: [...(hosts?.pids() ?? [])] });
}
