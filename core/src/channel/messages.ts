import type { Static } from 'typebox';
import Type from 'typebox';
import type { FailureCode } from '@mediafetcher/sdk';
import { FAILURE_CODES } from '@mediafetcher/sdk';
import { MAX_RETRY_AFTER_MS } from './to-failure.ts';

/** The worker channel's messages. Messages can be lost or doubled: each carries jobId and attempt. */

const JobId = Type.String({ pattern: '^[0-9a-f]{24}$' });
const Attempt = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const job = { jobId: JobId, attempt: Attempt };
const Key = Type.String({ minLength: 3, maxLength: 200, pattern: '^[a-z0-9-]+:.+$' });
const Text = (maxLength: number) => Type.String({ maxLength });

export const StageName = Type.Union([
  Type.Literal('list'),
  Type.Literal('probe'),
  Type.Literal('fetch'),
  Type.Literal('verify'),
  Type.Literal('process'),
  Type.Literal('store'),
]);
export type StageName = Static<typeof StageName>;

/** The list is one of the SDK's: its type is known there. */
export const FailureCodeSchema = Type.Unsafe<FailureCode>(Type.Union(FAILURE_CODES.map((code) => Type.Literal(code))));

export const ItemKindSchema = Type.Union([Type.Literal('video'), Type.Literal('image'), Type.Literal('audio')]);

export const LinkSchema = Type.Object({
  connector: Text(100),
  platform: Text(60),
  kind: Type.Union([Type.Literal('post'), Type.Literal('profile'), Type.Literal('listing'), Type.Literal('share')]),
  key: Type.Optional(Key),
  certain: Type.Boolean(),
  url: Text(2048),
  hints: Type.Optional(Type.Object({ item: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) })),
});

export const PluginRef = Type.Object({ id: Text(100), package: Text(214) });

/** Characters of a jar that a job can be given. */
export const MAX_JAR_LENGTH = 1_000_000;

/** Server → worker: run this job. */
export const Assign = Type.Object({
  type: Type.Literal('assign'),
  ...job,
  link: LinkSchema,
  options: Type.Record(Type.String(), Type.Unknown()),
  /** What an admin has set, by the plugin's id. */
  settings: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
  /** Connector first, then the processors in their order. */
  connector: PluginRef,
  processors: Type.Array(PluginRef),
  /** Netscape text. Never sent over plain ws: beyond loopback. */
  cookies: Type.Optional(Text(MAX_JAR_LENGTH)),
  proxy: Type.Optional(Text(2048)),
  /** The person's own request headers. Like cookies never sent over plain ws: beyond loopback. */
  headers: Type.Optional(Type.Record(Type.String(), Text(4096))),
  /** Milliseconds without a heartbeat after which the slot is given again. */
  leaseMs: Type.Integer({ minimum: 1000 }),
  maxFileBytes: Type.Integer({ minimum: 1 }),
  /** Bytes that stay free on the media's disk: a fetch that would use them is ended. @default 0 */
  reserveBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Of a profile or a list: how many of its posts are wanted. */
  listLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  /** The job shows whether a platform that refused others serves us again: it asks by its first choice only. @default false */
  probe: Type.Optional(Type.Boolean()),
});
export type Assign = Static<typeof Assign>;

/** Server → worker: stop it. `drop` throws the staged files away. */
export const Cancel = Type.Object({ type: Type.Literal('cancel'), ...job, drop: Type.Boolean() });
export const Pause = Type.Object({ type: Type.Literal('pause'), ...job });
/** Server → worker: the answer to `resolved` when the post is not there yet, and to each `listed`. */
export const Continue = Type.Object({ type: Type.Literal('continue'), ...job });
/** Server → worker: `staged`, `expanded`, `failed` or `paused` of this attempt has been taken over for good. */
export const Ack = Type.Object({ type: Type.Literal('ack'), ...job });

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** Server → worker: make the thumbnails of a stored file again. They lie in staging until the server has taken them over. */
export const MakeThumbnails = Type.Object({
  type: Type.Literal('make-thumbnails'),
  /** Of no download: names the folder in staging. */
  ...job,
  sha256: Sha256,
  ext: Type.String({ pattern: '^[0-9a-z]{1,8}$' }),
  kind: ItemKindSchema,
});
export type MakeThumbnails = Static<typeof MakeThumbnails>;

/** Server → worker: make a form of a stored file that every browser plays. It lies in staging until the server has taken it over. */
export const MakePlayable = Type.Object({
  type: Type.Literal('make-playable'),
  /** Of no download: names the folder in staging. */
  ...job,
  sha256: Sha256,
  ext: Type.String({ pattern: '^[0-9a-z]{1,8}$' }),
  kind: ItemKindSchema,
  processors: Type.Array(PluginRef),
  /** What an admin has set, by the plugin's id. */
  settings: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
  maxFileBytes: Type.Integer({ minimum: 1 }),
  /** Bytes that stay free on the media's disk. */
  reserveBytes: Type.Integer({ minimum: 0 }),
});
export type MakePlayable = Static<typeof MakePlayable>;

/** What is being made playable and makes no headway for so long hangs, in milliseconds: a large file's end is written without a word. */
export const PLAYABLE_STALL_MS = 10 * 60_000;

export const ServerMessage = Type.Union([Assign, Cancel, Pause, Continue, Ack, MakeThumbnails, MakePlayable]);
export type ServerMessage = Static<typeof ServerMessage>;

export const RunningJob = Type.Object(job);

/** Worker → server: first message on every connection. */
export const Hello = Type.Object({
  type: Type.Literal('hello'),
  workerId: Text(100),
  version: Text(40),
  slots: Type.Integer({ minimum: 0, maximum: 1000 }),
  plugins: Type.Array(Text(100), { maxItems: 1000 }),
  running: Type.Array(RunningJob, { maxItems: 1000 }),
  /** What it makes besides downloads: a worker of an older version does not say, and would not answer. @default none */
  makes: Type.Optional(Type.Array(Text(40), { maxItems: 20 })),
});
export const Accepted = Type.Object({ type: Type.Literal('accepted'), ...job });
/** Worker → server: the jobs in hand; renews their leases. */
export const Heartbeat = Type.Object({
  type: Type.Literal('heartbeat'),
  running: Type.Array(RunningJob, { maxItems: 1000 }),
});

export const Progress = Type.Object({
  type: Type.Literal('progress'),
  ...job,
  stage: StageName,
  /** 0-100 over the whole job. */
  progress: Type.Number({ minimum: 0, maximum: 100 }),
  /** Bytes per second. */
  speed: Type.Optional(Type.Number({ minimum: 0 })),
  /** Seconds. */
  eta: Type.Optional(Type.Number({ minimum: 0 })),
  totalBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  filename: Type.Optional(Text(255)),
  /** True while a stage's length is unknown: `progress` is then its start. */
  indeterminate: Type.Optional(Type.Boolean()),
});
export type Progress = Static<typeof Progress>;

export const AuthorSchema = Type.Object({
  id: Type.Optional(Text(200)),
  handle: Text(200),
  name: Type.Optional(Text(500)),
  url: Type.Optional(Text(2048)),
});

export const PostSchema = Type.Object({
  postId: Text(200),
  author: Type.Optional(AuthorSchema),
  title: Type.Optional(Text(2_000)),
  caption: Type.Optional(Text(50_000)),
  postedAt: Type.Optional(Text(40)),
  hashtags: Type.Optional(Type.Array(Text(200), { maxItems: 200 })),
  nsfw: Type.Optional(Type.Boolean()),
});

/** Worker → server: a share link (or a probe) has shown its post. The server answers `continue`, or `cancel` when it exists. */
export const Resolved = Type.Object({
  type: Type.Literal('resolved'),
  ...job,
  key: Key,
  url: Text(2048),
  post: Type.Optional(PostSchema),
});
export type Resolved = Static<typeof Resolved>;

/** Most posts that one {@link Listed} tells. */
export const LISTED_BATCH = 50;

/** A post of a profile or a list. The server judges the address itself. */
export const ListedEntry = Type.Object({
  url: Text(2048),
  title: Type.Optional(Text(500)),
  author: Type.Optional(Text(500)),
  /** What of the list's options is another one for this post. */
  options: Type.Optional(Type.Record(Text(100), Type.Unknown())),
});
export type ListedEntry = Static<typeof ListedEntry>;

/** Worker → server: posts of a list, in its order. One batch at a time: the server answers each with `continue`. */
export const Listed = Type.Object({
  type: Type.Literal('listed'),
  ...job,
  entries: Type.Array(ListedEntry, { minItems: 1, maxItems: LISTED_BATCH }),
});
export type Listed = Static<typeof Listed>;

/** Worker → server: the list has no more posts that are wanted. Sent again until `ack`. */
export const Expanded = Type.Object({ type: Type.Literal('expanded'), ...job });
export type Expanded = Static<typeof Expanded>;

export const StagedThumbnail = Type.Object({ width: Type.Integer({ minimum: 1, maximum: 4096 }), path: Text(500) });

const pictures = {
  thumbnails: Type.Array(StagedThumbnail, { maxItems: 8 }),
  /** Base64 of the thumbhash bytes. */
  thumbhash: Type.Optional(Text(64)),
};

export const StagedItem = Type.Object({
  index: Type.Integer({ minimum: 0, maximum: 9999 }),
  kind: ItemKindSchema,
  /** Relative to the attempt's staging directory. */
  path: Text(500),
  sha256: Sha256,
  size: Type.Integer({ minimum: 1 }),
  width: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  height: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  /** Seconds. */
  duration: Type.Optional(Type.Number({ minimum: 0 })),
  ...pictures,
  engine: Text(60),
});
export type StagedItem = Static<typeof StagedItem>;

export const StagedResult = Type.Object({
  key: Key,
  url: Text(2048),
  post: PostSchema,
  items: Type.Array(StagedItem, { minItems: 1, maxItems: 1000 }),
  /** True when the fetch was made with the person's cookies. */
  usedCookies: Type.Boolean(),
});
export type StagedResult = Static<typeof StagedResult>;

/** Worker → server: everything is in staging, hashed and synced. Sent again until `ack`. */
export const Staged = Type.Object({ type: Type.Literal('staged'), ...job, result: StagedResult });
export type Staged = Static<typeof Staged>;

export const Paused = Type.Object({ type: Type.Literal('paused'), ...job });

export const Failed = Type.Object({
  type: Type.Literal('failed'),
  ...job,
  errorCode: FailureCodeSchema,
  message: Text(2_000),
  /** Milliseconds for which the platform asked to be left alone. */
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_RETRY_AFTER_MS })),
  /** The platform was asked by the first choice only; others may bring the post. */
  untried: Type.Optional(Type.Boolean()),
  /** What the tools were asked and said, without secrets. */
  log: Type.Optional(Text(32_000)),
  /** The worker gives the job back (drain, lost runner): another attempt may do it at once. */
  requeue: Type.Optional(Type.Boolean()),
});
export type Failed = Static<typeof Failed>;

/** Worker → server: what {@link MakeThumbnails} has come to; none for a file that has no picture in it. */
export const Thumbnails = Type.Object({
  type: Type.Literal('thumbnails'),
  ...job,
  ...pictures,
  /** Why they could not be made. */
  problem: Type.Optional(Text(2_000)),
});
export type Thumbnails = Static<typeof Thumbnails>;

/** Worker → server: how far {@link MakePlayable} is, 0-100. */
export const RenditionProgress = Type.Object({
  type: Type.Literal('rendition-progress'),
  ...job,
  progress: Type.Number({ minimum: 0, maximum: 100 }),
});
export type RenditionProgress = Static<typeof RenditionProgress>;

/** A file that was made playable, hashed and synced. */
export const StagedRendition = Type.Object({
  /** Relative to the attempt's staging directory. */
  path: Text(500),
  sha256: Sha256,
  size: StagedItem.properties.size,
  width: StagedItem.properties.width,
  height: StagedItem.properties.height,
  duration: StagedItem.properties.duration,
});
export type StagedRendition = Static<typeof StagedRendition>;

/** Worker → server: what {@link MakePlayable} has come to: a file, or why there is none. */
export const Rendition = Type.Object({
  type: Type.Literal('rendition'),
  ...job,
  file: Type.Optional(StagedRendition),
  errorCode: Type.Optional(FailureCodeSchema),
  message: Type.Optional(Text(2_000)),
});
export type Rendition = Static<typeof Rendition>;

export const WorkerMessage = Type.Union([
  Hello,
  Accepted,
  Heartbeat,
  Progress,
  Resolved,
  Listed,
  Expanded,
  Staged,
  Paused,
  Failed,
  Thumbnails,
  RenditionProgress,
  Rendition,
]);
export type WorkerMessage = Static<typeof WorkerMessage>;
