import { ANONYMOUS } from '../platforms/index.ts';
import type { Attempt, Closed, PlatformsService } from '../platforms/index.ts';
import type { DownloadDoc } from './model.ts';

/** How often a download is tried that a platform refused for too many requests; the rests between them grow. */
const REFUSED_ATTEMPTS = 4;

/** Tells what the platform made of an attempt; gives what it rests for now. */
export async function notePlatformOutcome(
  platforms: PlatformsService,
  job: DownloadDoc,
  failure?: Pick<Parameters<PlatformsService['record']>[0], 'code' | 'retryAfterMs' | 'untried'>,
): Promise<Closed | undefined> {
  // Its cookies may have been withheld, or unreadable.
  const withoutSession = job.jar === undefined;
  return platforms.record({ ...attemptOf(job), source: job.key ?? job.link.url, withoutSession, ...failure });
}

/** The attempt ended and says nothing of the platform. */
export async function forgetPlatformAttempt(platforms: PlatformsService, job: DownloadDoc): Promise<void> {
  await platforms.release(attemptOf(job));
}

/** Whether a refused download waits with the others until the platform serves us again, instead of failing. */
export function waitsForRest({ attempt, attemptBase }: DownloadDoc, rest: Closed | undefined): rest is Closed {
  return rest?.reason === 'MF_ERR_RATE_LIMITED' && attempt - attemptBase < REFUSED_ATTEMPTS;
}

/** Whether a download that may be had in another way waits for the platform to serve us; not for a person to do something. */
export function mayTryOthers({ attempt, attemptBase }: DownloadDoc, rest: Closed | undefined): boolean {
  return rest?.until !== null && attempt - attemptBase < REFUSED_ATTEMPTS;
}

/** What the platform counts an attempt of a download for. */
export function attemptOf({ _id, link, usedAccount, attempt }: DownloadDoc): Attempt {
  return { platform: link.platform, account: usedAccount ?? ANONYMOUS, by: `${_id.toString()} ${attempt}` };
}
