import { rm } from 'node:fs/promises';
import type { FfmpegRequest } from '@mediafetcher/sdk';
import { startRun } from '../start-run.ts';
import { requireTool } from '../tool-context.ts';
import type { ToolContext } from '../tool-context.ts';
import { sizeOfFile } from '../whole-files.ts';
import { buildFfmpegArguments } from './build-arguments.ts';
import { createFfmpegMeter } from './parse-progress.ts';

/** Runs ffmpeg; half an output is taken away again. */
export async function runFfmpeg(context: ToolContext, request: FfmpegRequest): Promise<void> {
  const { output, duration = 0, onProgress } = request;
  const file = requireTool(context, 'ffmpeg');
  const meter = createFfmpegMeter(duration);
  const run = startRun<never, undefined>(context, async (handle) => {
    try {
      const outcome = await handle.process({
        tool: 'ffmpeg',
        file,
        arguments: buildFfmpegArguments(request.arguments, output),
        killSignal: 'SIGTERM',
        onStdout({ text }) {
          const share = meter(text);
          if (share !== undefined) onProgress?.(share);
        },
      });
      const wrote = output === '-' ? 1 : Number((await sizeOfFile(output)) > 0);
      await handle.judge({ outcome, tool: 'ffmpeg', files: wrote });
      return undefined;
    } catch (error) {
      if (output !== '-') await rm(output, { force: true });
      throw error;
    }
  });
  await run.finished;
}
