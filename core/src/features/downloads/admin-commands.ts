import { CodedError } from '../../errors.ts';
import type { AccountsService } from '../accounts/index.ts';
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
): Readonly<Record<string, AdminCommand>> {
  return {
    'downloads.add': async ({ url, user }): Promise<AddedLink> => {
      if (typeof url !== 'string') throw new CodedError('MF_ERR_VALIDATION', 'The command needs url.');
      const { _id } = await (typeof user === 'string' ? accounts.named(user) : accounts.firstAdmin());
      const { download, existing } = await downloads.submit({ userId: _id.toHexString(), url });
      return { jobId: download._id.toHexString(), existing };
    },
    'downloads.show': async ({ jobIds }) => {
      const ids = Array.isArray(jobIds) ? jobIds.filter((id) => typeof id === 'string') : [];
      return (await downloads.query.byIds(ids)).map(downloadView);
    },
  };
}
