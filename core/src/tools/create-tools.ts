import type { Log, Tools } from '@mediafetcher/sdk';
import { buildCaFiles } from './ca-bundle.ts';
import { runFfmpeg } from './ffmpeg/run.ts';
import { probeFile } from './ffprobe/probe-file.ts';
import { resolveLink } from './gallery-dl/resolve-link.ts';
import { runGalleryDl } from './gallery-dl/run.ts';
import type { Launch } from './launch.ts';
import { listGalleryDl } from './listing/list-gallery-dl.ts';
import { listYtDlp } from './listing/list-yt-dlp.ts';
import { buildChildEnvironment } from './process/child-environment.ts';
import { runProcess } from './process/run-process.ts';
import { findTool, mayRunTwmd } from './tool-context.ts';
import type { ToolContext, ToolPaths, ToolProgress, Trust } from './tool-context.ts';
import { runTwmd } from './twmd/run.ts';
import { runYtDlp } from './yt-dlp/run.ts';

export interface CreateToolsOptions {
  readonly paths: ToolPaths;
  /** The job's; every run ends with it. */
  readonly signal: AbortSignal;
  readonly stagingDirectory: string;
  /** Local and private: tool caches, copies of cookies. */
  readonly stateDirectory: string;
  /** `instagram`, `tiktok`, …; names the platform in sentences. */
  readonly platform: string;
  /** Netscape text; never rewritten. */
  readonly cookiesFile?: string;
  /** Whose cookies they are. @default told apart by their content */
  readonly account?: string;
  readonly proxy?: string;
  /** Sent by yt-dlp and gallery-dl with each request besides their own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM of a certificate authority that is trusted besides the usual ones. */
  readonly extraCaFile?: string;
  /** Folder of the certificate files that are made of it. @default `stateDirectory` */
  readonly caDirectory?: string;
  readonly maxFileBytes: number;
  /** Keep the tools' own pauses between requests; only a stand-in of a platform does without. @default true */
  readonly slow?: boolean;
  readonly log: Log;
  /** How programs are started. @default each in a process of its own */
  readonly launch?: Launch;
  /** Gets what each tool was asked and said. @default it is not kept */
  readonly logFile?: string;
  /** yt-dlp's and gallery-dl's progress. */
  onProgress(update: ToolProgress): void;
}

/** The typed runners of one job, and what only the runner itself asks of them. */
export interface HostTools extends Tools {
  /** Which post a share link leads to, asked with the person's cookies. @throws PluginError */
  resolveLink(url: string): Promise<string | undefined>;
}

/** Makes the typed runners of one job. Nothing is started yet. */
export function createTools(options: CreateToolsOptions): HostTools {
  const context = createContext(options);
  return {
    ytDlp: (request) => runYtDlp(context, request),
    galleryDl: (request) => runGalleryDl(context, request),
    listGalleryDl: (request) => listGalleryDl(context, request),
    listYtDlp: (request) => listYtDlp(context, request),
    twmd: (request) => runTwmd(context, request),
    ffmpeg: (request) => runFfmpeg(context, request),
    resolveLink: (url) => resolveLink(context, url),
    probeFile: (path) => probeFile(context, path),
    has: (tool) => findTool(context.paths, tool) !== undefined && (tool !== 'twmd' || mayRunTwmd(context)),
  };
}

function createContext({ extraCaFile, slow = true, launch = ownProcess, ...options }: CreateToolsOptions): ToolContext {
  let trust: Promise<Trust> | undefined;
  return { ...options, slow, launch, trust: () => (trust ??= createTrust(options, extraCaFile)) };
}

const ownProcess: Launch = (_tool, request) => runProcess(request);

async function createTrust(
  { paths, proxy, stateDirectory, caDirectory = stateDirectory }: Omit<CreateToolsOptions, 'extraCaFile'>,
  extraCaFile: string | undefined,
): Promise<Trust> {
  const ca = extraCaFile === undefined ? undefined : await buildCaFiles(extraCaFile, caDirectory);
  const environment = buildChildEnvironment(process.env, {
    programs: paths.ffmpeg === undefined ? [] : [paths.ffmpeg],
    ownProxy: proxy !== undefined,
    ...(ca && { ca }),
  });
  return { environment, ownCa: ca !== undefined };
}
