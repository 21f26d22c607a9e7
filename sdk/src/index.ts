export type {
  Capability,
  ConnectorManifest,
  LinkKind,
  MatchRule,
  PluginManifest,
  ProcessorManifest,
  SessionRules,
  ToolName,
} from './manifest.ts';
export type { LinkHints, LinkMatch } from './link.ts';
export type { ListedPost, ListRequest } from './listing.ts';
export type { AuthorFacts, FetchedItem, ItemFacts, ItemKind, PostFacts, PostProbe } from './post.ts';
export type { Connector, ConnectorContext, Log, ProgressUpdate } from './connector.ts';
export { defineConnector } from './connector.ts';
export type { Processor, ProcessorContext } from './processor.ts';
export { defineProcessor } from './processor.ts';
export type {
  FfmpegRequest,
  GalleryDlFile,
  GalleryDlListing,
  GalleryDlRow,
  GalleryDlRequest,
  GalleryDlRun,
  GuardedHttp,
  HttpResponse,
  ProbedFile,
  ProbedStream,
  Tools,
  YtDlpFile,
  YtDlpListing,
  YtDlpRequest,
  YtDlpRun,
} from './tools.ts';
export { PluginError, isPluginError } from './plugin-error.ts';
export type { PluginErrorOptions } from './plugin-error.ts';
export type { FailureCode } from './failure-code.ts';
export { FAILURE_CODES } from './failure-code.ts';
export * from './engines/index.ts';
export * from './links/index.ts';
