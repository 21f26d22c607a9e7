import type { LibraryService } from '../library/index.ts';
import type { DownloadDoc } from './model.ts';
import type { DownloadQueue } from './queue.ts';

/** Milliseconds after which a download that did not fit is tried again although no room was made: a quota shows nowhere. */
const BLIND_MS = 60 * 60_000;

interface Dependencies {
  readonly queue: DownloadQueue;
  readonly library: LibraryService;
  /** Throws the staged files of a job away. */
  readonly sweep: (jobId: string) => Promise<void>;
}

/**
 * A download that the disk had no room for goes back to the queue, and begins again when more is free than there was for
 * it; nobody is to blame. Its partial files go first: they may be the room that another one needs.
 */
export async function waitForRoom({ queue, library, sweep }: Dependencies, job: DownloadDoc): Promise<void> {
  const jobId = job._id.toString();
  await sweep(jobId);
  const room = { bytes: await library.limits.bytesForMore(), until: new Date(Date.now() + BLIND_MS) };
  const set = { attemptBase: job.attemptBase + 1, heldReason: 'MF_ERR_DISK_FULL', room };
  await queue.requeue({ jobId, attempt: job.attempt }, 0, set);
}
