import { join } from 'node:path';
import type { Tools } from '@mediafetcher/sdk';
import { createTools } from '../../src/tools/index.ts';
import type { CreateToolsOptions, ToolProgress } from '../../src/tools/index.ts';

/** The real ffmpeg and ffprobe of this machine. */
export const FFMPEG_PATHS = { ffmpeg: '/usr/bin/ffmpeg', ffprobe: '/usr/bin/ffprobe' } as const;

export interface TestTools {
  readonly tools: Tools;
  readonly updates: readonly ToolProgress[];
  readonly abort: AbortController;
}

const nothing = (): void => undefined;

/** Tools of one job in a folder. */
export function toolsOf(folder: string, options: Partial<CreateToolsOptions> = {}): TestTools {
  const updates: ToolProgress[] = [];
  const abort = new AbortController();
  const tools = createTools({
    paths: FFMPEG_PATHS,
    signal: abort.signal,
    stagingDirectory: folder,
    stateDirectory: join(folder, 'state'),
    platform: 'tiktok',
    maxFileBytes: 1_000_000,
    log: { debug: nothing, info: nothing, warn: nothing },
    onProgress: (update) => updates.push(update),
    ...options,
  });
  return { tools, updates, abort };
}
