import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { FailureCode } from '@mediafetcher/sdk';
import type { StagedResult } from '../../channel/messages.ts';
import { CodedError, isFailure } from '../../errors.ts';
import { SHARED_SCOPE } from '../library/index.ts';
import type { LibraryService, LinkDoc, PostDoc } from '../library/index.ts';
import type { MediaRoot } from '../system/index.ts';
import { retryDelay } from './attempts.rules.ts';
import { completedFields, metaOf } from './completed-fields.ts';
import { applyFiling } from './filing.ts';
import { isShortOfRoom, waitForRoom } from './full-disk.ts';
import type { DownloadDoc } from './model.ts';
import type { HeldQueue } from './held-queue.ts';
import type { DownloadQueue, JobRef } from './queue.ts';
import { wishedKey } from './wished-key.rules.ts';

interface Dependencies {
  readonly queue: DownloadQueue;
  readonly held: HeldQueue;
  readonly library: LibraryService;
  readonly mediaRoot: MediaRoot;
  readonly log: FastifyBaseLogger;
}

const NODE_CODES: Readonly<Record<string, FailureCode>> = {
  ENOSPC: 'MF_ERR_DISK_FULL',
  EDQUOT: 'MF_ERR_DISK_FULL',
  EROFS: 'MF_ERR_DISK_READ_ONLY',
  EACCES: 'MF_ERR_DISK_READ_ONLY',
};

/** How a vanished share looks to those who write to it. */
const MOUNT_SUSPECTS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'MF_ERR_MOUNT_MISSING',
  'MF_ERR_DISK_READ_ONLY',
  'MF_ERR_DISK_FULL',
  'MF_ERR_CORRUPT',
  'MF_ERR_PLUGIN',
  'MF_ERR_TIMEOUT',
  'MF_ERR_INTERNAL',
]);

/** The last stage: what a worker has staged becomes a post in a library. */
export class StoreStage {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Ends the job, completed or failed, or puts it aside while the share is gone. The post when it is in the library. */
  async store(job: DownloadDoc, staged: StagedResult): Promise<PostDoc | undefined> {
    const result = { ...staged, key: wishedKey(staged.key, job.options) };
    const ref: JobRef = { jobId: job._id.toString(), attempt: job.attempt };
    const { queue, library, mediaRoot, log } = this.#deps;
    try {
      assertSamePost(job, result);
      if (!(await mediaRoot.mounted())) {
        await this.#hold(ref, result.key, staged);
        return;
      }
      await queue.update(ref, { $set: { stage: 'store', key: result.key, meta: metaOf(factsOf(result)) } });
      const began = Date.now();
      const { post, link } = await library.admit({
        userId: job.user.toString(),
        platform: job.link.platform,
        scope: job.usesCookies || result.usedCookies ? job.user.toString() : SHARED_SCOPE,
        result,
        stagingDirectory: join(mediaRoot.staging, ref.jobId, String(ref.attempt)),
      });
      const filed = await applyFiling(library, job, link);
      const done = await queue.finish(ref, { ...completedFields(post, job.options), ...filed }, post.size);
      if (done === null && link.addedAt.getTime() >= began) await this.#takeBack(ref, link);
      await this.sweep(ref.jobId);
      return post;
    } catch (error) {
      if (await this.#beginAnew(job, error)) return undefined;
      log.warn({ err: error, jobId: ref.jobId, stage: 'store' }, 'store failed');
      if (!(await mediaRoot.mounted())) return this.#hold(ref, result.key, staged);
      const failure = failureOf(error);
      if (failure.errorCode === 'MF_ERR_DISK_FULL' && (await this.holdForRoom(job))) return undefined;
      // Before the record says so: a retry would use the same folder.
      await this.sweep(ref.jobId);
      await queue.finish(ref, { status: 'failed', ...failure });
      return undefined;
    }
  }

  /** Puts an unfinished job aside when it failed because the share is gone. False when that is not the reason. */
  async holdUnstaged(job: DownloadDoc, errorCode: FailureCode): Promise<boolean> {
    if (!MOUNT_SUSPECTS.has(errorCode) || (await this.#deps.mediaRoot.mounted())) return false;
    const ref = { jobId: job._id.toString(), attempt: job.attempt };
    return (await this.#deps.held.hold(ref, { attemptBase: job.attemptBase + 1 })) !== null;
  }

  /** Puts a job aside that the disk has no room for. False when it has been tried too often. */
  async holdForRoom(job: DownloadDoc): Promise<boolean> {
    return waitForRoom({ ...this.#deps, sweep: async (jobId) => this.sweep(jobId) }, job);
  }

  /** Whether the disk of the media is short of room, as this server sees it. */
  async isShortOfRoom(): Promise<boolean> {
    return isShortOfRoom(this.#deps.library);
  }

  async #hold(ref: JobRef, key: string, staged: StagedResult): Promise<undefined> {
    this.#deps.log.warn({ jobId: ref.jobId }, 'The media folder is not there: the post waits to be put away.');
    await this.#deps.held.hold(ref, { key }, staged);
  }

  /** The post was taken over or removed while this server was putting it away: the job goes back to the queue. */
  async #beginAnew(job: DownloadDoc, error: unknown): Promise<boolean> {
    if (!(error instanceof CodedError) || error.code !== 'MF_ERR_STATE') return false;
    const attempt = job.attempt - job.attemptBase;
    const delay = retryDelay({ code: 'MF_ERR_INTERNAL', attempt, requeue: true, random: Math.random() });
    if (delay === undefined) return false;
    const jobId = job._id.toString();
    await this.sweep(jobId);
    await this.#deps.queue.requeue({ jobId, attempt: job.attempt }, delay);
    return true;
  }

  /** The person cancelled while the post was being put away: it does not appear in the library after all. */
  async #takeBack({ jobId }: JobRef, link: LinkDoc): Promise<void> {
    const { queue, library } = this.#deps;
    if ((await queue.any(jobId))?.status === 'cancelled')
      await library.remove(link._id.toString(), link.user.toString(), { tombstone: false });
  }

  /** Throws the staged files of a job away. */
  async sweep(jobId: string): Promise<void> {
    const { mediaRoot, log } = this.#deps;
    if (!(await mediaRoot.mounted())) return;
    await rm(join(mediaRoot.staging, jobId), { recursive: true, force: true }).catch((error: unknown) => {
      log.warn({ err: error, jobId }, 'staging could not be removed');
    });
  }
}

/** A worker may show what a share link leads to; it may not hand in another post. */
export function assertSamePost(job: DownloadDoc, result: Pick<StagedResult, 'key'>): void {
  const platform = result.key.slice(0, result.key.indexOf(':'));
  if (platform !== job.link.platform || (job.key !== undefined && job.key !== result.key)) {
    throw new CodedError('MF_ERR_PLUGIN', 'The plugin handed in another post than it was asked for.');
  }
}

function factsOf({ post }: StagedResult): Parameters<typeof metaOf>[0] {
  const { title, caption, author } = post;
  return {
    ...(title !== undefined && { title }),
    ...(caption !== undefined && { caption }),
    ...(author && { author: { handle: author.handle, ...(author.name !== undefined && { name: author.name }) } }),
  };
}

function failureOf(error: unknown): { errorCode: FailureCode; errorMessage: string } {
  if (isFailure(error)) return { errorCode: error.code, errorMessage: error.message };
  const code = NODE_CODES[(error as NodeJS.ErrnoException).code ?? ''];
  if (code === 'MF_ERR_DISK_FULL') return { errorCode: code, errorMessage: 'The disk is full. Nothing was published.' };
  if (code !== undefined) return { errorCode: code, errorMessage: 'The media folder cannot be written.' };
  return { errorCode: 'MF_ERR_INTERNAL', errorMessage: 'The server could not put the post away. Its log says more.' };
}
