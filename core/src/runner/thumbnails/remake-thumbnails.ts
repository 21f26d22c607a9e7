import { stat } from 'node:fs/promises';
import type { FromRunner, RunnerThumbnails, ThumbnailTask } from '../../channel/runner-messages.ts';
import { createTools } from '../../tools/index.ts';
import type { Parent } from '../parent.ts';
import { createRunnerLog } from '../runner-log.ts';
import { probeWholeFile } from '../stages/verify.ts';
import { drawThumbnails } from './make-thumbnails.ts';

/** Makes the thumbnails of a file that is stored already. @throws PluginError, or whatever sharp and ffmpeg have to say */
export async function remakeThumbnails(
  { source, kind, ...task }: ThumbnailTask,
  parent: Parent,
  signal: AbortSignal,
): Promise<RunnerThumbnails> {
  const { size } = await stat(source);
  const tools = createTools({
    paths: task.toolPaths,
    signal,
    stagingDirectory: task.stagingDirectory,
    stateDirectory: task.stateDirectory,
    // Nothing is asked of any.
    platform: 'none',
    maxFileBytes: size,
    log: createRunnerLog(
      () => 'process',
      (message: FromRunner) => parent.send(message),
    ),
    onProgress: () => undefined,
  });
  const facts = await probeWholeFile(tools, source, size, () => undefined);
  const item = { index: 0, kind, path: source, engine: 'store' };
  const { thumbnails, thumbhash } = await drawThumbnails({ ...task, tools }, { item, facts });
  return { type: 'thumbnails', thumbnails: [...thumbnails], ...(thumbhash !== undefined && { thumbhash }) };
}
