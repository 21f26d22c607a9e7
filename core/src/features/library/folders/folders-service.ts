import { Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { LibraryModels, LinkDoc } from '../models.ts';
import { Filing } from './filing.ts';
import { FolderDeletion } from './folder-deletion.ts';
import type { FolderContent, FolderDoc, FolderModels } from './folder-model.ts';
import { normalizeFolderName } from './folder-name.rules.ts';
import { FolderTotals } from './folder-totals.ts';
import type { TellFolders } from './folder-news.ts';
import { FolderTrees } from './folder-tree.ts';

/** Batches of a deletion that its caller waits for; the janitor does the rest. */
const BATCHES_AT_ONCE = 4;
/** As many posts in one call; more go by a bulk job. */
export const MAX_IDS = 1000;

type Models = FolderModels & Pick<LibraryModels, 'Link'>;

/** A person's folders. */
export class FoldersService {
  readonly tell: TellFolders;
  readonly trees: FolderTrees;
  readonly totals: FolderTotals;
  readonly filing: Filing;
  readonly #models: Models;
  readonly #deletion: FolderDeletion;

  /** @param trash puts a post into the trash */
  constructor(models: Models, trash: (link: LinkDoc) => Promise<void>, tell: TellFolders) {
    this.#models = models;
    this.tell = tell;
    this.trees = new FolderTrees(models, tell);
    this.totals = new FolderTotals(models, tell);
    this.filing = new Filing(models, this.totals);
    this.#deletion = new FolderDeletion({ models, filing: this.filing, trash });
  }

  /** Each behind the one it lies in. */
  async list(userId: string): Promise<FolderDoc[]> {
    return (await this.trees.read(userId)).inOrder().map(({ doc }) => doc);
  }

  /** @throws MF_ERR_UNKNOWN also for somebody else's */
  async get(userId: string, id: string): Promise<FolderDoc> {
    const folder = await this.#models.Folder.findOne({ _id: id, user: userId, state: 'ready' }).lean();
    if (folder === null) throw new CodedError('MF_ERR_UNKNOWN', 'There is no such folder.');
    return folder;
  }

  /** @throws MF_ERR_VALIDATION · MF_ERR_STATE for a name that is taken · MF_ERR_UNKNOWN */
  async create(userId: string, text: string, parent: string | null = null): Promise<FolderDoc> {
    const name = normalizeFolderName(text);
    const user = new Types.ObjectId(userId);
    const _id = new Types.ObjectId();
    const above = parent === null ? null : (await this.get(userId, parent))._id;
    // Nobody sees it before the tree has taken it: one whose making was cut short never comes back.
    await this.#models.Folder.create({
      _id,
      user,
      name,
      parent: above,
      order: 0,
      shares: [],
      count: 0,
      state: 'new',
      rev: 0,
      createdAt: new Date(),
    });
    try {
      await this.trees.change(user, (tree) => {
        tree.assertMayAdd(parent);
        tree.assertFree(parent, name);
        return placed(tree.placesFor(_id.toHexString(), parent), _id, { state: 'ready' });
      });
    } catch (error) {
      await this.#models.Folder.deleteOne({ _id, state: 'new' });
      throw error;
    }
    return this.get(userId, _id.toHexString());
  }

  /** @throws MF_ERR_VALIDATION · MF_ERR_STATE · MF_ERR_UNKNOWN */
  async rename(userId: string, id: string, text: string): Promise<FolderDoc> {
    const name = normalizeFolderName(text);
    await this.trees.change(new Types.ObjectId(userId), (tree) => {
      const { doc, parent } = tree.get(id);
      tree.assertFree(parent, name, id);
      return [{ id: doc._id, set: { name } }];
    });
    return this.get(userId, id);
  }

  /** Into another folder, or to another place among its siblings. @throws MF_ERR_STATE into itself · MF_ERR_UNKNOWN */
  async move(userId: string, id: string, parent: string | null, before?: string): Promise<FolderDoc> {
    await this.trees.change(new Types.ObjectId(userId), (tree) => {
      const { doc, name } = tree.get(id);
      tree.assertMayMove(id, parent);
      tree.assertFree(parent, name, id);
      const above = parent === null ? null : tree.get(parent).doc._id;
      return placed(tree.placesFor(id, parent, before), doc._id, { parent: above });
    });
    return this.get(userId, id);
  }

  /** With all folders inside. @throws MF_ERR_UNKNOWN */
  async remove(userId: string, id: string, content: FolderContent): Promise<void> {
    let doomed: FolderDoc[] = [];
    await this.trees.change(new Types.ObjectId(userId), (tree) => {
      doomed = tree.withInside(id).map(({ doc }) => doc);
      // All of them lead to the folder that stays.
      const { parent } = tree.get(id).doc;
      return doomed.map(({ _id }) => ({ id: _id, set: { state: 'deleting', content, parent } }));
    });
    for (const { _id } of doomed) {
      const folder = await this.#models.Folder.findOne({ _id, state: 'deleting' }).lean();
      if (folder !== null) await this.#deletion.finish(folder, BATCHES_AT_ONCE);
    }
  }

  /** The picture of a folder: one of its posts, or none to take the newest. @throws MF_ERR_UNKNOWN */
  async setCover(userId: string, id: string, link: string | null): Promise<FolderDoc> {
    const folder = await this.get(userId, id);
    if (link !== null && (await this.#models.Link.exists({ _id: link, user: userId, folders: folder._id })) === null)
      throw new CodedError('MF_ERR_UNKNOWN', 'This post is not in the folder.');
    const change = link === null ? { $unset: { cover: 1 } } : { $set: { cover: new Types.ObjectId(link) } };
    await this.#models.Folder.updateOne({ _id: folder._id }, change);
    await this.tell(userId);
    return this.get(userId, id);
  }

  /** What a crash left, and totals that nobody counted since. */
  async reconcile(): Promise<void> {
    await this.#deletion.reconcile();
    await this.totals.repair(false);
  }
}

/** @throws MF_ERR_VALIDATION for more than one call may name, and for what is no id */
export function parseIds(ids: readonly string[]): Types.ObjectId[] {
  if (ids.length > MAX_IDS)
    throw new CodedError('MF_ERR_VALIDATION', `At most ${MAX_IDS} posts in one call. Start a bulk job for more.`);
  return [...new Set(ids)].map((id) => {
    if (!/^[0-9a-f]{24}$/.test(id)) throw new CodedError('MF_ERR_VALIDATION', 'This is not the id of a post.');
    return new Types.ObjectId(id);
  });
}

type Placed = {
  readonly id: Types.ObjectId;
  readonly set: { order: number; state?: 'ready'; parent?: Types.ObjectId | null };
};

function placed(
  places: readonly { id: string; order: number }[],
  id: Types.ObjectId,
  set: Omit<Placed['set'], 'order'>,
): Placed[] {
  return places.map((place) => {
    const own = place.id === id.toHexString();
    return { id: new Types.ObjectId(place.id), set: { order: place.order, ...(own && set) } };
  });
}
