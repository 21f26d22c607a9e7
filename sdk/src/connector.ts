import type { LinkMatch } from './link.ts';
import type { ListedPost, ListRequest } from './listing.ts';
import type { FetchedItem, PostProbe } from './post.ts';
import type { GuardedHttp, Tools } from './tools.ts';

/** pino's calls, as far as plugins need them. */
export interface Log {
  debug(fields: object, message?: string): void;
  info(fields: object, message?: string): void;
  warn(fields: object, message?: string): void;
}

export interface ProgressUpdate {
  /** 0-1 of the present stage. Missing when the length is unknown. */
  readonly share?: number;
  /** Bytes per second. */
  readonly speed?: number;
  /** Seconds. */
  readonly eta?: number;
  readonly totalBytes?: number;
}

/** All that a connector gets: one job's world. */
export interface ConnectorContext {
  /** Aborted on cancel, pause, time-out and shutdown. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** What to get; a share link is resolved before the connector is asked. */
  readonly link: LinkMatch;
  /** By the manifest's `options` schema. */
  readonly options: Readonly<Record<string, unknown>>;
  /** By the manifest's `settings` schema. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** A Netscape cookie file that lives as long as the job. */
  readonly cookiesFile?: string;
  /**
   * The platform has refused others and is asked once, whether it serves us again: by the first choice of what can ask it.
   * A connector that leaves others out for that throws its failure with `untried`. @default false
   */
  readonly firstChoiceOnly?: boolean;
  /** Absolute. All files go here. */
  readonly stagingDirectory: string;
  readonly tools: Tools;
  readonly http: GuardedHttp;
  progress(update: ProgressUpdate): void;
}

/** A platform. One module-level value; a fresh process for each job. */
export interface Connector {
  /** Says what the post is. May start the tool that goes on to fetch it. @throws PluginError */
  probe(context: ConnectorContext): Promise<PostProbe>;
  /** Brings the files. Called once, after {@link Connector.probe} with the same context. @throws PluginError */
  fetch(context: ConnectorContext, probe: PostProbe): Promise<readonly FetchedItem[]>;
  /**
   * Reads a profile or a list, newest post first; nothing is fetched. Needed for the capabilities `profile` and `listing`.
   * What was read before a throw counts. @throws PluginError
   */
  list?(context: ConnectorContext, request: ListRequest): AsyncIterable<ListedPost>;
}

/** Types a connector; returns it as it is. */
export function defineConnector(connector: Connector): Connector {
  return connector;
}
