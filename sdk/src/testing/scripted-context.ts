import type { ConnectorContext } from '../connector.ts';
import type { LinkMatch } from '../link.ts';
import { PluginError } from '../plugin-error.ts';
import type {
  GalleryDlListing,
  GalleryDlRequest,
  GalleryDlRow,
  GuardedHttp,
  Tools,
  YtDlpListing,
  YtDlpRequest,
} from '../tools.ts';

type Document = Readonly<Record<string, unknown>>;
type Scripted<Result> = Result | PluginError;

/** What the tools of a scripted context answer; a tool without a script is missing. */
export interface ToolScript {
  readonly ytDlp?: Scripted<{ readonly infos: readonly Document[]; readonly files: readonly string[] | PluginError }>;
  readonly galleryDl?: Scripted<{ readonly info: Document; readonly files: readonly string[] | PluginError }>;
  /** Rows of a list; a failure comes after them. */
  readonly listGalleryDl?: Scripted<readonly (GalleryDlRow | PluginError)[]>;
  readonly listYtDlp?: Scripted<readonly (Document | PluginError)[]>;
  readonly twmd?: Scripted<readonly string[]>;
  readonly http?: Partial<GuardedHttp>;
}

/** A context whose tools play a script, and what was asked of them, in order. */
export interface ScriptedContext extends ConnectorContext {
  readonly calls: (
    | YtDlpRequest
    | GalleryDlRequest
    | GalleryDlListing
    | YtDlpListing
    | { readonly postId: string }
    | { readonly cancelled: string }
  )[];
}

export interface ScriptedContextOptions {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly cookiesFile?: string;
  readonly signal?: AbortSignal;
  readonly firstChoiceOnly?: boolean;
}

/** Makes a context for tests of a connector's choices: no process, no network, no files. */
export function createScriptedContext(
  link: LinkMatch,
  script: ToolScript,
  { options = {}, cookiesFile, signal = new AbortController().signal, firstChoiceOnly }: ScriptedContextOptions = {},
): ScriptedContext {
  const calls: ScriptedContext['calls'] = [];
  const silent = (): void => undefined;
  return {
    calls,
    signal,
    link,
    options,
    settings: {},
    stagingDirectory: '/staging',
    log: { debug: silent, info: silent, warn: silent },
    progress: silent,
    tools: createTools(script, calls),
    http: { request: refuseCall, download: refuseCall, ...script.http },
    ...(cookiesFile !== undefined && { cookiesFile }),
    ...(firstChoiceOnly !== undefined && { firstChoiceOnly }),
  };
}

function createTools(script: ToolScript, calls: ScriptedContext['calls']): Tools {
  const cancel = (cancelled: string) => () => void calls.push({ cancelled });
  return {
    ytDlp(request) {
      calls.push(request);
      const played = play(script.ytDlp, 'yt-dlp');
      const info = played.then(({ infos }) => infos[0] ?? {});
      const finished = played.then(({ infos, files }) => {
        const id = String(infos[0]?.['id']);
        return { infos, files: orThrow(files).map((path) => ({ id, path })) };
      });
      return { info, finished, cancel: cancel('yt-dlp') };
    },
    galleryDl(request) {
      calls.push(request);
      const played = play(script.galleryDl, 'gallery-dl');
      const finished = played.then(({ info, files }) => ({
        files: orThrow(files).map((path) => ({ path, metadata: info })),
      }));
      return { info: played.then(({ info }) => info), finished, cancel: cancel('gallery-dl') };
    },
    listGalleryDl(request) {
      calls.push(request);
      return playRows(script.listGalleryDl, 'gallery-dl');
    },
    listYtDlp(request) {
      calls.push(request);
      return playRows(script.listYtDlp, 'yt-dlp');
    },
    twmd(request) {
      calls.push(request);
      return play(script.twmd, 'twmd');
    },
    ffmpeg: refuseCall,
    probeFile: refuseCall,
    has: (tool) => ({ 'yt-dlp': script.ytDlp, 'gallery-dl': script.galleryDl, twmd: script.twmd })[tool] !== undefined,
  };
}

async function play<Result>(scripted: Scripted<Result> | undefined, tool: string): Promise<Result> {
  if (scripted === undefined) throw new PluginError('MF_ERR_TOOL_MISSING', `${tool} is not installed.`);
  return orThrow(scripted);
}

async function* playRows<Row>(
  scripted: Scripted<readonly (Row | PluginError)[]> | undefined,
  tool: string,
): AsyncGenerator<Row> {
  for (const row of await play(scripted, tool)) yield orThrow<Row>(row);
}

function orThrow<Result>(scripted: Scripted<Result>): Result {
  if (scripted instanceof PluginError) throw scripted;
  return scripted;
}

function refuseCall(): Promise<never> {
  return Promise.reject(new PluginError('MF_ERR_INTERNAL', 'The script has no answer to this call.'));
}
