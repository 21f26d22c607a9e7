import { join } from 'node:path';
import { PluginError } from '@mediafetcher/sdk';
import { PLAYABLE_STALL_MS } from '../channel/messages.ts';
import type { MakePlayable, Rendition, RenditionProgress, StagedRendition } from '../channel/messages.ts';
import type { RunnerPlayable } from '../channel/runner-messages.ts';
import { toFailure } from '../channel/to-failure.ts';
import { createAsideTasks, runAside } from './aside.ts';
import type { AsideTasks } from './aside.ts';
import { startDiskWatch } from './disk-watch.ts';
import { hashStagedFile } from './hash-file.ts';
import { validateResult } from './result-file.ts';
import { removeStaging } from './staging.ts';
import type { WorkerOptions } from './worker-options.ts';

/** Stored files that are made playable beside the jobs; the server says how many at a time. */
export function createPlayableTasks(
  options: WorkerOptions,
  send: (message: Rendition | RenditionProgress) => unknown,
): AsideTasks<MakePlayable> {
  return createAsideTasks(async (order, signal) => {
    const { jobId, attempt } = order;
    const log = options.log.child({ jobId, sha256: order.sha256 });
    try {
      const file = await make(options, order, signal, (progress) =>
        send({ type: 'rendition-progress', jobId, attempt, progress }),
      );
      const answer: Rendition = { type: 'rendition', jobId, attempt, file };
      validateResult(answer);
      if (signal.aborted) await removeStaging(options.mediaRoot, order);
      else send(answer);
    } catch (error) {
      log.warn({ err: error }, 'A file could not be made playable.');
      await removeStaging(options.mediaRoot, order).catch(() => undefined);
      const { errorCode, message } = toFailure(error, 'MF_ERR_INTERNAL');
      if (!signal.aborted) send({ type: 'rendition', jobId, attempt, errorCode, message });
    }
  });
}

async function make(
  options: WorkerOptions,
  order: MakePlayable,
  signal: AbortSignal,
  onProgress: (progress: number) => void,
): Promise<StagedRendition> {
  const { sha256, ext, kind, processors, settings, maxFileBytes, reserveBytes } = order;
  const { mediaRoot, dataDir, toolPaths } = options;
  const end = new AbortController();
  const stop = (code: 'MF_ERR_TIMEOUT' | 'MF_ERR_DISK_FULL', message: string) => () =>
    end.abort(new PluginError(code, message));
  let stall: NodeJS.Timeout | undefined;
  const alive = (): void => {
    clearTimeout(stall);
    stall = setTimeout(stop('MF_ERR_TIMEOUT', 'It made no headway for ten minutes.'), PLAYABLE_STALL_MS).unref();
  };
  alive();
  const onFull = stop('MF_ERR_DISK_FULL', 'The disk of the media folder is full: only the reserve is left.');
  const stopWatch = startDiskWatch(join(mediaRoot, 'tmp'), reserveBytes, onFull);
  try {
    const { path, stagingDirectory, ...facts } = await runAside<RunnerPlayable>(options, {
      ...{ job: order, log: options.log, signal: AbortSignal.any([signal, end.signal]) },
      order: (places) => ({
        type: 'make-playable',
        task: {
          ...{ ...places, kind, toolPaths, processors, settings, maxFileBytes },
          source: join(mediaRoot, 'final', `${sha256}.${ext}`),
          pluginDirectory: join(dataDir, 'plugins'),
        },
      }),
      read(message) {
        if (message.type === 'progress') {
          alive();
          onProgress(message.progress);
        }
        return message.type === 'playable' ? message : undefined;
      },
    });
    const hashed = await hashStagedFile(stagingDirectory, path, maxFileBytes, signal);
    const { width, height, duration } = facts;
    return {
      ...{ path: hashed.relative, sha256: hashed.sha256, size: hashed.size },
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
      ...(duration !== undefined && { duration }),
    };
  } finally {
    clearTimeout(stall);
    stopWatch();
  }
}
