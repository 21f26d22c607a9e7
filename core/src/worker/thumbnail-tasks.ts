import { join } from 'node:path';
import type { MakeThumbnails, Thumbnails } from '../channel/messages.ts';
import type { RunnerThumbnails } from '../channel/runner-messages.ts';
import { checkStagedFile } from '../channel/staged-file.ts';
import { toFailure } from '../channel/to-failure.ts';
import { createAsideTasks, runAside } from './aside.ts';
import type { AsideTasks } from './aside.ts';
import { removeStaging } from './staging.ts';
import type { WorkerOptions } from './worker-options.ts';

/** What takes longer hangs, in milliseconds. */
const LIMIT_MS = 60_000;

/** Thumbnails that are made again beside the jobs; the server says how many at a time. */
export function createThumbnailTasks(
  options: WorkerOptions,
  send: (message: Thumbnails) => unknown,
): AsideTasks<MakeThumbnails> {
  return createAsideTasks(async (order, signal) => {
    const { jobId, attempt, sha256, ext, kind } = order;
    const log = options.log.child({ jobId, sha256 });
    try {
      const made = await runAside<RunnerThumbnails>(options, {
        ...{ job: order, log, signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]) },
        order: (places) => {
          const source = join(options.mediaRoot, 'final', `${sha256}.${ext}`);
          return { type: 'make-thumbnails', task: { ...places, source, kind, toolPaths: options.toolPaths } };
        },
        read: (message) => (message.type === 'thumbnails' ? message : undefined),
      });
      const answer = await relativeTo(made.stagingDirectory, made);
      if (signal.aborted) await removeStaging(options.mediaRoot, order);
      else send({ ...answer, type: 'thumbnails', jobId, attempt });
    } catch (error) {
      log.warn({ err: error }, 'Thumbnails could not be made again.');
      await removeStaging(options.mediaRoot, order).catch(() => undefined);
      const problem = toFailure(error, 'MF_ERR_INTERNAL').message;
      if (!signal.aborted) send({ type: 'thumbnails', jobId, attempt, thumbnails: [], problem });
    }
  });
}

/** Paths as the server takes them. @throws StagedFileError */
async function relativeTo(
  directory: string,
  { thumbnails, thumbhash }: RunnerThumbnails,
): Promise<Pick<Thumbnails, 'thumbnails' | 'thumbhash'>> {
  const relative = await Promise.all(
    thumbnails.map(async ({ width, path }) => ({
      width,
      path: (await checkStagedFile(directory, path)).relative,
    })),
  );
  return { thumbnails: relative, ...(thumbhash !== undefined && { thumbhash }) };
}
