import { Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { FolderDoc, FolderModels, ShareRight } from '../folders/folder-model.ts';
import type { FoldersService } from '../folders/folders-service.ts';
import type { LibraryModels, LinkDoc, PostDoc } from '../models.ts';
import { NOT_PRIVATE } from './folder-access.ts';
import type { FolderAccess } from './folder-access.ts';

const MAX_SHARES = 100;

interface Dependencies {
  readonly models: FolderModels & LibraryModels;
  readonly folders: FoldersService;
  readonly access: FolderAccess;
  readonly linkExisting: (post: PostDoc, userId: string) => Promise<LinkDoc>;
  /** Whether there is such a person, who may sign in. */
  readonly isPerson: (userId: string) => Promise<boolean>;
}

/** Folders that several people see. */
export class Sharing {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Shares a folder and all inside it; null ends that. @throws MF_ERR_UNKNOWN · MF_ERR_VALIDATION */
  async share(ownerId: string, folderId: string, userId: string, right: ShareRight | null): Promise<FolderDoc> {
    const { models, folders, isPerson } = this.#deps;
    const { _id, shares } = await folders.get(ownerId, folderId);
    if (right !== null && (userId === ownerId || !(await isPerson(userId))))
      throw new CodedError('MF_ERR_VALIDATION', 'A folder can be shared with other people of this server.');
    const user = new Types.ObjectId(userId);
    const known = shares.some((share) => share.user.equals(user));
    if (right === null) await models.Folder.updateOne({ _id }, { $pull: { shares: { user } } });
    else if (known) await models.Folder.updateOne({ _id, 'shares.user': user }, { $set: { 'shares.$.right': right } });
    else {
      if (shares.length >= MAX_SHARES)
        throw new CodedError('MF_ERR_VALIDATION', `A folder is shared with ${MAX_SHARES} people at most.`);
      await models.Folder.updateOne({ _id, 'shares.user': { $ne: user } }, { $push: { shares: { user, right } } });
    }
    await folders.tell(ownerId, [userId]);
    return folders.get(ownerId, folderId);
  }

  /**
   * Puts posts of one's own into a folder of somebody else: they come into the owner's library.
   * @throws MF_ERR_UNKNOWN · MF_ERR_FORBIDDEN without the right, and for posts that one's own account fetched
   */
  async addTo(viewerId: string, folderId: string, links: readonly Types.ObjectId[]): Promise<number> {
    const { models, folders, access, linkExisting } = this.#deps;
    const { folder, right } = await access.open(viewerId, folderId);
    if (right === 'own') return folders.filing.add({ user: folder.user, links: [...links] }, folder._id);
    if (right !== 'add') throw new CodedError('MF_ERR_FORBIDDEN', 'You may look into this folder only.');
    const own = await models.Link.find({ _id: { $in: [...links] }, user: viewerId, state: 'active' }).lean();
    const given = await models.Link.find({ _id: { $in: own.map(({ _id }) => _id) }, ...NOT_PRIVATE }).lean();
    if (given.length < links.length)
      throw own.length < links.length
        ? new CodedError('MF_ERR_UNKNOWN', 'One of these posts is not in your library.')
        : new CodedError('MF_ERR_FORBIDDEN', 'What your account fetched is not handed to others.');
    const owner = folder.user.toHexString();
    const posts = await models.Post.find({ _id: { $in: given.map(({ post }) => post) }, state: 'ready' }).lean();
    const theirs: Types.ObjectId[] = [];
    for (const post of posts) theirs.push((await linkExisting(post, owner))._id);
    return folders.filing.add({ user: folder.user, links: theirs }, folder._id);
  }
}
