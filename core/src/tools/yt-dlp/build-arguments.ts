import type { PrivateOptions } from '../private-options.ts';

export interface YtDlpArgumentOptions {
  /** Canonical address. */
  readonly url: string;
  readonly extractors: readonly string[];
  readonly directory: string;
  readonly cacheDirectory: string;
  readonly maxFileBytes: number;
  /** @default best H.264/AAC MP4, else best */
  readonly format?: string;
  readonly ffmpegPath?: string;
  /** A copy that yt-dlp may rewrite. */
  readonly cookiesFile?: string;
  /** File with what must not stand in argv: {@link formatYtDlpConfig}. */
  readonly configFile?: string;
  /** A certificate bundle of ours is in the environment. */
  readonly ownCa?: boolean;
  /** Node for YouTube's challenges. */
  readonly nodePath?: string;
  readonly extra?: readonly string[];
}

/** Fields of a progress line; the rest of yt-dlp's dictionary is text for terminals. */
const PROGRESS_FIELDS =
  'status,downloaded_bytes,total_bytes,total_bytes_estimate,speed,eta,fragment_index,fragment_count,filename';

/** Entries of a post that are looked at. */
export const MAX_ENTRIES = 500;

const FIXED: readonly string[] = [
  ...['--ignore-config', '--no-update', '--no-plugin-dirs', '--no-playlist', '--no-mtime'],
  ...['--newline', '--no-color', '--progress', '--progress-delta', '0.2'],
  ...['--progress-template', `download:PROG %(progress.{${PROGRESS_FIELDS}})j`],
  // The info document first, the download in the same process.
  ...['-j', '--no-simulate', '--print', 'after_move:FINAL %(.{id,ext,filepath})j'],
  // Three tries of 15 s stay below the watchdog: the tool says itself that the network failed.
  ...['--socket-timeout', '15', '--retries', '2', '--extractor-retries', '1', '--fragment-retries', '2'],
  ...['--retry-sleep', 'linear=1:5:2', '--concurrent-fragments', '2'],
  // More than any post has: a list that never ends must not fill the disk.
  ...['--playlist-end', String(MAX_ENTRIES)],
  // By id, never by title: names stay short and the same for each attempt, so that partial files are found again.
  ...['-o', '%(playlist_index&{}-|)s%(id).100B.%(ext)s'],
];

/** Sorting that plays in every browser without a conversion: H.264 and AAC first, then the best picture. */
const SORT = 'vcodec:h264,lang,quality,res,fps,hdr:12,acodec:aac';

/** Builds yt-dlp's argv: probe and fetch in one run. The address stands last, after `--`. */
export function buildYtDlpArguments(options: YtDlpArgumentOptions): string[] {
  return [
    ...FIXED,
    ...option('--config-locations', options.configFile),
    ...['-S', SORT, '--merge-output-format', 'mp4/mkv'],
    ...['--use-extractors', options.extractors.join(',')],
    ...['-P', options.directory, '--cache-dir', options.cacheDirectory],
    ...['--max-filesize', String(options.maxFileBytes)],
    ...option('-f', options.format),
    ...option('--ffmpeg-location', options.ffmpegPath),
    ...option('--cookies', options.cookiesFile),
    ...(options.ownCa === true ? ['--compat-options', 'no-certifi'] : []),
    ...(asksYouTube(options.extractors) ? option('--js-runtimes', nodeRuntime(options.nodePath)) : []),
    ...(options.extra ?? []),
    '--',
    options.url,
  ];
}

/** A configuration file with the proxy and the headers; undefined when there are none. */
export function formatYtDlpConfig({ proxy, headers = {} }: PrivateOptions): string | undefined {
  const lines = [
    ...(proxy === undefined ? [] : [`--proxy ${quote(proxy)}`]),
    ...Object.entries(headers).map(([name, value]) => `--add-headers ${quote(`${name}:${value}`)}`),
  ];
  return lines.length === 0 ? undefined : `${lines.join('\n')}\n`;
}

/** yt-dlp reads its file as a shell would: in single quotes nothing has a meaning but their end. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}

function nodeRuntime(path: string | undefined): string | undefined {
  return path === undefined ? undefined : `node:${path}`;
}

function asksYouTube(extractors: readonly string[]): boolean {
  return extractors.some((name) => name.toLowerCase().startsWith('youtube'));
}
