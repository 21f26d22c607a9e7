import { readdir } from 'node:fs/promises';
import { Types } from 'mongoose';
import type { LibraryService } from '../library/index.ts';
import type { MediaRoot } from '../system/index.ts';
import { ACTIVE } from './model.ts';
import type { DownloadModels } from './model.ts';
import { PARTIAL_FILES_MS, RESUMABLE } from './state.rules.ts';
import type { StoreStage } from './store-stage.ts';

const JOB_ID = /^[0-9a-f]{24}$/;

/** Thumbnails that are made again are of no download; none takes so long, in milliseconds. */
const DRAWING_MS = 10 * 60_000;

interface Dependencies {
  readonly models: DownloadModels;
  readonly mediaRoot: MediaRoot;
  readonly stage: StoreStage;
  readonly library: LibraryService;
}

/** Sweeps staging of jobs that are over; a failed job's partial files wait a day for a retry. */
export async function sweepStaging({ models, mediaRoot, stage, library }: Dependencies): Promise<void> {
  if (!(await mediaRoot.mounted())) return;
  const kept = {
    $or: [
      { status: { $in: [...ACTIVE] } },
      {
        status: 'failed' as const,
        errorCode: { $in: [...RESUMABLE] },
        finishedAt: { $gt: new Date(Date.now() - PARTIAL_FILES_MS) },
        dismissed: false,
      },
    ],
  };
  const isWanted = async (id: string): Promise<boolean> => {
    if ((await models.Download.exists({ _id: id, ...kept })) !== null) return true;
    if (await library.renditions.isRunning(id)) return true;
    return isFresh(id, Date.now()) && (await models.Download.exists({ _id: id })) === null;
  };
  for (const name of await readdir(mediaRoot.staging)) {
    const isKept = JOB_ID.test(name) && (await isWanted(name));
    if (!isKept) await stage.sweep(name);
  }
}

/** Whether an id was just made: it holds the second of that. */
function isFresh(id: string, now: number): boolean {
  const age = now - new Types.ObjectId(id).getTimestamp().getTime();
  return age < DRAWING_MS && age > -DRAWING_MS;
}
