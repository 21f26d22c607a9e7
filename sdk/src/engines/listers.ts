import type { ConnectorContext } from '../connector.ts';
import type { FailureCode } from '../failure-code.ts';
import type { ListedPost } from '../listing.ts';
import { PluginError } from '../plugin-error.ts';
import type { GalleryDlRow } from '../tools.ts';
import type { ToolDocument } from './fields.ts';
import type { Lister } from './listing-chain.ts';

interface ListerOptions<Row> {
  readonly alsoAfter?: readonly FailureCode[];
  /** Address for the tool. @default the link's @throws PluginError for a list that the tool cannot read */
  readonly buildAddress?: (context: ConnectorContext) => string;
  /** Further arguments, each an own argv item. */
  readonly extra?: (context: ConnectorContext) => readonly string[];
  /** A row as a post; undefined for what is none, or is not wanted. */
  readonly readRow: (row: Row, context: ConnectorContext) => ListedPost | undefined;
}

export interface YtDlpListerOptions extends ListerOptions<ToolDocument> {
  /** Names of the extractors that may take the address. */
  readonly extractors: readonly string[];
}

export interface GalleryDlListerOptions extends ListerOptions<GalleryDlRow> {
  /** The field that tells a post from its files. */
  readonly idField: string;
  /** Names of the fields that are wanted of each post. */
  readonly fields: readonly string[];
}

/** yt-dlp: flat, a request for each page and none for the posts. */
export function createYtDlpLister(options: YtDlpListerOptions): Lister {
  return createLister('yt-dlp', options, (context, common) =>
    context.tools.listYtDlp({ ...common, extractors: options.extractors }),
  );
}

/** gallery-dl: posts with what each of them holds. */
export function createGalleryDlLister(options: GalleryDlListerOptions): Lister {
  const { idField, fields } = options;
  return createLister('gallery-dl', options, (context, common) =>
    context.tools.listGalleryDl({ ...common, idField, fields }),
  );
}

/**
 * Ends what guests never get before anything is asked: each of a guest's requests counts against the server's address.
 * @throws MF_ERR_LOGIN_REQUIRED
 */
export function requireSession({ cookiesFile }: ConnectorContext): void {
  if (cookiesFile === undefined)
    throw new PluginError('MF_ERR_LOGIN_REQUIRED', 'Only signed-in people are shown the posts of a profile or a list.');
}

interface Common {
  readonly url: string;
  readonly limit: number;
  readonly extra: readonly string[];
}

function createLister<Row>(
  name: string,
  { alsoAfter, buildAddress, extra, readRow }: ListerOptions<Row>,
  start: (context: ConnectorContext, common: Common) => AsyncIterable<Row>,
): Lister {
  return {
    name,
    ...(alsoAfter !== undefined && { alsoAfter }),
    async *list(context, { limit }) {
      const url = buildAddress?.(context) ?? context.link.url;
      for await (const row of start(context, { url, limit, extra: extra?.(context) ?? [] })) {
        const post = readRow(row, context);
        if (post !== undefined) yield post;
      }
    },
  };
}
