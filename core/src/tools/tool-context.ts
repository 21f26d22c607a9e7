import { PluginError } from '@mediafetcher/sdk';
import type { Log } from '@mediafetcher/sdk';
import { describeFailure } from './failure/sentences.ts';
import type { ToolId } from './failure/tool-run.ts';
import type { Launch } from './launch.ts';

/** Absolute paths of the programs that were found. */
export interface ToolPaths {
  readonly ytDlp?: string;
  readonly galleryDl?: string;
  readonly twmd?: string;
  readonly ffmpeg?: string;
  readonly ffprobe?: string;
}

/** How far a run is; all but `filename` as in the SDK's ProgressUpdate. */
export interface ToolProgress {
  /** 0-1, never goes back within a run. Missing when the length is unknown. */
  readonly share?: number;
  /** Bytes per second. */
  readonly speed?: number;
  /** Seconds. */
  readonly eta?: number;
  readonly totalBytes?: number;
  readonly filename?: string;
}

/** What a child may see: its whole environment, and whether certificates of ours are named in it. */
export interface Trust {
  readonly environment: Readonly<Record<string, string>>;
  readonly ownCa: boolean;
}

/** One job's world, as every tool runner needs it. */
export interface ToolContext {
  readonly paths: ToolPaths;
  /** The job's; all runs end with it. */
  readonly signal: AbortSignal;
  readonly stagingDirectory: string;
  /** Local, private: tool caches, certificate bundles, copies of cookies. */
  readonly stateDirectory: string;
  readonly platform: string;
  readonly cookiesFile?: string;
  /** Whose cookies they are; keeps the tools' caches of accounts apart. */
  readonly account?: string;
  readonly proxy?: string;
  /** Sent with each request besides the tool's own. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxFileBytes: number;
  /** Keep the tools' own pauses between requests. */
  readonly slow: boolean;
  readonly log: Log;
  readonly launch: Launch;
  /** Gets what each tool was asked and said. */
  readonly logFile?: string;
  onProgress(update: ToolProgress): void;
  /** @throws MF_ERR_INTERNAL when the extra certificate file cannot be read */
  trust(): Promise<Trust>;
}

/** Under which name {@link ToolPaths} holds each tool. */
export const TOOL_FIELDS: Readonly<Record<ToolId, keyof ToolPaths>> = {
  'yt-dlp': 'ytDlp',
  'gallery-dl': 'galleryDl',
  twmd: 'twmd',
  ffmpeg: 'ffmpeg',
  ffprobe: 'ffprobe',
};

/** Path of a tool, if it is there. */
export function findTool(paths: ToolPaths, tool: ToolId): string | undefined {
  return paths[TOOL_FIELDS[tool]];
}

/** twmd takes its proxy as an argument only: a password there would be everybody's. */
export function mayRunTwmd({ proxy }: Pick<ToolContext, 'proxy'>): boolean {
  if (proxy === undefined || !URL.canParse(proxy)) return true;
  const { username, password } = new URL(proxy);
  return username === '' && password === '';
}

/** @throws MF_ERR_TOOL_MISSING */
export function requireTool(context: Pick<ToolContext, 'paths' | 'platform'>, tool: ToolId): string {
  const path = findTool(context.paths, tool);
  if (path !== undefined) return path;
  throw new PluginError(
    'MF_ERR_TOOL_MISSING',
    describeFailure('MF_ERR_TOOL_MISSING', { tool, platform: context.platform }),
  );
}
