import { CodedError } from '../../errors.ts';
import type { AccountsService } from '../accounts/index.ts';
import type { LibraryService } from '../library/index.ts';
import type { AdminCommand } from '../system/index.ts';
import type { DownloadsService } from './downloads-service.ts';
import { downloadView } from './view.ts';

/** What became of an address. */
export interface AddedLink {
  readonly jobId: string;
  /** The post is in the library already. */
  readonly existing: boolean;
}

/** What `mediafetcher add` asks for: the owner of the machine may do it for everybody. */
export function downloadCommands(
  accounts: AccountsService,
  downloads: Pick<DownloadsService, 'submit' | 'query'>,
  library: LibraryService,
): Readonly<Record<string, AdminCommand>> {
  return {
    'downloads.add': async ({ url, user, folder, tags }): Promise<AddedLink> => {
      if (typeof url !== 'string') throw new CodedError('MF_ERR_VALIDATION', 'The command needs url.');
      const { _id } = await (typeof user === 'string' ? accounts.named(user) : accounts.firstAdmin());
      const userId = _id.toHexString();
      const filing = {
        ...(typeof folder === 'string' && { folder: await findFolder(library, userId, folder) }),
        ...(Array.isArray(tags) && { tags: tags.filter((tag) => typeof tag === 'string') }),
      };
      const { download, existing } = await downloads.submit({ userId, url, filing });
      return { jobId: download._id.toHexString(), existing };
    },
    'downloads.show': async ({ jobIds }) => {
      const ids = Array.isArray(jobIds) ? jobIds.filter((id) => typeof id === 'string') : [];
      return (await downloads.query.byIds(ids)).map(downloadView);
    },
  };
}

/**
 * The folder that people name by its path, `Recipes/Soups`, or by its id.
 * @throws MF_ERR_UNKNOWN
 */
async function findFolder(library: LibraryService, userId: string, name: string): Promise<string> {
  if (/^[0-9a-f]{24}$/.test(name)) return name;
  const folders = await library.folders.list(userId);
  let parent: string | null = null;
  for (const part of name.split('/').filter((each) => each.trim() !== '')) {
    const wanted = part.trim().toLocaleLowerCase();
    const found = folders.find(
      (folder) => (folder.parent?.toHexString() ?? null) === parent && folder.name.toLocaleLowerCase() === wanted,
    );
    if (found === undefined) throw new CodedError('MF_ERR_UNKNOWN', `There is no folder ${name}.`);
    parent = found._id.toHexString();
  }
  if (parent === null) throw new CodedError('MF_ERR_VALIDATION', 'Name the folder.');
  return parent;
}
