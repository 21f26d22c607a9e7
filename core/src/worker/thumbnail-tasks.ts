import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@mediafetcher/sdk';
import type { Logger } from 'pino';
import type { MakeThumbnails, Thumbnails } from '../channel/messages.ts';
import type { FromRunner, RunnerThumbnails } from '../channel/runner-messages.ts';
import { checkStagedFile } from '../channel/staged-file.ts';
import { toFailure } from '../channel/to-failure.ts';
import { describeGroup } from './process-group.ts';
import { logRunnerRecord } from './runner-records.ts';
import { startRunner } from './runner-process.ts';
import { checkSentinel, prepareStaging, removeStaging, writeGroupRecord } from './staging.ts';
import type { JobRef } from './staging.ts';
import type { WorkerOptions } from './worker-options.ts';

/** What takes longer hangs, in milliseconds. */
const LIMIT_MS = 60_000;

/** Thumbnails that are made again beside the jobs; the server says how many at a time. */
export interface ThumbnailTasks {
  begin(order: MakeThumbnails): void;
  /** Ends one that runs; what one has made is the job table's to throw away, as all of staging. */
  cancel(job: JobRef): void;
  /** Ends all; resolves when nothing runs. */
  close(): Promise<void>;
}

export function createThumbnailTasks(options: WorkerOptions, send: (message: Thumbnails) => unknown): ThumbnailTasks {
  const running = new Map<string, { readonly end: AbortController; readonly over: Promise<void> }>();

  const run = async (order: MakeThumbnails, signal: AbortSignal): Promise<void> => {
    const { jobId, attempt } = order;
    const log = options.log.child({ jobId, sha256: order.sha256 });
    try {
      const made = await make(order, options, log, signal);
      if (signal.aborted) await removeStaging(options.mediaRoot, order);
      else send({ ...made, jobId, attempt });
    } catch (error) {
      log.warn({ err: error }, 'Thumbnails could not be made again.');
      await removeStaging(options.mediaRoot, order).catch(() => undefined);
      const problem = toFailure(error, 'MF_ERR_INTERNAL').message;
      if (!signal.aborted) send({ type: 'thumbnails', jobId, attempt, thumbnails: [], problem });
    }
  };
  return {
    begin(order) {
      // The message came twice.
      if (running.has(order.jobId)) return;
      const end = new AbortController();
      const over = run(order, end.signal).finally(() => running.delete(order.jobId));
      running.set(order.jobId, { end, over });
    },
    cancel: ({ jobId }) => running.get(jobId)?.end.abort(),
    async close() {
      const tasks = [...running.values()];
      for (const { end } of tasks) end.abort();
      await Promise.all(tasks.map(({ over }) => over));
    },
  };
}

async function make(
  order: MakeThumbnails,
  options: WorkerOptions,
  log: Logger,
  signal: AbortSignal,
): Promise<RunnerThumbnails> {
  const { mediaRoot, dataDir, toolPaths, workerId } = options;
  await checkSentinel(mediaRoot);
  const stateDirectory = join(dataDir, 'state', 'thumbnails');
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const stagingDirectory = await prepareStaging(mediaRoot, order, workerId, log);
  const { promise, resolve, reject } = Promise.withResolvers<RunnerThumbnails>();
  // It may come before anybody listens.
  promise.catch(() => undefined);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const onEnd = (): void => reject(new PluginError('MF_ERR_TIMEOUT', 'It took too long, or nobody waits any more.'));
  limit.addEventListener('abort', onEnd, { once: true });
  const runner = await startRunner(stateDirectory);
  runner.listen({
    onMessage: (message) => listen(message, log, resolve, reject),
    onMisbehaviour: (what) => reject(new PluginError('MF_ERR_INTERNAL', `The process ${what}.`)),
  });
  try {
    await writeGroupRecord(stagingDirectory, await describeGroup(runner.pid, workerId));
    const source = join(mediaRoot, 'final', `${order.sha256}.${order.ext}`);
    runner.send({
      type: 'make-thumbnails',
      task: { source, kind: order.kind, stagingDirectory, stateDirectory, toolPaths },
    });
    const lost = runner.exited.then(() => {
      throw new PluginError('MF_ERR_INTERNAL', 'The process ended without a word.');
    });
    if (limit.aborted) onEnd();
    return await relativeTo(stagingDirectory, await Promise.race([promise, lost]));
  } finally {
    limit.removeEventListener('abort', onEnd);
    await runner.end();
  }
}

function listen(
  message: FromRunner,
  log: Logger,
  resolve: (made: RunnerThumbnails) => void,
  reject: (error: Error) => void,
): void {
  if (message.type === 'thumbnails') resolve(message);
  else if (message.type === 'failed') reject(new PluginError(message.errorCode, message.message));
  else if (message.type === 'log') logRunnerRecord(log, message);
}

/** Paths as the server takes them. @throws StagedFileError */
async function relativeTo(directory: string, made: RunnerThumbnails): Promise<RunnerThumbnails> {
  const thumbnails = await Promise.all(
    made.thumbnails.map(async ({ width, path }) => ({
      width,
      path: (await checkStagedFile(directory, path)).relative,
    })),
  );
  return { ...made, thumbnails };
}
