import { setTimeout as delay } from 'node:timers/promises';
import type { Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { FolderDoc, FolderModels, FolderWrite } from './folder-model.ts';
import type { TellFolders } from './folder-news.ts';
import { Tree } from './folder-tree.rules.ts';
import type { TreeNode } from './folder-tree.rules.ts';

const TRIES = 200;

export interface FolderNode extends TreeNode {
  readonly doc: FolderDoc;
}

/**
 * Changes of one person's folders, one after the other on however many servers. A change is written down with the next
 * version of the tree before it is made; whoever comes next makes it too, and each folder takes a version only once.
 */
export class FolderTrees {
  readonly #models: FolderModels;
  readonly #tell: TellFolders;

  constructor(models: FolderModels, tell: TellFolders) {
    this.#models = models;
    this.#tell = tell;
  }

  async read(userId: Types.ObjectId | string): Promise<Tree<FolderNode>> {
    const docs = await this.#models.Folder.find({ user: userId, state: 'ready' }).lean();
    return new Tree(docs.map(nodeOf));
  }

  /** `plan` sees the tree as it is when its writes are made. Its refusals go to the caller. */
  async change(userId: Types.ObjectId, plan: (tree: Tree<FolderNode>) => FolderWrite[]): Promise<void> {
    const { FolderTree } = this.#models;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const version = await this.#settled(userId);
      const intent = plan(await this.read(userId));
      const taken = await FolderTree.updateOne(
        { _id: userId, version, intent: { $exists: false } },
        { $set: { version: version + 1, intent } },
      );
      if (taken.modifiedCount === 1) {
        await this.#settled(userId);
        await this.#tell(userId.toHexString());
        return;
      }
      await delay(Math.random() * Math.min(50, tries));
    }
    throw new CodedError('MF_ERR_STATE', 'The folders are being changed elsewhere. Try again.');
  }

  /** Finishes what stands written down; gives the version that then holds. */
  async #settled(userId: Types.ObjectId): Promise<number> {
    const { FolderTree, Folder } = this.#models;
    const tree = await FolderTree.findOneAndUpdate(
      { _id: userId },
      { $setOnInsert: { version: 0 } },
      { upsert: true, returnDocument: 'after', lean: true },
    ).orFail();
    if (tree.intent === undefined) return tree.version;
    for (const { id, set } of tree.intent) {
      await Folder.updateOne(
        { _id: id, user: userId, rev: { $lt: tree.version } },
        { $set: { ...set, rev: tree.version } },
      );
    }
    await FolderTree.updateOne({ _id: userId, version: tree.version }, { $unset: { intent: 1 } });
    return tree.version;
  }
}

export function nodeOf(doc: FolderDoc): FolderNode {
  const { _id, parent, name, order } = doc;
  return { id: _id.toHexString(), parent: parent === null ? null : parent.toHexString(), name, order, doc };
}
