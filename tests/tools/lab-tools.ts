import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { TestContext } from 'node:test';
import { PYTHON_HOST } from '../../core/src/places.ts';
import { createHosts, createTools } from '../../core/src/tools/index.ts';
import type { CreateToolsOptions, Hosts, HostTools, ToolProgress } from '../../core/src/tools/index.ts';
import type { Lab, LabPost, Platform } from '../lab/index.ts';

/** yt-dlp's extractors of each platform. */
export const EXTRACTORS: Readonly<Record<Platform, readonly string[]>> = {
  instagram: ['Instagram'],
  tiktok: ['TikTok'],
  reddit: ['Reddit'],
  x: ['twitter'],
  youtube: ['youtube'],
};

/** How tools may be started: each in a process of its own, or one after the other in a warm one. */
export const WAYS = ['cold', 'warm'] as const;

/** Warm processes for a file of tests; undefined where each run gets a process of its own. */
export function openHosts(way: (typeof WAYS)[number]): Hosts | undefined {
  return way === 'warm' ? createHosts({ script: PYTHON_HOST }) : undefined;
}

export interface LabTools {
  readonly tools: HostTools;
  readonly staging: string;
  readonly state: string;
  readonly updates: readonly ToolProgress[];
  readonly abort: AbortController;
}

/** The real tools of one job, with the lab in place of the platforms. The folder goes with the test. */
export async function openLabTools(
  t: TestContext,
  lab: Lab,
  post: LabPost,
  options: Partial<CreateToolsOptions> = {},
): Promise<LabTools> {
  const folder = await mkdtemp(join(tmpdir(), 'mediafetcher-lab-tools-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const cookiesFile = join(folder, 'cookies.txt');
  if (post.needsCookies) await writeFile(cookiesFile, lab.cookies(post.platform), { mode: 0o600 });
  const updates: ToolProgress[] = [];
  const abort = new AbortController();
  const nothing = (): void => undefined;
  const staging = join(folder, 'staging');
  const state = join(folder, 'state');
  const tools = createTools({
    paths: {
      ytDlp: findProgram('YTDLP_PATH', 'yt-dlp'),
      galleryDl: findProgram('GALLERYDL_PATH', 'gallery-dl'),
      ffmpeg: findProgram('FFMPEG_PATH', 'ffmpeg'),
      ffprobe: findProgram('FFPROBE_PATH', 'ffprobe'),
    },
    signal: abort.signal,
    stagingDirectory: staging,
    stateDirectory: state,
    platform: post.platform,
    proxy: lab.proxyUrl,
    extraCaFile: lab.caFile,
    maxFileBytes: 1_000_000_000,
    slow: false,
    log: { debug: nothing, info: nothing, warn: nothing },
    onProgress: (update) => updates.push(update),
    ...(post.needsCookies && { cookiesFile }),
    ...options,
  });
  return { tools, staging, state, updates, abort };
}

function findProgram(variable: string, name: string): string {
  const told = process.env[variable];
  if (told !== undefined && isAbsolute(told)) return told;
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  const found = places.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed; set ${variable}`);
  return found;
}
