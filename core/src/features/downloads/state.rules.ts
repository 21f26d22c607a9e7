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

/** How often a job is tried by itself, by the class of its failure; the rest ends at the first. */
const ATTEMPTS: Partial<Record<FailureCode, number>> = { MF_ERR_TIMEOUT: 3 };
/** A job that takes its runner down again and again is not worth more. */
const REQUEUES = 5;
const BASE_DELAY_MS = 2_000;

/**
 * Milliseconds until the next attempt, or undefined when the job has failed. `requeue`: the worker gave the job back, the
 * post is not to blame.
 */
export function retryDelay(code: FailureCode, attempt: number, requeue: boolean): number | undefined {
  if (requeue) return attempt < REQUEUES ? 0 : undefined;
  const allowed = ATTEMPTS[code] ?? 1;
  return attempt < allowed ? BASE_DELAY_MS * 2 ** (attempt - 1) : undefined;
}

/** What has arrived may serve the next attempt: the post was not to blame. */
export const RESUMABLE: readonly FailureCode[] = ['MF_ERR_NETWORK', 'MF_ERR_TIMEOUT'];
/** Milliseconds for which partial files of a failed download wait for a retry. */
export const PARTIAL_FILES_MS = 24 * 60 * 60 * 1000;

/** Whether a failed job's partial files stay for a retry. */
export function keepsPartialFiles(code: FailureCode): boolean {
  return RESUMABLE.includes(code);
}
