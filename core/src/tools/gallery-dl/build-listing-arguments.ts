export interface GalleryDlListingOptions {
  /** Canonical address, with its tab. */
  readonly url: string;
  /** Fields of a post that are printed; {@link FILE_FIELDS} of each of its files follow. */
  readonly fields: readonly string[];
  /** Posts that are read at most. */
  readonly posts: number;
  /** Kept between runs of one account: guest tokens, keys. */
  readonly cacheFile: string;
  /** Keep the pauses between requests that the extractors ask for. */
  readonly slow: boolean;
  readonly cookiesFile?: string;
  /** File with what must not stand in argv. */
  readonly configFile?: string;
  readonly extra?: readonly string[];
}

const FILE_FIELDS = ['num', 'type', 'extension'];

/**
 * Builds the argv of a download that downloads nothing: rows come as the pages do, errors are told, and the exit code is
 * true. (`-j` dumps at its end, and exits 0 whatever happened.) The address stands last, after `--`.
 */
export function buildGalleryDlListingArguments(options: GalleryDlListingOptions): string[] {
  const printer = { name: 'metadata', mode: 'jsonl', filename: '-', skip: false };
  const postprocessors = [
    { ...printer, event: 'post', include: [...options.fields, 'count'] },
    { ...printer, event: 'prepare', include: FILE_FIELDS },
  ];
  return [
    '--config-ignore',
    ...option('-c', options.configFile),
    '--no-download',
    // File names stay off stdout, warnings stay on stderr.
    ...['-o', 'output.mode=null', '-o', 'extractor.skip=false'],
    ...['-o', `extractor.postprocessors=${JSON.stringify(postprocessors)}`],
    // Else it rewrites the jar and its mode.
    ...['-o', 'cookies-update=false', '-o', `cache.file=${options.cacheFile}`, '-o', 'ratelimit=abort'],
    ...['-R', '1', '--http-timeout', '20', '--post-range', `1-${options.posts}`],
    ...(options.slow ? [] : ['-o', 'sleep-request=0']),
    ...option('--cookies', options.cookiesFile),
    ...(options.extra ?? []),
    '--',
    options.url,
  ];
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}
