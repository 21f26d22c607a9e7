import { constants } from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { PluginError } from '@mediafetcher/sdk';
import type { FromRunner, PlayableTask, RunnerPlayable } from '../../channel/runner-messages.ts';
import { createThrottle } from '../../channel/throttle.ts';
import { createTools } from '../../tools/index.ts';
import type { Parent } from '../parent.ts';
import { createRunnerLog } from '../runner-log.ts';
import { loadProcessors, processItems } from '../stages/process.ts';
import { probeWholeFile } from '../stages/verify.ts';

/** Milliseconds between two words about how far it is. */
const PROGRESS_INTERVAL_MS = 250;

/**
 * Gives a stored file to the processors, as a download gives them a fetched one.
 * @throws MF_ERR_UNSUPPORTED when none of them takes it · PluginError, or whatever a plugin throws
 */
export async function makePlayable(task: PlayableTask, parent: Parent, signal: AbortSignal): Promise<RunnerPlayable> {
  const { source, kind, stagingDirectory } = task;
  const send = (message: FromRunner): void => void parent.send(message);
  const log = createRunnerLog(() => 'process', send);
  const { size } = await stat(source);
  const tools = createTools({
    paths: task.toolPaths,
    signal,
    stagingDirectory,
    stateDirectory: task.stateDirectory,
    // Nothing is asked of any.
    platform: 'none',
    maxFileBytes: task.maxFileBytes,
    log,
    onProgress: () => undefined,
  });
  const throttle = createThrottle<number>(PROGRESS_INTERVAL_MS, (share) =>
    send({ type: 'progress', stage: 'process', progress: Math.min(100, Math.max(0, share * 100)) }),
  );
  try {
    // Processors get a copy of their own: whatever they do, the stored file stays what its name says. Where the file
    // system can, it shares the bytes.
    const path = join(stagingDirectory, `source${extname(source)}`);
    await copyFile(source, path, constants.COPYFILE_FICLONE);
    const facts = await probeWholeFile(tools, path, size, () => undefined);
    const item = { index: 0, kind, path, engine: 'store' };
    const meter = { update: ({ share = 0 }) => throttle.push(share) };
    const world = { job: { ...task, options: {} }, signal, log, tools, meter };
    const [made] = await processItems(world, await loadProcessors(task), [{ item, facts }]);
    if (made === undefined || made.item.path === path)
      throw new PluginError('MF_ERR_UNSUPPORTED', 'No processor that is switched on takes this file.');
    const { width, height, duration } = made.facts;
    return {
      type: 'playable',
      path: made.item.path,
      ...(width !== undefined && width >= 1 && { width: Math.round(width) }),
      ...(height !== undefined && height >= 1 && { height: Math.round(height) }),
      ...(duration > 0 && { duration }),
    };
  } finally {
    throttle.stop();
  }
}
