import type { FailureCode } from '@mediafetcher/sdk';
import type { VaultService } from '../vault/index.ts';
import type { DownloadDoc } from './model.ts';

/** Tells the vault what the platform made of the session that a job had. */
export async function noteJarOutcome(vault: VaultService, job: DownloadDoc, errorCode?: FailureCode): Promise<void> {
  if (job.jar === undefined) return;
  const owner = { userId: job.user.toString(), platform: job.link.platform };
  if (errorCode === undefined) await vault.markSuccess(owner, job.jar);
  else if (errorCode === 'MF_ERR_LOGIN_REQUIRED') await vault.markRejected(owner, job.jar);
}

const ASKS_FOR_COOKIES: ReadonlySet<string> = new Set(['MF_ERR_LOGIN_REQUIRED', 'MF_ERR_PRIVATE', 'MF_ERR_CHALLENGE']);

/** The worker's sentence, and why it had no cookies where that would have helped. */
export async function explainFailure(
  vault: VaultService,
  job: DownloadDoc,
  { errorCode, message }: { readonly errorCode: FailureCode; readonly message: string },
): Promise<string> {
  if (!ASKS_FOR_COOKIES.has(errorCode)) return message;
  if (job.secretsWithheld === true)
    return `${message} Your cookies and headers were not used: the worker's connection is not encrypted. Give that worker a wss: address as SERVER_URL.`;
  if (job.jar !== undefined) return message;
  const { platform } = job.link;
  const refused = (await vault.list(job.user.toString())).filter((each) => each.platform === platform);
  if (refused.length === 0) return message;
  return `${message} Your cookies were not used: ${platform} has refused them, or their session has ended. Send fresh ones.`;
}
