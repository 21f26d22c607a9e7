import type { ConnectorContext } from '../connector.ts';
import type { FailureCode } from '../failure-code.ts';
import type { FetchedItem, PostProbe } from '../post.ts';

/** One way to a post: a tool with the reading of what it tells. */
export interface Engine {
  /** As it stands in {@link FetchedItem.engine}, e.g. `yt-dlp`. */
  readonly name: string;
  /** Failures of the engine before, besides those of `ENGINE_FAILURES`, after which this one is worth a try. */
  readonly alsoAfter?: readonly FailureCode[];
  /** The only failures of the engine before after which this one is worth a try; in place of all others. */
  readonly onlyAfter?: readonly FailureCode[];
  /** Starts a run that probes and fetches. @throws PluginError */
  start(context: ConnectorContext): EngineRun;
}

/** A run in progress. Its promises may reject before anyone asks: whoever starts it looks at both. */
export interface EngineRun {
  /** What the post is, as soon as the run tells. */
  readonly probe: Promise<PostProbe>;
  /** The files in the order of the post. */
  readonly files: Promise<readonly FetchedItem[]>;
  /** Ends the run; both promises then reject. */
  cancel(): void;
}
