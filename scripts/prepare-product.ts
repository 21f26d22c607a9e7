import { join, resolve } from 'node:path';
import type { Log } from '@mediafetcher/sdk';
import { CodedError } from '../core/src/errors.ts';
import { ensureManagedTools, installFfmpeg, locateTools } from '../core/src/tools/index.ts';
import { StepError, buildWebApp, step } from './steps.ts';

const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** Installs and builds what the server needs and does not have. Says nothing and takes no network when all is there. */
export async function prepareProduct({ dataDir }: { dataDir: string }): Promise<void> {
  await helpful('ffmpeg', async () => ensureFfmpeg());
  await helpful('yt-dlp and gallery-dl', async () => ensureTools(dataDir));
  await step('web app', buildWebApp);
}

/** The tools of a data folder, as the environment names them. */
export function managedToolPaths(dataDir: string): NodeJS.ProcessEnv {
  const bin = join(resolve(dataDir), 'tools/current/bin');
  return {
    YTDLP_PATH: process.env['YTDLP_PATH'] ?? join(bin, 'yt-dlp'),
    GALLERYDL_PATH: process.env['GALLERYDL_PATH'] ?? join(bin, 'gallery-dl'),
  };
}

async function ensureFfmpeg(): Promise<true | undefined> {
  const configured = process.env['FFMPEG_PATH'];
  const tools = await locateTools({
    dataDir: resolve(process.env['DATA_DIR'] ?? 'data'),
    ...(configured !== undefined && { ffmpeg: configured }),
  });
  if (['ffmpeg', 'ffprobe'].every((name) => tools.some((tool) => tool.name === name && tool.found))) return undefined;
  await installFfmpeg({
    signal: AbortSignal.timeout(600_000),
    onStep: (command) => process.stderr.write(`  ${command}\n`),
  });
  return true;
}

async function ensureTools(dataDir: string): Promise<true | undefined> {
  if (process.env['YTDLP_PATH'] !== undefined && process.env['GALLERYDL_PATH'] !== undefined) return undefined;
  const { installed } = await ensureManagedTools({ dataDir: resolve(dataDir), log: silent });
  return installed ? true : undefined;
}

/** A step whose failure says what to do. */
async function helpful(title: string, task: () => Promise<true | undefined>): Promise<void> {
  await step(title, async () => {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      throw new StepError(error.help === undefined ? error.message : `${error.message} Run: ${error.help}`, {
        cause: error,
      });
    }
  });
}
