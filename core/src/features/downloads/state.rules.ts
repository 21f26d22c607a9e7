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

/** What has arrived may serve the next attempt: the post was not to blame. */
export const RESUMABLE: readonly FailureCode[] = ['MF_ERR_NETWORK', 'MF_ERR_TIMEOUT'];
/** Milliseconds for which partial files of a failed download wait for a retry. */
export const PARTIAL_FILES_MS = 24 * 60 * 60 * 1000;

/** Whether a failed job's partial files stay for a retry. */
export function keepsPartialFiles(code: FailureCode): boolean {
  return RESUMABLE.includes(code);
}
