import { randomUUID } from 'node:crypto';
import type { Types } from 'mongoose';
import type { LibraryModels } from '../models.ts';
import type { FolderModels } from './folder-model.ts';
import type { TellFolders } from './folder-news.ts';

type Id = Types.ObjectId;

/**
 * How many posts a folder has. Whoever changes what is in it marks it first and counts anew afterwards: of two that do
 * so at once the later count stands, and what a crash leaves marked the janitor counts.
 */
export class FolderTotals {
  readonly #models: FolderModels & Pick<LibraryModels, 'Link'>;
  readonly #tell: TellFolders;

  constructor(models: FolderModels & Pick<LibraryModels, 'Link'>, tell: TellFolders) {
    this.#models = models;
    this.#tell = tell;
  }

  /** Runs a change of what is in these folders. */
  async around<T>(folders: readonly Id[], change: () => Promise<T>): Promise<T> {
    if (folders.length === 0) return change();
    await this.mark(folders);
    try {
      return await change();
    } finally {
      await this.recount(folders);
    }
  }

  async mark(folders: readonly Id[]): Promise<void> {
    await this.#models.Folder.updateMany({ _id: { $in: [...folders] } }, { $set: { stale: randomUUID() } });
  }

  async recount(folders: readonly Id[]): Promise<void> {
    const { Folder, Link } = this.#models;
    const marked = await Folder.find({ _id: { $in: [...folders] }, stale: { $exists: true } }).lean();
    for (const { _id, user, stale = '' } of marked) {
      const count = await Link.countDocuments({ user, state: 'active', folders: _id });
      // Changed again since: who did that counts too.
      await Folder.updateOne({ _id, stale }, { $set: { count }, $unset: { stale: 1 } });
    }
    for (const owner of new Set(marked.map(({ user }) => user.toHexString()))) await this.#tell(owner);
  }

  /** Counts what was left marked; with `all`, every folder. Gives how many were wrong. */
  async repair(all: boolean): Promise<number> {
    const { Folder } = this.#models;
    const before = await Folder.find(all ? {} : { stale: { $exists: true } }, { count: 1 }).lean();
    const ids = before.map(({ _id }) => _id);
    if (all) await this.mark(ids);
    await this.recount(ids);
    const counts = new Map(
      (await Folder.find({ _id: { $in: ids } }, { count: 1 }).lean()).map(({ _id, count }) => [String(_id), count]),
    );
    return before.filter(({ _id, count }) => (counts.get(String(_id)) ?? count) !== count).length;
  }
}
