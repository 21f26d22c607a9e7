import type { QueryFilter, Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { FolderDoc, FolderModels, ShareRight } from '../folders/folder-model.ts';
import type { FolderNode, FolderTrees } from '../folders/folder-tree.ts';
import type { Tree } from '../folders/folder-tree.rules.ts';
import type { LinkDoc } from '../models.ts';

/** What a person may do in a folder. */
export type FolderRight = 'own' | ShareRight;

/** A folder as somebody may open it. */
export interface OpenFolder {
  readonly folder: FolderDoc;
  readonly right: FolderRight;
  /** With all inside it. */
  readonly inside: readonly Types.ObjectId[];
}

/** What was fetched with the owner's account is not handed to another, whatever folder it is in. */
export const NOT_PRIVATE: QueryFilter<LinkDoc> = { own: { $ne: true } };

/** Who may look into which folder: its owner, and those with whom it or one around it is shared. */
export class FolderAccess {
  readonly #folder: FolderModels['Folder'];
  readonly #trees: FolderTrees;

  constructor(models: FolderModels, trees: FolderTrees) {
    this.#folder = models.Folder;
    this.#trees = trees;
  }

  /** @throws MF_ERR_UNKNOWN also for what is not shared with the person: nobody learns that it exists */
  async open(viewerId: string, folderId: string): Promise<OpenFolder> {
    const found = await this.#folder.findOne({ _id: folderId, state: 'ready' }, { user: 1 }).lean();
    const tree = found === null ? null : await this.#trees.read(found.user);
    if (tree?.has(folderId) !== true) throw unknownFolder();
    const right = rightOf(tree, folderId, viewerId);
    if (right === null) throw unknownFolder();
    return { folder: tree.get(folderId).doc, right, inside: tree.withInside(folderId).map(({ doc }) => doc._id) };
  }

  /** Folders that lie in one, each behind the one it lies in. @throws MF_ERR_UNKNOWN */
  async inside(viewerId: string, folderId: string): Promise<FolderDoc[]> {
    const { folder } = await this.open(viewerId, folderId);
    const tree = await this.#trees.read(folder.user);
    return tree.has(folderId)
      ? tree
          .withInside(folderId)
          .slice(1)
          .map(({ doc }) => doc)
      : [];
  }

  /** Folders of others that are shared with the person, the outermost ones. */
  async sharedWith(viewerId: string): Promise<FolderDoc[]> {
    return this.#folder.find({ 'shares.user': viewerId, state: 'ready' }).sort({ user: 1, order: 1 }).lean();
  }

  /** What the person sees of others' posts: an `$or` of owners and folders; null when nothing is shared with them. */
  async othersPosts(viewerId: string): Promise<QueryFilter<LinkDoc> | null> {
    const shared = await this.sharedWith(viewerId);
    if (shared.length === 0) return null;
    const trees = new Map<string, Tree<FolderNode>>();
    const byOwner: QueryFilter<LinkDoc>[] = [];
    for (const { _id, user } of shared) {
      const owner = user.toHexString();
      const tree = trees.get(owner) ?? (await this.#trees.read(user));
      trees.set(owner, tree);
      if (!tree.has(_id.toHexString())) continue;
      const inside = tree.withInside(_id.toHexString()).map(({ doc }) => doc._id);
      byOwner.push({ user, folders: { $in: inside } });
    }
    return byOwner.length === 0 ? null : { state: 'active', ...NOT_PRIVATE, $or: byOwner };
  }
}

function rightOf(tree: Tree<FolderNode>, folderId: string, viewerId: string): FolderRight | null {
  const around = tree.withOutside(folderId).map(({ doc }) => doc);
  if (around.some(({ user }) => user.toHexString() === viewerId)) return 'own';
  const rights = around.flatMap(({ shares }) => shares.filter(({ user }) => user.toHexString() === viewerId));
  if (rights.length === 0) return null;
  return rights.some(({ right }) => right === 'add') ? 'add' : 'read';
}

function unknownFolder(): CodedError {
  return new CodedError('MF_ERR_UNKNOWN', 'There is no such folder.');
}
