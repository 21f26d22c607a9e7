import type { FastifyBaseLogger } from 'fastify';
import type { FailureCode } from '@mediafetcher/sdk';
import type { Failed } from '../../channel/messages.ts';
import { verdictOf } from '../platforms/index.ts';
import type { Closed, PlatformsService } from '../platforms/index.ts';
import type { VaultService } from '../vault/index.ts';
import { retryDelay } from './attempts.rules.ts';
import type { Dispatcher } from './dispatcher.ts';
import { explainFailure, noteJarOutcome } from './jar-outcome.ts';
import type { DownloadDoc } from './model.ts';
import { forgetPlatformAttempt, mayTryOthers, notePlatformOutcome, waitsForRest } from './platform-outcome.ts';
import type { Lists } from './parents/lists.ts';
import type { DownloadQueue } from './queue.ts';
import { keepsPartialFiles } from './state.rules.ts';
import type { StoreStage } from './store-stage.ts';

/** Milliseconds before a job that a worker gave back is given out again. */
const GIVEN_BACK_MS = 500;
/** Milliseconds in which another job may be the probe of a platform of which one could tell nothing. */
const MUTE_PROBE_MS = 60_000;
/** Milliseconds that are a long pause to who does not want to wait. */
const LONG_MS = 5_000;

interface Dependencies {
  readonly queue: DownloadQueue;
  readonly stage: StoreStage;
  readonly dispatcher: Dispatcher;
  readonly platforms: PlatformsService;
  readonly vault: VaultService;
  readonly lists: Lists;
  readonly log: FastifyBaseLogger;
  /** False: pauses are short, and long ones are none; for a stand-in of the platforms. */
  readonly patient: boolean;
}

/** What becomes of a job whose attempt has failed: it is tried again, held, or over. */
export async function endFailedAttempt(deps: Dependencies, job: DownloadDoc, message: Failed): Promise<void> {
  const { queue, stage, dispatcher, vault, log } = deps;
  if (await stage.holdUnstaged(job, message.errorCode)) {
    await forgetPlatformAttempt(deps.platforms, job);
    return noteJarOutcome(vault, job, message.errorCode);
  }
  const wantsRoom = message.errorCode === 'MF_ERR_DISK_FULL' && (await stage.isShortOfRoom());
  if (wantsRoom && (await stage.holdForRoom(job))) {
    log.warn({ jobId: message.jobId }, message.message);
    return forgetPlatformAttempt(deps.platforms, job);
  }
  const { errorCode, requeue = false, jobId } = message;
  const errorMessage = await explainFailure(vault, job, message);
  const givenBack = requeue && errorCode === 'MF_ERR_INTERNAL';
  const says = !givenBack && !(await isOldSession(vault, job, errorCode));
  const rest = await notePlatform(deps.platforms, job, message, says);
  await noteJarOutcome(vault, job, errorCode);
  const attempt = job.attempt - job.attemptBase;
  const retryMs = givenBack ? GIVEN_BACK_MS : retryDelay({ code: errorCode, attempt, requeue, random: Math.random() });
  // What has waited for room so often has been tried enough.
  const due = wantsRoom ? undefined : retryMs;
  const delay = deps.patient ? due : hurry(due);
  if (errorCode === 'MF_ERR_RATE_LIMITED' && waitsForRest(job, rest)) {
    log.info({ jobId, errorCode, until: rest.until }, errorMessage);
    await queue.requeue(message, 0, { heldReason: rest.reason, ...(rest.until && { heldUntil: rest.until }) });
    return;
  }
  if (message.untried === true && mayTryOthers(job, rest)) {
    log.info({ jobId, errorCode }, errorMessage);
    await tryOthersLater(deps, job, message);
    return;
  }
  log.info({ jobId, errorCode, retryInMs: delay }, errorMessage);
  if (delay === undefined) {
    // Before the record says so: a retry would use the same folder.
    if (!keepsPartialFiles(errorCode)) await stage.sweep(jobId);
    if (await deps.lists.endEarly(job, { errorCode, errorMessage })) return;
    await queue.finish(message, { status: 'failed', errorCode, errorMessage });
    return;
  }
  // A drain or a lost connection is no attempt at the post; whoever waits for the next one is told for how long, and why.
  const set = givenBack
    ? { attemptBase: job.attemptBase + 1 }
    : { heldReason: errorCode, heldUntil: new Date(Date.now() + delay) };
  await queue.requeue(message, delay, set);
  if (delay > 0) setTimeout(() => dispatcher.wake(), delay).unref();
}

/**
 * The platform was asked by the first choice only, whether it serves us again; the others may bring the post when it does.
 * Where it has refused again, the job waits with all that do.
 */
async function tryOthersLater(
  { queue, dispatcher }: Pick<Dependencies, 'queue' | 'dispatcher'>,
  job: DownloadDoc,
  message: Failed,
): Promise<void> {
  const isMute = verdictOf(message.errorCode, job.jar === undefined, true).kind === 'none';
  const delay = isMute ? MUTE_PROBE_MS : 0;
  await queue.requeue(message, delay, isMute ? { probed: true } : {});
  if (delay > 0) setTimeout(() => dispatcher.wake(), delay).unref();
}

/** Where nobody is to wait, long pauses are the end of the download. */
function hurry(due: number | undefined): number | undefined {
  return due === undefined || due > LONG_MS ? undefined : Math.min(due, GIVEN_BACK_MS);
}

/** What a platform says of cookies that were replaced meanwhile is not said of those that are there now. */
async function isOldSession(vault: VaultService, job: DownloadDoc, code: FailureCode): Promise<boolean> {
  if (job.jar === undefined || (code !== 'MF_ERR_LOGIN_REQUIRED' && code !== 'MF_ERR_CHALLENGE')) return false;
  return !(await vault.isCurrent({ userId: job.user.toString(), platform: job.link.platform }, job.jar));
}

async function notePlatform(
  platforms: PlatformsService,
  job: DownloadDoc,
  { errorCode, retryAfterMs, untried = false }: Failed,
  says: boolean,
): Promise<Closed | undefined> {
  if (says)
    return notePlatformOutcome(platforms, job, {
      code: errorCode,
      untried,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  await forgetPlatformAttempt(platforms, job);
  return undefined;
}
