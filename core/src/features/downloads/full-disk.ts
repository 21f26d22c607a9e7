import type { LibraryService } from '../library/index.ts';
import { blindPause } from './attempts.rules.ts';
import type { DownloadDoc } from './model.ts';
import type { DownloadQueue } from './queue.ts';

/** What is free beyond the reserve and may still be too little to write with, in bytes. */
const LITTLE_SPACE = 4 * 1024 * 1024;

interface Dependencies {
  readonly queue: DownloadQueue;
  readonly library: LibraryService;
  /** Throws the staged files of a job away. */
  readonly sweep: (jobId: string) => Promise<void>;
}

/** Whether the media's disk is short of room, as this server sees it: a worker's word may be about a disk of its own. */
export async function isShortOfRoom({ limits }: LibraryService): Promise<boolean> {
  const { isFull, beyondReserve } = await limits.room();
  return isFull || beyondReserve < LITTLE_SPACE;
}

/**
 * A download that the disk had no room for goes back to the queue, and begins again when more is free than there was for
 * it; nobody is to blame. Its partial files go first: they may be the room that another one needs.
 * False, and nothing is changed, when it has been tried without room too often: it may never fit.
 */
export async function waitForRoom({ queue, library, sweep }: Dependencies, job: DownloadDoc): Promise<boolean> {
  const jobId = job._id.toString();
  const pause = blindPause(job.blindTries ?? 0);
  if (pause === undefined) return false;
  await sweep(jobId);
  const room = { bytes: await library.limits.bytesForMore(), until: new Date(Date.now() + pause) };
  const set = { attemptBase: job.attemptBase + 1, heldReason: 'MF_ERR_DISK_FULL', room };
  await queue.requeue({ jobId, attempt: job.attempt }, 0, set);
  return true;
}
