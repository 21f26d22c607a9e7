import { join } from 'node:path';
import type { ConnectorContext } from '../connector.ts';
import type { FailureCode } from '../failure-code.ts';
import type { ItemFacts, ItemKind, PostFacts } from '../post.ts';
import type { YtDlpRun } from '../tools.ts';
import type { Engine, EngineRun } from './engine.ts';
import type { ToolDocument } from './fields.ts';
import { compact, readNumber, readText } from './fields.ts';
import { kindOfFile } from './file-kind.ts';
import type { FetchedFile } from './select-items.ts';
import { placeFiles, readSelection } from './select-items.ts';

export interface YtDlpEngineOptions {
  /** Names of the extractors that may take the address. */
  readonly extractors: readonly string[];
  readonly alsoAfter?: readonly FailureCode[];
  readonly onlyAfter?: readonly FailureCode[];
  /** Address for the tool. @default the link's */
  readonly buildAddress?: (context: ConnectorContext) => string;
  readPost(info: ToolDocument, context: ConnectorContext): PostFacts;
  /** Looks at the info before anything else happens; a throw ends the run. @throws PluginError */
  readonly check?: (info: ToolDocument, context: ConnectorContext) => Promise<void> | void;
}

/** Best sound alone, or what has sound in it. */
const AUDIO_FORMAT = 'ba/b';

/** yt-dlp: one run that prints what the post is, and then goes on to fetch it. */
export function createYtDlpEngine(options: YtDlpEngineOptions): Engine {
  return {
    name: 'yt-dlp',
    ...(options.alsoAfter !== undefined && { alsoAfter: options.alsoAfter }),
    ...(options.onlyAfter !== undefined && { onlyAfter: options.onlyAfter }),
    start: (context) => startRun(options, context),
  };
}

function startRun(options: YtDlpEngineOptions, context: ConnectorContext): EngineRun {
  const selection = readSelection(context.options);
  const run = context.tools.ytDlp({
    url: options.buildAddress?.(context) ?? context.link.url,
    extractors: options.extractors,
    directory: join(context.stagingDirectory, 'yt-dlp'),
    ...(selection.audioOnly && { format: AUDIO_FORMAT }),
    // Before the host's own sorting: the best of those that are not larger, else the smallest.
    ...(selection.maxResolution !== undefined && { extra: ['-S', `res:${selection.maxResolution}`] }),
  });
  const probe = run.info.then(async (info) => {
    await options.check?.(info, context);
    return { post: options.readPost(info, context), items: readYtDlpItems(info) };
  });
  const files = run.finished.then((done) => placeFiles(readYtDlpFiles(done), 'yt-dlp', selection));
  return { probe, files, cancel: () => run.cancel() };
}

/** What the chosen format of an info document is: sound alone, or a video (yt-dlp's extractors of the house give no pictures). */
export function kindOfInfo(info: ToolDocument): ItemKind {
  const video = readText(info, 'vcodec');
  if (video !== undefined) return video === 'none' ? 'audio' : 'video';
  return kindOfFile(`x.${readText(info, 'ext') ?? 'mp4'}`) === 'audio' ? 'audio' : 'video';
}

/** Items as the first info document tells them; an entry of a playlist tells how many there are. */
export function readYtDlpItems(info: ToolDocument): readonly ItemFacts[] {
  const kind = kindOfInfo(info);
  const first = compact({
    index: 0,
    kind,
    width: readNumber(info, 'width'),
    height: readNumber(info, 'height'),
    duration: readNumber(info, 'duration'),
    totalBytes: readNumber(info, 'filesize', 'filesize_approx'),
  });
  const count = Math.min(readNumber(info, 'n_entries') ?? 1, 1000);
  return [first, ...Array.from({ length: count - 1 }, (_, index) => ({ index: index + 1, kind }))];
}

function readYtDlpFiles({ infos, files }: Awaited<YtDlpRun['finished']>): readonly FetchedFile[] {
  return files.flatMap((file) => {
    const info = infos.find((one) => one['id'] === file.id);
    const byName = kindOfFile(file.path);
    if (byName === undefined) return [];
    // A .webm or .mp4 may hold sound alone: the format that was chosen tells.
    return [{ path: file.path, kind: byName === 'video' && info !== undefined ? kindOfInfo(info) : byName }];
  });
}
