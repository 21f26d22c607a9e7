import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CodedError } from '../core/src/errors.ts';
import { findOnPath } from '../core/src/tools/locate/find-program.ts';
import { areManagedToolsReady } from '../core/src/tools/managed/are-ready.ts';
import { buildAll } from './build/index.ts';
import type * as Server from '../core/src/server.ts';
import { ROOT, StepError, step } from './steps.ts';

/**
 * Installs and builds what the server needs and does not have. Says nothing and takes no network when all is there:
 * then it looks at files only, starts no program and loads no installer.
 */
export async function prepareProduct({ dataDir }: { dataDir: string }): Promise<void> {
  await helpful('ffmpeg', async () => ensureFfmpeg());
  await helpful('yt-dlp and gallery-dl', async () => ensureTools(dataDir));
  await buildAll();
}

/** The tools of a data folder, as the environment names them. */
export function managedToolPaths(dataDir: string): NodeJS.ProcessEnv {
  const bin = join(resolve(dataDir), 'tools/current/bin');
  return {
    YTDLP_PATH: process.env['YTDLP_PATH'] ?? join(bin, 'yt-dlp'),
    GALLERYDL_PATH: process.env['GALLERYDL_PATH'] ?? join(bin, 'gallery-dl'),
  };
}

/** The built server. */
export async function importServer(): Promise<typeof Server> {
  // The build makes it of that file.
  return (await import(pathToFileURL(join(ROOT, 'core/dist/server.js')).href)) as typeof Server;
}

async function ensureFfmpeg(): Promise<true | undefined> {
  const { PATH = '', FFMPEG_PATH: configured = '' } = process.env;
  // One that the owner names is the owner's; the server says when it is none.
  const names = configured === '' ? ['ffmpeg', 'ffprobe'] : [];
  const found = await Promise.all(names.map(async (name) => findOnPath(name, PATH)));
  if (!found.includes(undefined)) return undefined;
  const { installFfmpeg } = await import('../core/src/tools/index.ts');
  await installFfmpeg({
    signal: AbortSignal.timeout(600_000),
    onStep: (command) => process.stderr.write(`  ${command}\n`),
  });
  return true;
}

async function ensureTools(dataDir: string): Promise<true | undefined> {
  if (process.env['YTDLP_PATH'] !== undefined && process.env['GALLERYDL_PATH'] !== undefined) return undefined;
  if (await areManagedToolsReady(resolve(dataDir))) return undefined;
  const { ensureManagedTools } = await import('../core/src/tools/index.ts');
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined };
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
