import type { Types } from 'mongoose';
import type { FolderTotals } from '../folders/folder-totals.ts';
import type { LibraryModels } from '../models.ts';
import type { Finding } from './finding.ts';

interface Dependencies {
  readonly models: Pick<LibraryModels, 'Folder' | 'Link'>;
  readonly totals: FolderTotals;
}

/** Compares what folders say of their number of posts with the posts. One that is just being counted says nothing. */
export async function checkFolders(
  { models, totals }: Dependencies,
  ids: readonly Types.ObjectId[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const settled = { _id: { $in: [...ids] }, state: 'ready' as const, stale: { $exists: false } };
  for (const { _id, user, count } of await models.Folder.find(settled).lean()) {
    const posts = await models.Link.countDocuments({ user, state: 'active', folders: _id });
    if (posts === count) continue;
    findings.push({
      kind: 'folder-count',
      what: `folder ${_id.toHexString()}`,
      detail: `It counts ${count} posts and has ${posts}.`,
      repair: async () => {
        await totals.around([_id], async () => undefined);
        return true;
      },
    });
  }
  return findings;
}
