import type { Static } from 'typebox';
import Type from 'typebox';
import type { ItemKind, LinkMatch } from '@mediafetcher/sdk';
import {
  Failed,
  FailureCodeSchema,
  ItemKindSchema,
  Listed,
  PostSchema,
  Resolved,
  StageName,
  StagedThumbnail,
} from './messages.ts';
import type { PluginRef as PluginRefSchema } from './messages.ts';

export type PluginRef = Static<typeof PluginRefSchema>;

/**
 * What a worker and its runner say to each other: JSON lines over a pipe of their own. Node's ipc channel would not do: a
 * runner hosts plugin code, and garbage on that channel throws out of the worker's event loop.
 */

/** The runner's end of the pipe. */
export const RUNNER_PIPE_FD = 3;

/** Bytes of one line; a carousel of a thousand items stays far below. */
export const MAX_RUNNER_LINE_BYTES: number = 8 * 1024 * 1024;

/** @throws TypeError for what JSON cannot hold */
export function formatRunnerLine(message: ToRunner | FromRunner): string {
  return `${JSON.stringify(message)}\n`;
}

/** Places of the outside programs; a missing one is looked up on PATH. */
export interface ToolPaths {
  readonly ytDlp?: string;
  readonly galleryDl?: string;
  readonly twmd?: string;
  readonly ffmpeg?: string;
  readonly ffprobe?: string;
}

/** One job, as a runner gets it. */
export interface RunnerJob {
  readonly jobId: string;
  readonly attempt: number;
  readonly link: LinkMatch;
  readonly options: Readonly<Record<string, unknown>>;
  /** What an admin has set, by the plugin's id. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly connector: PluginRef;
  readonly processors: readonly PluginRef[];
  /** Absolute; exists. */
  readonly stagingDirectory: string;
  /** Absolute; exists. Private to the job: where it and its tools run. */
  readonly workDirectory: string;
  /** Absolute; for what tools keep between jobs. */
  readonly stateDirectory: string;
  /** Folder in which plugins installed by the owner lie. */
  readonly pluginDirectory: string;
  readonly toolPaths: ToolPaths;
  /** Script of the warm Python processes. */
  readonly pythonHost: string;
  readonly cookiesFile?: string;
  /** Absolute; gets what each tool was asked and said. */
  readonly logFile?: string;
  readonly proxy?: string;
  /** The person's own request headers. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly extraCaFile?: string;
  /** Absolute; certificate files of all jobs. */
  readonly caDirectory: string;
  readonly maxFileBytes: number;
  /** Of a profile or a list: how many of its posts are wanted. */
  readonly listLimit?: number;
  /** The platform is asked by the first choice only. @default false */
  readonly probe?: boolean;
  /** Hosts that may be private. */
  readonly allowPrivateHosts: readonly string[];
}

/** A stored file whose thumbnails are made again. No plugin takes part. */
export interface ThumbnailTask {
  /** Absolute; is only read. */
  readonly source: string;
  readonly kind: ItemKind;
  /** Absolute; exists. */
  readonly stagingDirectory: string;
  /** Absolute; exists. */
  readonly stateDirectory: string;
  readonly toolPaths: ToolPaths;
}

/** A stored file that is made playable, by the processors of any job. */
export interface PlayableTask extends ThumbnailTask {
  readonly processors: readonly PluginRef[];
  readonly settings: RunnerJob['settings'];
  readonly pluginDirectory: string;
  readonly maxFileBytes: number;
}

/** What a runner is there for. */
export type RunnerOrder =
  | { readonly type: 'run'; readonly job: RunnerJob }
  | { readonly type: 'make-thumbnails'; readonly task: ThumbnailTask }
  | { readonly type: 'make-playable'; readonly task: PlayableTask };

/** Worker → runner. A stop is SIGTERM. `rest`: the job is over, another one may come. `turn`: it is this one's turn. */
export type ToRunner =
  | RunnerOrder
  | { readonly type: 'continue' }
  | { readonly type: 'rest' }
  | { readonly type: 'turn'; readonly id: number };

const Path = Type.String({ minLength: 1, maxLength: 4096 });
const Key = Type.String({ minLength: 3, maxLength: 200 });

const RunnerProgress = Type.Object({
  type: Type.Literal('progress'),
  stage: StageName,
  progress: Type.Number({ minimum: 0, maximum: 100 }),
  speed: Type.Optional(Type.Number({ minimum: 0 })),
  eta: Type.Optional(Type.Number({ minimum: 0 })),
  totalBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  filename: Type.Optional(Type.String({ maxLength: 255 })),
  indeterminate: Type.Optional(Type.Boolean()),
});
export type RunnerProgress = Static<typeof RunnerProgress>;

const RunnerResolved = Type.Object({
  type: Type.Literal('resolved'),
  key: Resolved.properties.key,
  url: Type.String({ maxLength: 2048 }),
  post: Type.Optional(PostSchema),
});

const RunnerListed = Type.Object({ type: Type.Literal('listed'), entries: Listed.properties.entries });

/** The list has been told to its end. */
const RunnerExpanded = Type.Object({ type: Type.Literal('expanded') });

/** What takes much memory is done by one runner of a worker at a time: a turn is asked for, and given back. */
const RunnerTurn = Type.Object({
  type: Type.Literal('turn'),
  id: Type.Integer({ minimum: 0 }),
  wanted: Type.Boolean(),
});

const RunnerLog = Type.Object({
  type: Type.Literal('log'),
  level: Type.Union([Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn')]),
  stage: Type.String({ maxLength: 20 }),
  fields: Type.String({ maxLength: 4096, description: 'JSON' }),
  message: Type.Optional(Type.String({ maxLength: 2048 })),
});

const pictures = {
  thumbnails: Type.Array(Type.Object({ width: StagedThumbnail.properties.width, path: Path }), { maxItems: 8 }),
  thumbhash: Type.Optional(Type.String({ maxLength: 64 })),
};

export const RunnerItem = Type.Object({
  index: Type.Integer({ minimum: 0, maximum: 9999 }),
  kind: ItemKindSchema,
  /** Absolute. */
  path: Path,
  width: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  height: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  duration: Type.Optional(Type.Number({ minimum: 0 })),
  ...pictures,
  engine: Type.String({ maxLength: 60 }),
});
export type RunnerItem = Static<typeof RunnerItem>;

const RunnerResult = Type.Object({
  key: Key,
  url: Type.String({ maxLength: 2048 }),
  post: PostSchema,
  items: Type.Array(RunnerItem, { minItems: 1, maxItems: 1000 }),
});
export type RunnerResult = Static<typeof RunnerResult>;

const RunnerDone = Type.Object({ type: Type.Literal('done'), result: RunnerResult });

const RunnerThumbnails = Type.Object({ type: Type.Literal('thumbnails'), ...pictures });
export type RunnerThumbnails = Static<typeof RunnerThumbnails>;

/** A form of the file that every browser plays. */
const RunnerPlayable = Type.Object({
  type: Type.Literal('playable'),
  /** Absolute. */
  path: Path,
  width: RunnerItem.properties.width,
  height: RunnerItem.properties.height,
  duration: RunnerItem.properties.duration,
});
export type RunnerPlayable = Static<typeof RunnerPlayable>;

const RunnerFailed = Type.Object({
  type: Type.Literal('failed'),
  errorCode: FailureCodeSchema,
  message: Type.String({ maxLength: 2000 }),
  retryAfterMs: Failed.properties.retryAfterMs,
  untried: Failed.properties.untried,
  requeue: Failed.properties.requeue,
});

/** Nothing of the last job runs any more but these warm processes. */
const RunnerRested = Type.Object({
  type: Type.Literal('rested'),
  hosts: Type.Array(Type.Integer({ minimum: 2 }), { maxItems: 8 }),
});

/** Runner → worker. */
export const FromRunner = Type.Union([
  RunnerProgress,
  RunnerResolved,
  RunnerListed,
  RunnerExpanded,
  RunnerTurn,
  RunnerLog,
  RunnerDone,
  RunnerThumbnails,
  RunnerPlayable,
  RunnerFailed,
  RunnerRested,
]);
export type FromRunner = Static<typeof FromRunner>;
