import type { QueryFilter, Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { LibraryModels, LinkDoc } from '../models.ts';
import type { FolderModels } from './folder-model.ts';
import type { FolderTotals } from './folder-totals.ts';

type Id = Types.ObjectId;

/** Links of one person. */
export interface Filed {
  readonly user: Id;
  readonly links: readonly Id[];
}

/** As many folders may one post be in. */
const MAX_FOLDERS_OF_POST = 100;

/** Puts posts into folders and takes them out. Filing touches no file and no reference; each step may be repeated. */
export class Filing {
  readonly #link: LibraryModels['Link'];
  readonly #folder: FolderModels['Folder'];
  readonly #totals: FolderTotals;

  constructor(models: FolderModels & Pick<LibraryModels, 'Link'>, totals: FolderTotals) {
    this.#link = models.Link;
    this.#folder = models.Folder;
    this.#totals = totals;
  }

  /** @throws MF_ERR_UNKNOWN when the folder is not there, or goes meanwhile */
  async add(filed: Filed, folder: Id): Promise<number> {
    await this.#assertThere(filed.user, folder);
    return this.#totals.around([folder], async () => {
      const added = await this.#link.updateMany(
        {
          ...whichOf(filed),
          folders: { $ne: folder },
          [`folders.${MAX_FOLDERS_OF_POST - 1}`]: { $exists: false },
        },
        { $push: { folders: folder }, $unset: { inbox: 1 } },
      );
      try {
        await this.#assertThere(filed.user, folder);
      } catch (error) {
        // Deleted in between: whoever does that may have passed these already.
        await this.#takeOut(whichOf(filed), folder);
        throw error;
      }
      return added.modifiedCount;
    });
  }

  /** What is in no other folder is then in the inbox. */
  async remove(filed: Filed, folder: Id): Promise<number> {
    return this.#totals.around([folder], async () => this.#takeOut(whichOf(filed), folder));
  }

  /** Into one folder and out of another, or out of the inbox. */
  async move(filed: Filed, from: Id | null, to: Id): Promise<number> {
    const added = await this.add(filed, to);
    if (from !== null && !from.equals(to)) await this.remove(filed, from);
    return added;
  }

  /** Out of all folders. */
  async toInbox(filed: Filed): Promise<number> {
    const links = await this.#link.find({ ...whichOf(filed), inbox: { $ne: true } }, { folders: 1 }).lean();
    const folders = [...new Map(links.flatMap((link) => link.folders).map((id) => [id.toHexString(), id])).values()];
    return this.#totals.around(folders, async () => {
      const emptied = await this.#link.updateMany(whichOf(filed), { $set: { folders: [], inbox: true } });
      return emptied.modifiedCount;
    });
  }

  async #takeOut(which: QueryFilter<LinkDoc>, folder: Id): Promise<number> {
    // The last one first: of a post in several folders another may be taken out at the same time.
    const last = await this.#link.updateMany(
      { ...which, folders: { $size: 1, $all: [folder] } },
      { $set: { folders: [], inbox: true } },
    );
    const others = await this.#link.updateMany(
      { ...which, folders: folder, 'folders.1': { $exists: true } },
      { $pull: { folders: folder } },
    );
    const left = await this.#link.updateMany(
      { ...which, folders: { $size: 1, $all: [folder] } },
      { $set: { folders: [], inbox: true } },
    );
    return last.modifiedCount + others.modifiedCount + left.modifiedCount;
  }

  async #assertThere(user: Id, folder: Id): Promise<void> {
    if ((await this.#folder.exists({ _id: folder, user, state: 'ready' })) === null)
      throw new CodedError('MF_ERR_UNKNOWN', 'There is no such folder.');
  }
}

function whichOf({ user, links }: Filed): QueryFilter<LinkDoc> {
  return { _id: { $in: [...links] }, user };
}
