import type { Assign } from '../../channel/messages.ts';
import type { JarRef, VaultService } from '../vault/index.ts';
import type { DownloadDoc } from './model.ts';
import { openHeaders } from './sealed-headers.ts';

/** What goes to a worker in confidence only: Netscape text of the person's cookies, and the headers of the job. */
export interface JobSecrets extends Pick<Assign, 'cookies' | 'headers'> {
  /** Whose cookies they are. */
  readonly jar?: JarRef;
}

/** @throws MF_ERR_COOKIES when the account that the person chose is not there any more */
export async function secretsOf(vault: VaultService, job: DownloadDoc): Promise<JobSecrets> {
  const { user, link, account, headers } = job;
  const userId = user.toString();
  const jar = await vault.jarFor({ userId, platform: link.platform, ...(account !== undefined && { account }) });
  return {
    ...(jar && { cookies: jar.cookies, jar: { account: jar.account, savedAt: jar.savedAt } }),
    ...(headers && { headers: await openHeaders(vault, userId, headers.sealed) }),
  };
}
