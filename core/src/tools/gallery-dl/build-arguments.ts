import type { PrivateOptions } from '../private-options.ts';

export interface GalleryDlArgumentOptions {
  /** Canonical address. */
  readonly url: string;
  readonly directory: string;
  /** Kept between runs of one account: guest tokens, keys. */
  readonly cacheFile: string;
  readonly maxFileBytes: number;
  /** Keep the pauses between requests that the extractors ask for. */
  readonly slow: boolean;
  readonly ffmpegPath?: string;
  readonly cookiesFile?: string;
  /** File with what must not stand in argv: {@link formatGalleryDlConfig}. */
  readonly configFile?: string;
  /** A certificate bundle of ours is in the environment. */
  readonly ownCa?: boolean;
  readonly extra?: readonly string[];
}

/** Lines for us instead of for people; {@link parseGalleryDlLine} reads them. */
const OUTPUT = {
  start: '',
  skip: 'SKIP {}\n',
  success: 'FILE {}\n',
  progress: 'PROG {0} {1}\n',
  'progress-total': 'PROG {0} {1} {2} {3}\n',
};

/** Prints what is known of each file before it is fetched; the order of these lines is the order of the post. */
const POSTPROCESSORS = [{ name: 'metadata', mode: 'jsonl', event: 'prepare', filename: '-', skip: false }];

/** `num` is there on all five platforms (0 or missing for single files); the rest is the CDN's name, never the caption. */
const FILENAME = 'item{num:?//>04}_{filename:[b:80]}.{extension}';

// Two tries of 15 s stay below the watchdog: the tool says itself that the network failed.
const FIXED: readonly string[] = [
  '--config-ignore',
  ...['-o', `output.mode=${JSON.stringify(OUTPUT)}`, '-o', 'output.shorten=false', '-o', 'downloader.progress=0'],
  ...['-o', `extractor.postprocessors=${JSON.stringify(POSTPROCESSORS)}`, '-o', `extractor.filename=${FILENAME}`],
  // Else it rewrites the jar and its mode.
  ...['-o', 'cookies-update=false', '-o', 'downloader.mtime=false', '-o', 'ratelimit=abort'],
  ...['-R', '1', '--http-timeout', '15'],
];

/** Builds gallery-dl's argv: one run that downloads and tells. The address stands last, after `--`. */
export function buildGalleryDlArguments(options: GalleryDlArgumentOptions): string[] {
  return [
    ...FIXED,
    ...option('-c', options.configFile),
    ...['-o', `cache.file=${options.cacheFile}`, '-D', options.directory],
    ...['--filesize-max', String(options.maxFileBytes)],
    ...Object.entries(embeddedOptions(options)).flatMap(([name, value]) => [
      '-o',
      `downloader.ytdl.raw-options.${name}=${JSON.stringify(value)}`,
    ]),
    ...(options.slow ? [] : ['-o', 'sleep-request=0']),
    ...option('--cookies', options.cookiesFile),
    ...(options.extra ?? []),
    '--',
    options.url,
  ];
}

/** A configuration file with the proxy and the headers; undefined when there are none. */
export function formatGalleryDlConfig({ proxy, headers }: PrivateOptions): string | undefined {
  if (proxy === undefined && headers === undefined) return undefined;
  return JSON.stringify({
    extractor: { ...(proxy !== undefined && { proxy }), ...(headers && { headers }) },
    // The yt-dlp inside has a session of its own.
    ...(headers && { downloader: { ytdl: { 'raw-options': { http_headers: headers } } } }),
  });
}

/** For the yt-dlp inside gallery-dl, which fetches videos that come in several streams. */
function embeddedOptions({ ffmpegPath, ownCa, maxFileBytes }: GalleryDlArgumentOptions): Record<string, unknown> {
  return {
    max_filesize: maxFileBytes,
    ...(ffmpegPath !== undefined && { ffmpeg_location: ffmpegPath }),
    ...(ownCa === true && { compat_opts: ['no-certifi'] }),
  };
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}
