import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { existsSync } from 'node:fs';
import type { Connector, ConnectorContext, FetchedItem, PostProbe, Processor } from '@mediafetcher/sdk';
import { matchLink } from '@mediafetcher/sdk';
import { createTools } from '../../core/src/tools/index.ts';
import { createGuardedHttp } from '../../core/src/runner/http/guarded-http.ts';
import type { Lab, LabPost } from '../lab/index.ts';
import { readConnectors } from './manifests.ts';

/** Absolute path of a tool: the environment's, or the first on PATH. */
function findProgram(variable: string, name: string): string {
  const told = process.env[variable];
  if (told !== undefined && isAbsolute(told)) return told;
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);
  if (found === undefined) throw new Error(`${name} is not installed; set ${variable}`);
  return found;
}

const paths = () => ({
  ytDlp: findProgram('YTDLP_PATH', 'yt-dlp'),
  galleryDl: findProgram('GALLERYDL_PATH', 'gallery-dl'),
  ffmpeg: findProgram('FFMPEG_PATH', 'ffmpeg'),
  ffprobe: findProgram('FFPROBE_PATH', 'ffprobe'),
});

/** One post brought by its connector with the real tools, and the folder that it lies in. */
export interface Brought extends AsyncDisposable {
  readonly context: ConnectorContext;
  readonly probe: PostProbe;
  readonly items: readonly FetchedItem[];
}

export interface BringOptions {
  /** @default the post's own address */
  readonly url?: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Brings a post of the lab: address → connector → files, without the server. @throws PluginError */
export async function bringPost(
  lab: Lab,
  post: LabPost,
  { url = post.url, options = {} }: BringOptions = {},
): Promise<Brought> {
  const manifests = await readConnectors();
  const result = matchLink(url, manifests);
  const manifest = manifests.find(({ platform }) => platform === post.platform);
  if (!result.ok || manifest === undefined) throw new Error(`no connector takes ${url}`);
  const stagingDirectory = await mkdtemp(join(tmpdir(), 'mediafetcher-plugins-'));
  const cookiesFile = post.needsCookies ? join(stagingDirectory, 'cookies.txt') : undefined;
  if (cookiesFile !== undefined) await writeFile(cookiesFile, lab.cookies(post.platform), { mode: 0o600 });
  const nothing = (): void => undefined;
  const shared = {
    signal: new AbortController().signal,
    stagingDirectory,
    maxFileBytes: 1e9,
    log: { debug: nothing, info: nothing, warn: nothing },
    proxy: lab.proxyUrl,
    extraCaFile: lab.caFile,
    ...(cookiesFile !== undefined && { cookiesFile }),
  };
  const stateDirectory = join(stagingDirectory, 'state');
  const tools = { paths: paths(), stateDirectory, platform: post.platform, slow: false, onProgress: nothing };
  const context: ConnectorContext = {
    ...shared,
    link: result.match,
    options,
    settings: {},
    progress: nothing,
    tools: createTools({ ...shared, ...tools }),
    http: createGuardedHttp({ ...shared, hosts: manifest.hosts, allowPrivateHosts: [], onDownload: () => nothing }),
  };
  const remove = (): Promise<void> => rm(stagingDirectory, { recursive: true, force: true });
  try {
    const connector = await loadDefault<Connector>(`@mediafetcher/connector-${manifest.id}`);
    const probe = await connector.probe(context);
    const items = await connector.fetch(context, probe);
    return { context, probe, items, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Gives an item to the processors in their order, as the runner does. */
export async function processItem(context: ConnectorContext, item: FetchedItem): Promise<FetchedItem> {
  let current = item;
  for (const id of ['mp3-extract', 'ffmpeg-h264', 'gallery-dl-image']) {
    const processor = await loadDefault<Processor>(`@mediafetcher/processor-${id}`);
    const facts = await context.tools.probeFile(current.path);
    if (!processor.accepts(current, facts, context.options)) continue;
    current = await processor.process({ ...context, progress: () => undefined }, current, facts);
  }
  return current;
}

async function loadDefault<Plugin>(name: string): Promise<Plugin> {
  const module = (await import(name)) as { readonly default: Plugin };
  return module.default;
}
