export interface YtDlpListingOptions {
  /** Canonical address. */
  readonly url: string;
  readonly extractors: readonly string[];
  /** Posts that are read at most. */
  readonly posts: number;
  readonly cacheDirectory: string;
  /** Keep pauses between requests. */
  readonly slow: boolean;
  /** A copy that yt-dlp may rewrite. */
  readonly cookiesFile?: string;
  /** File with what must not stand in argv. */
  readonly configFile?: string;
  /** A certificate bundle of ours is in the environment. */
  readonly ownCa?: boolean;
  readonly extra?: readonly string[];
}

const FIELDS = 'id,url,title,timestamp,duration,uploader,uploader_id,channel,channel_id,playlist_channel_id';
const PAUSE_SECONDS = '2';

/** Builds the argv of a list that is read flat: one JSON object a line for each post, as the pages come. The address stands last. */
export function buildYtDlpListingArguments(options: YtDlpListingOptions): string[] {
  return [
    ...['--ignore-config', '--no-update', '--no-plugin-dirs', '--no-color', '--flat-playlist', '--lazy-playlist'],
    ...option('--config-locations', options.configFile),
    ...['--use-extractors', options.extractors.join(',')],
    ...['--playlist-end', String(options.posts), '--cache-dir', options.cacheDirectory],
    ...['--socket-timeout', '20', '--retries', '1', '--extractor-retries', '1'],
    ...(options.slow ? ['--sleep-requests', PAUSE_SECONDS] : []),
    ...['--print', `%(.{${FIELDS}})j`],
    ...option('--cookies', options.cookiesFile),
    ...(options.ownCa === true ? ['--compat-options', 'no-certifi'] : []),
    ...(options.extra ?? []),
    '--',
    options.url,
  ];
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}
