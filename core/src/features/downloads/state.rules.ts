import type { FailureCode } from '@mediafetcher/sdk';
import type { DownloadStatus } from './model.ts';

export type Control = 'cancel' | 'pause' | 'resume' | 'retry' | 'dismiss';

const ALLOWED: Readonly<Record<Control, readonly DownloadStatus[]>> = {
  cancel: ['queued', 'running', 'paused'],
  pause: ['queued', 'running'],
  resume: ['paused'],
  retry: ['failed', 'cancelled'],
  dismiss: ['failed', 'cancelled', 'completed'],
};

/** States in which a person may do this. */
export function statesFor(control: Control): readonly DownloadStatus[] {
  return ALLOWED[control];
}

/** Why the state of a download does not allow what a person wants of it, in words for them. */
export function whyNot({ status, stage }: { status: DownloadStatus; stage?: string }): string {
  return stage === 'store' ? 'The post is just being put away.' : `A download that is ${status} cannot do this.`;
}

/** The same of a second download of one post. */
export const ON_ITS_WAY = 'This post is on its way already.';

/** What an account rests for; another person's may serve. */
const OF_ACCOUNT: string[] = ['MF_ERR_CHALLENGE', 'MF_ERR_LOGIN_REQUIRED', 'MF_ERR_RATE_LIMITED'];
const UNDER_WAY: DownloadStatus[] = ['queued', 'running'];

/** Downloads that others of the same post wait for: none that a person has paused, or that waits for one's account. */
export const LEADING: { status: { $in: DownloadStatus[] }; heldReason: { $nin: string[] } } = {
  status: { $in: UNDER_WAY },
  heldReason: { $nin: OF_ACCOUNT },
};

/** The same of one download. */
export function leads({ status, heldReason = '' }: { status: DownloadStatus; heldReason?: string }): boolean {
  return UNDER_WAY.includes(status) && !OF_ACCOUNT.includes(heldReason);
}

/** What has arrived may serve the next attempt: the post was not to blame. */
export const RESUMABLE: readonly FailureCode[] = ['MF_ERR_NETWORK', 'MF_ERR_TIMEOUT'];
/** Milliseconds for which partial files of a failed download wait for a retry. */
export const PARTIAL_FILES_MS = 24 * 60 * 60 * 1000;

/** Whether a failed job's partial files stay for a retry. */
export function keepsPartialFiles(code: FailureCode): boolean {
  return RESUMABLE.includes(code);
}
