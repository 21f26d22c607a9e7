export type { Engine, EngineRun } from './engine.ts';
export { createEngineChain } from './engine-chain.ts';
export { ENGINE_FAILURES, findMostTelling, toPluginError } from './failure-rank.ts';
export type { Compact, ToolDocument } from './fields.ts';
export {
  compact,
  findHashtags,
  formatDate,
  formatSeconds,
  readNumber,
  readObject,
  readObjects,
  readText,
} from './fields.ts';
export { kindOfFile } from './file-kind.ts';
export type { GalleryDlEngineOptions } from './gallery-dl-engine.ts';
export { createGalleryDlEngine, kindOfDocument, readGalleryDlItems } from './gallery-dl-engine.ts';
export type { Lister } from './listing-chain.ts';
export { listByChain } from './listing-chain.ts';
export type { GalleryDlListerOptions, YtDlpListerOptions } from './listers.ts';
export { createGalleryDlLister, createYtDlpLister, requireSession } from './listers.ts';
export type { MediaWish } from './media-wish.ts';
export { holdsWanted, optionsForWish, readMediaWish } from './media-wish.ts';
export type { FetchedFile, Selection, Span } from './select-items.ts';
export { parseItems, placeFiles, readSelection } from './select-items.ts';
export type { YtDlpEngineOptions } from './yt-dlp-engine.ts';
export { createYtDlpEngine, kindOfInfo, readYtDlpItems } from './yt-dlp-engine.ts';
