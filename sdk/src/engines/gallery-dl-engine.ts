import { join } from 'node:path';
import type { ConnectorContext } from '../connector.ts';
import type { FailureCode } from '../failure-code.ts';
import type { ItemFacts, ItemKind, PostFacts } from '../post.ts';
import type { EngineRun, Engine } from './engine.ts';
import type { ToolDocument } from './fields.ts';
import { compact, readNumber, readText } from './fields.ts';
import { kindOfFile } from './file-kind.ts';
import { placeFiles, readSelection } from './select-items.ts';

export interface GalleryDlEngineOptions {
  readonly alsoAfter?: readonly FailureCode[];
  /** Further arguments, each an own argv item. */
  readonly extra?: (context: ConnectorContext) => readonly string[];
  readPost(info: ToolDocument, context: ConnectorContext): PostFacts;
  /** Items as the first file's document tells them. @default as many as its `count`, of the first one's kind */
  readonly readItems?: (info: ToolDocument) => readonly ItemFacts[];
}

/** gallery-dl: one run that tells what the post is with its first file. */
export function createGalleryDlEngine(options: GalleryDlEngineOptions): Engine {
  return {
    name: 'gallery-dl',
    ...(options.alsoAfter !== undefined && { alsoAfter: options.alsoAfter }),
    start: (context) => startRun(options, context),
  };
}

function startRun(options: GalleryDlEngineOptions, context: ConnectorContext): EngineRun {
  const selection = readSelection(context.options);
  const run = context.tools.galleryDl({
    url: context.link.url,
    directory: join(context.stagingDirectory, 'gallery-dl'),
    extra: options.extra?.(context) ?? [],
  });
  const readItems = options.readItems ?? readGalleryDlItems;
  const probe = run.info.then((info) => ({ post: options.readPost(info, context), items: readItems(info) }));
  const files = run.finished.then((done) => {
    const known = done.files.flatMap(({ path }) => {
      const kind = kindOfFile(path);
      return kind === undefined ? [] : [{ path, kind }];
    });
    return placeFiles(known, 'gallery-dl', selection);
  });
  return { probe, files, cancel: () => run.cancel() };
}

/** The file of a document and, where it says how many there are, as many more of the same kind. */
export function readGalleryDlItems(info: ToolDocument): readonly ItemFacts[] {
  const kind = kindOfDocument(info);
  const first = compact({
    index: 0,
    kind,
    width: readNumber(info, 'width'),
    height: readNumber(info, 'height'),
    duration: readNumber(info, 'duration'),
  });
  const count = Math.min(Math.trunc(readNumber(info, 'count') ?? 1), 1000);
  return [first, ...Array.from({ length: count - 1 }, (_, index) => ({ index: index + 1, kind }))];
}

/** Kind of the file that a document describes. */
export function kindOfDocument(info: ToolDocument): ItemKind {
  return kindOfFile(`x.${readText(info, 'extension') ?? 'jpg'}`) ?? 'image';
}
