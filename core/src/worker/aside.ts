import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@mediafetcher/sdk';
import type { Logger } from 'pino';
import type { FromRunner, RunnerOrder } from '../channel/runner-messages.ts';
import { describeGroup } from './process-group.ts';
import { logRunnerRecord } from './runner-records.ts';
import { startRunner } from './runner-process.ts';
import { checkSentinel, prepareStaging, writeGroupRecord } from './staging.ts';
import type { JobRef } from './staging.ts';
import type { WorkerOptions } from './worker-options.ts';

/** Folders of what a runner does beside the jobs. */
export interface AsidePlaces {
  /** Absolute; exists. */
  readonly stagingDirectory: string;
  /** Absolute; exists. */
  readonly stateDirectory: string;
}

interface Aside<Answer> {
  readonly job: JobRef;
  readonly log: Logger;
  /** Ends it; a reason that is a PluginError says why. */
  readonly signal: AbortSignal;
  readonly order: (places: AsidePlaces) => RunnerOrder;
  /** The answer, when this message is it. */
  readonly read: (message: FromRunner) => Answer | undefined;
}

/** Has a runner of its own do something that is no download; its group is dead when this ends. @throws PluginError */
export async function runAside<Answer>(
  { mediaRoot, dataDir, workerId }: WorkerOptions,
  { job, log, signal, order, read }: Aside<Answer>,
): Promise<Answer & AsidePlaces> {
  await checkSentinel(mediaRoot);
  const stateDirectory = join(dataDir, 'state', 'thumbnails');
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const stagingDirectory = await prepareStaging(mediaRoot, job, workerId, log);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  // It may come before anybody listens.
  promise.catch(() => undefined);
  const onEnd = (): void => {
    const why: unknown = signal.reason;
    reject(
      why instanceof PluginError
        ? why
        : new PluginError('MF_ERR_TIMEOUT', 'It took too long, or nobody waits any more.'),
    );
  };
  signal.addEventListener('abort', onEnd, { once: true });
  const runner = await startRunner(stateDirectory);
  runner.listen({
    onMessage: (message) => {
      if (message.type === 'failed') reject(new PluginError(message.errorCode, message.message));
      else if (message.type === 'log') logRunnerRecord(log, message);
      const answer = read(message);
      if (answer !== undefined) resolve(answer);
    },
    onMisbehaviour: (what) => reject(new PluginError('MF_ERR_INTERNAL', `The process ${what}.`)),
  });
  try {
    await writeGroupRecord(stagingDirectory, await describeGroup(runner.pid, workerId));
    runner.send(order({ stagingDirectory, stateDirectory }));
    const lost = runner.exited.then(() => {
      throw new PluginError('MF_ERR_INTERNAL', 'The process ended without a word.');
    });
    if (signal.aborted) onEnd();
    return { ...(await Promise.race([promise, lost])), stagingDirectory, stateDirectory };
  } finally {
    signal.removeEventListener('abort', onEnd);
    await runner.end();
  }
}

/** What runs beside the jobs, each by its id. */
export interface AsideTasks<Order extends JobRef> {
  begin(order: Order): void;
  /** Ends one that runs; what it has made is the job table's to throw away, as all of staging. */
  cancel(job: JobRef): void;
  /** Ends all; resolves when nothing runs. */
  close(): Promise<void>;
}

interface Running {
  readonly attempt: number;
  readonly end: AbortController;
  readonly over: Promise<void>;
}

export function createAsideTasks<Order extends JobRef>(
  run: (order: Order, signal: AbortSignal) => Promise<void>,
): AsideTasks<Order> {
  const running = new Map<string, Running>();
  return {
    begin(order) {
      const { jobId, attempt } = order;
      const earlier = running.get(jobId);
      // The message came twice.
      if (earlier?.attempt === attempt) return;
      // A server that has started anew asks again: nobody waits for the attempt of before.
      earlier?.end.abort();
      const end = new AbortController();
      const start = async (): Promise<void> => {
        await earlier?.over;
        await run(order, end.signal);
      };
      const over = start().finally(() => {
        if (running.get(jobId)?.end === end) running.delete(jobId);
      });
      running.set(jobId, { attempt, end, over });
    },
    cancel: ({ jobId }) => running.get(jobId)?.end.abort(),
    async close() {
      const tasks = [...running.values()];
      for (const { end } of tasks) end.abort();
      await Promise.all(tasks.map(({ over }) => over));
    },
  };
}
