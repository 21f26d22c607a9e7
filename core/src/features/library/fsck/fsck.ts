import { opendir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { MediaService } from '../../media/index.ts';
import type { MediaRoot } from '../../system/index.ts';
import type { FolderTotals } from '../folders/folder-totals.ts';
import type { LibraryModels } from '../models.ts';
import type { DocumentCheck } from './check-documents.ts';
import { FileCheck } from './check-files.ts';
import { checkFolders } from './check-folders.ts';
import type { Finding, FsckOptions, FsckReport, ReportedDifference } from './finding.ts';

const BATCH = 500;
const SETTLE_MS = 500;
const ID = { _id: 1 } as const;
const behind = (id: Types.ObjectId | undefined) => (id === undefined ? {} : { _id: { $gt: id } });

export interface FsckDependencies {
  readonly models: LibraryModels;
  readonly media: MediaService;
  readonly mediaRoot: Pick<MediaRoot, 'mounted' | 'final' | 'thumbs'>;
  readonly documents: DocumentCheck;
  readonly totals: FolderTotals;
  /** Finishes what stands between two states. */
  readonly reconcile: () => Promise<void>;
}

/** Compares links, posts, media and files with each other, in batches; may run beside a working server. */
export class Fsck {
  readonly #deps: FsckDependencies;

  constructor(dependencies: FsckDependencies) {
    this.#deps = dependencies;
  }

  /** @throws MF_ERR_MOUNT_MISSING: without the share every file would be missing */
  async run(options: FsckOptions = {}): Promise<FsckReport> {
    const { models, media, mediaRoot, documents, reconcile } = this.#deps;
    if (!(await mediaRoot.mounted()))
      throw new CodedError('MF_ERR_MOUNT_MISSING', 'The media folder is not mounted. Nothing can be compared.');
    if (options.repair === true) await reconcile();
    const pass = new Pass(options);
    const links = await pass.over(
      batches(async (after, limit) => models.Link.find(behind(after), ID).sort(ID).limit(limit).lean()),
      async (ids) => documents.links(ids),
    );
    const posts = await pass.over(
      batches(async (after, limit) => models.Post.find(behind(after), ID).sort(ID).limit(limit).lean()),
      async (ids) => documents.posts(ids),
    );
    const counted = await pass.over(batches(media.idsAfter), async (ids) => documents.media(ids));
    await pass.over(
      batches(async (after, limit) => models.Folder.find(behind(after), ID).sort(ID).limit(limit).lean()),
      async (ids) => checkFolders(this.#deps, ids),
    );
    const names = options.documentsOnly === true ? 0 : await this.#files(pass, options);
    const { differences } = pass;
    return {
      checked: { links, posts, media: counted, files: names },
      differences,
      left: differences.filter(({ repaired }) => !repaired).length,
    };
  }

  /** The disk against the documents; gives how many files were looked at. */
  async #files(pass: Pass, { verifyHashes = false }: FsckOptions): Promise<number> {
    const { media, mediaRoot } = this.#deps;
    const files = new FileCheck(media, verifyHashes);
    await pass.over(batches(media.idsAfter), async (ids) => files.ofMedia(ids));
    const names = await pass.over(namesIn(mediaRoot.final), async (some) => files.unknownFiles(some));
    await pass.over(namesIn(mediaRoot.thumbs), async (some) => files.unknownThumbnails(some));
    await pass.over([(await media.files.asides()).map(({ path }) => path)], async (paths) => asidesOf(media, paths));
    return names;
  }
}

/** One walk over everything, with what it has found. */
class Pass {
  readonly differences: ReportedDifference[] = [];
  readonly #options: FsckOptions;

  constructor(options: FsckOptions) {
    this.#options = options;
  }

  /** Looks at each batch; at one with a finding once more, after a while. Gives how many were looked at. */
  async over<T>(
    source: AsyncIterable<readonly T[]> | Iterable<readonly T[]>,
    look: (batch: readonly T[]) => Promise<Finding[]>,
  ): Promise<number> {
    const { repair = false, settleMs = SETTLE_MS, signal } = this.#options;
    let count = 0;
    for await (const batch of source) {
      signal?.throwIfAborted();
      count += batch.length;
      const suspected = new Set((await look(batch)).map(nameOf));
      if (suspected.size === 0) continue;
      // What is under way looks like a difference for a moment.
      await delay(settleMs, undefined, signal && { signal });
      for (const finding of (await look(batch)).filter((found) => suspected.has(nameOf(found)))) {
        const { kind, what, detail } = finding;
        this.differences.push({ kind, what, detail, repaired: repair && (await finding.repair?.()) === true });
      }
    }
    return count;
  }
}

const nameOf = ({ kind, what, detail }: Finding): string => `${kind} ${what} ${detail}`;

type Page = (after: Types.ObjectId | undefined, limit: number) => Promise<{ readonly _id: Types.ObjectId }[]>;

/** Ids of a collection, in their order. */
async function* batches(page: Page): AsyncGenerator<Types.ObjectId[]> {
  let last: Types.ObjectId | undefined;
  for (;;) {
    const found = await page(last, BATCH);
    last = found.at(-1)?._id;
    if (last === undefined) return;
    yield found.map(({ _id }) => _id);
  }
}

async function* namesIn(folder: string): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const { name } of await opendir(folder)) {
    batch.push(name);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function asidesOf(media: MediaService, paths: readonly string[]): Promise<Finding[]> {
  const there = await media.files.asides();
  return there
    .filter(({ path }) => paths.includes(path))
    .map((aside) => ({
      kind: 'file-aside',
      what: aside.path,
      detail: 'It was on its way to be deleted, and nobody goes on.',
      repair: async () => media.settleAside(aside),
    }));
}
