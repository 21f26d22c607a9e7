import type { Types } from 'mongoose';
import type { LibraryModels, LinkDoc } from '../models.ts';
import type { Filing } from './filing.ts';
import type { FolderDoc, FolderModels } from './folder-model.ts';

const BATCH = 500;
/** Milliseconds after which a folder that never got its place in the tree is nobody's. */
const LOST_MS = 60 * 60_000;

interface Dependencies {
  readonly models: FolderModels & Pick<LibraryModels, 'Link'>;
  readonly filing: Filing;
  readonly trash: (link: LinkDoc) => Promise<void>;
}

/** Empties deleted folders and forgets them. Goes on where a crash has stopped it. */
export class FolderDeletion {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Works on a deleted folder until it is gone, or for so many batches. */
  async finish(folder: FolderDoc, batches = Infinity): Promise<void> {
    const { Link, Folder } = this.#deps.models;
    for (let batch = 0; batch < batches; batch += 1) {
      const links = await Link.find({ user: folder.user, folders: folder._id }).limit(BATCH).lean();
      if (links.length === 0) {
        await Folder.deleteOne({ _id: folder._id, state: 'deleting' });
        return;
      }
      await this.#empty(folder, links);
    }
  }

  /** What was deleted or begun and not finished. */
  async reconcile(): Promise<void> {
    const { Folder } = this.#deps.models;
    await Folder.deleteMany({ state: 'new', createdAt: { $lt: new Date(Date.now() - LOST_MS) } });
    for (const folder of await Folder.find({ state: 'deleting' }).lean()) await this.finish(folder);
  }

  async #empty(folder: FolderDoc, links: readonly LinkDoc[]): Promise<void> {
    const { filing, trash } = this.#deps;
    const filed = { user: folder.user, links: links.map(({ _id }) => _id) };
    if (folder.content === 'parent' && folder.parent !== null) {
      const above = await this.#firstAbove(folder);
      if (above !== null) await filing.add(filed, above);
    }
    if (folder.content === 'trash') {
      for (const link of links) if (await this.#isNowhereElse(link)) await trash(link);
    }
    await filing.remove(filed, folder._id);
  }

  async #isNowhereElse(link: LinkDoc): Promise<boolean> {
    if (link.state !== 'active') return false;
    const others = { _id: { $in: link.folders }, user: link.user, state: 'ready' } as const;
    return (await this.#deps.models.Folder.exists(others)) === null;
  }

  /** The nearest folder above that stays. */
  async #firstAbove(folder: FolderDoc): Promise<Types.ObjectId | null> {
    let at = folder.parent;
    while (at !== null) {
      const above: FolderDoc | null = await this.#deps.models.Folder.findById(at).lean();
      if (above?.state === 'ready') return above._id;
      at = above?.parent ?? null;
    }
    return null;
  }
}
