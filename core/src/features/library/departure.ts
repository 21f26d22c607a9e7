import { CodedError } from '../../errors.ts';
import type { LibraryService } from './library-service.ts';
import type { LibraryModels } from './models.ts';
import type { Tombstones } from './tombstones.ts';

const BATCH = 100;

interface Dependencies {
  readonly library: Pick<LibraryService, 'remove'>;
  readonly models: LibraryModels;
  readonly tombstones: Tombstones;
}

/**
 * Removes all that a person has in the library: each post by the way down of the counting protocol, then what was said
 * of them. False while another server is still at one of the posts: the janitor and a later call finish it.
 * @throws MF_ERR_MOUNT_MISSING
 */
export async function removeLibraryOf(userId: string, { library, models, tombstones }: Dependencies): Promise<boolean> {
  const { Link, Folder, FolderTree, Tag, BulkJob, BulkStep } = models;
  // First, so that none of them goes on with what is being removed.
  await BulkJob.deleteMany({ user: userId });
  await BulkStep.deleteMany({ user: userId });
  for (;;) {
    const links = await Link.find({ user: userId, state: { $in: ['adding', 'active', 'trashed'] } }, { _id: 1 })
      .limit(BATCH)
      .lean();
    if (links.length === 0) break;
    for (const { _id } of links) await removeOne(library, _id.toHexString(), userId);
  }
  if ((await Link.exists({ user: userId })) !== null) return false;
  await Folder.updateMany({ 'shares.user': userId }, { $pull: { shares: { user: userId } } });
  await Folder.deleteMany({ user: userId });
  await FolderTree.deleteOne({ _id: userId });
  await Tag.deleteMany({ user: userId });
  await tombstones.clearAll(userId);
  return true;
}

async function removeOne(library: Dependencies['library'], linkId: string, userId: string): Promise<void> {
  try {
    await library.remove(linkId, userId, { tombstone: false });
  } catch (error) {
    // Removed meanwhile: that is what is wanted.
    if (!(error instanceof CodedError) || error.code !== 'MF_ERR_UNKNOWN') throw error;
  }
}
