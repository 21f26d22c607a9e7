import type { QueryFilter, UpdateQuery } from 'mongoose';
import type { FailureCode } from '@mediafetcher/sdk';
import type { DownloadEmitter } from './events.ts';
import type { DownloadDoc, DownloadModels, SlotDoc } from './model.ts';

/** Without a heartbeat for so long a job goes back to the queue. */
export const LEASE_MS = 30_000;
/** So many workers lost with one download are no accident. */
export const LOST_WORKERS = 5;
const LOST = {
  errorCode: 'MF_ERR_INTERNAL',
  errorMessage: `${LOST_WORKERS} workers were lost while they had this download. It is not tried again by itself.`,
} as const;
/** What a job has only while it runs. */
export const NOT_RUNNING = {
  stage: 1,
  speed: 1,
  eta: 1,
  worker: 1,
  server: 1,
  slot: 1,
  fence: 1,
  leaseUntil: 1,
} as const;

/** A running job, as worker messages name it. */
export interface JobRef {
  readonly jobId: string;
  readonly attempt: number;
}

/** A platform's leave to begin a download now. */
export interface Leave {
  /** The account that it is counted for. */
  readonly account: string;
  /** It shows whether the platform serves us again. */
  readonly probe: boolean;
}

/** Who takes a job, and with which leave of its platform. */
interface Claimant extends Leave {
  readonly worker: string;
  /** It has not fitted on the disk before, and begins without the room that it waited for. */
  readonly isBlind?: boolean;
}

/** State changes of downloads; each is one conditional update, so that a late or doubled message changes nothing. */
export class DownloadQueue {
  readonly #download: DownloadModels['Download'];
  readonly #events: DownloadEmitter;
  readonly #server: string;

  constructor(models: DownloadModels, events: DownloadEmitter, server: string) {
    this.#download = models.Download;
    this.#events = events;
    this.#server = server;
  }

  /** The next job in order that may start; null when there is none. */
  async peek(closed: readonly QueryFilter<DownloadDoc>[] = []): Promise<DownloadDoc | null> {
    return this.#download
      .findOne({
        ...mayStart(),
        ...(closed.length > 0 && { $nor: [...closed] }),
      })
      .sort({ priority: -1, seq: 1 })
      .lean();
  }

  /** That job now runs on the slot; null when it may not start any more. */
  async claim(
    { _id, probed = false }: DownloadDoc,
    slot: SlotDoc,
    { worker, account, probe, isBlind = false }: Claimant,
  ): Promise<DownloadDoc | null> {
    const now = new Date();
    // What the first choice could not tell of the platform, it will not tell now.
    const probes = probe && !probed;
    const claimed = await this.#download.findOneAndUpdate(
      { _id, ...mayStart() },
      {
        $set: {
          status: 'running',
          stage: 'probe',
          progress: 0,
          indeterminate: true,
          server: this.#server,
          worker,
          usedAccount: account,
          ...(probes && { probe: true }),
          slot: slot._id,
          fence: slot.fence,
          leaseUntil: new Date(now.getTime() + LEASE_MS),
          startedAt: now,
        },
        $inc: { attempt: 1, ...(isBlind && { blindTries: 1 }) },
        $unset: {
          ...{ errorCode: 1, errorMessage: 1, heldUntil: 1, heldReason: 1, speed: 1, eta: 1 },
          ...{ secretsWithheld: 1, jar: 1, probed: 1, room: 1, ...(!probes && { probe: 1 }) },
        },
      },
      { returnDocument: 'after', lean: true },
    );
    if (claimed !== null) this.#events.started(claimed);
    return claimed;
  }

  async running({ jobId, attempt }: JobRef): Promise<DownloadDoc | null> {
    return this.#download.findOne(inHand({ jobId, attempt })).lean();
  }

  async runningOf(worker: string): Promise<DownloadDoc[]> {
    return this.#download.find({ status: 'running', worker }).lean();
  }

  async any(jobId: string): Promise<DownloadDoc | null> {
    return this.#download.findById(jobId).lean();
  }

  /** Changes a running job of this attempt; null when it is not that any more. */
  async update({ jobId, attempt }: JobRef, update: UpdateQuery<DownloadDoc>): Promise<DownloadDoc | null> {
    const changed = await this.#download.findOneAndUpdate(inHand({ jobId, attempt }), update, {
      returnDocument: 'after',
      lean: true,
    });
    if (changed !== null) this.#events.changed(changed);
    return changed;
  }

  /** False when the job is not this worker's any more. */
  async renew({ jobId, attempt }: JobRef): Promise<DownloadDoc | null> {
    return this.#download.findOneAndUpdate(
      inHand({ jobId, attempt }),
      { $set: { leaseUntil: new Date(Date.now() + LEASE_MS) } },
      { returnDocument: 'after', lean: true },
    );
  }

  /** Ends a running job. */
  async finish(
    job: JobRef,
    set: Partial<DownloadDoc>,
    size?: number,
    condition: QueryFilter<DownloadDoc> = {},
  ): Promise<DownloadDoc | null> {
    const done = await this.#download.findOneAndUpdate(
      { ...condition, ...inHand(job) },
      {
        $set: { ...set, indeterminate: false, finishedAt: new Date() },
        $unset: { ...NOT_RUNNING, activeKey: 1, staged: 1 },
      },
      { returnDocument: 'after', lean: true },
    );
    if (done !== null) this.#events.ended(done, size);
    return done;
  }

  /** A list has been read, to its end or as far as it went: from now on its posts are what runs. */
  async expand(
    job: JobRef,
    early: { errorCode?: FailureCode; errorMessage?: string } = {},
  ): Promise<DownloadDoc | null> {
    const { stage: _, ...unset } = NOT_RUNNING;
    const expanded = await this.#download.findOneAndUpdate(
      inHand(job),
      {
        $set: {
          stage: 'fetch',
          indeterminate: false,
          'list.expanded': true,
          'list.open': true,
          ...(early.errorCode !== undefined && { 'list.errorCode': early.errorCode }),
          ...(early.errorMessage !== undefined && { 'list.errorMessage': early.errorMessage }),
        },
        $inc: { 'list.rev': 1 },
        $unset: unset,
      },
      { returnDocument: 'after', lean: true },
    );
    if (expanded !== null) this.#events.changed(expanded);
    return expanded;
  }

  /** Gives a running job back. */
  async requeue(
    job: JobRef,
    delayMs: number,
    set: Partial<DownloadDoc> = {},
    condition: QueryFilter<DownloadDoc> = {},
  ): Promise<DownloadDoc | null> {
    const back = await this.#download.findOneAndUpdate(
      { ...condition, ...inHand(job) },
      {
        $set: {
          ...set,
          status: 'queued',
          progress: 0,
          indeterminate: false,
          notBefore: new Date(Date.now() + delayMs),
        },
        $unset: NOT_RUNNING,
      },
      { returnDocument: 'after', lean: true },
    );
    if (back !== null) this.#events.changed(back);
    return back;
  }

  /** Jobs of workers that went silent; as they were. */
  async requeueSilent(): Promise<DownloadDoc[]> {
    const silent = { leaseUntil: { $lte: new Date() } };
    return this.#giveUpLost(await this.#download.find({ status: 'running', ...silent }).lean(), silent);
  }

  /** At start: what this server had running when it was ended. That is no fault of the jobs. */
  async requeueOwn(): Promise<void> {
    const own = { server: this.#server };
    for (const { _id, attempt } of await this.#download.find({ status: 'running', ...own }).lean())
      await this.requeue({ jobId: _id.toString(), attempt }, 0, {}, own);
  }

  /** Jobs of one worker that is known to be dead; as they were, with their slots. */
  async requeueWorker(worker: string): Promise<DownloadDoc[]> {
    // What this server is just putting away needs no worker any more.
    return this.#giveUpLost(await this.#download.find({ status: 'running', worker, stage: { $ne: 'store' } }).lean());
  }

  /** Gives back the jobs of lost workers; one that has cost several of them has failed. */
  async #giveUpLost(jobs: readonly DownloadDoc[], condition: QueryFilter<DownloadDoc> = {}): Promise<DownloadDoc[]> {
    const lost: DownloadDoc[] = [];
    for (const job of jobs) {
      const ref = { jobId: job._id.toString(), attempt: job.attempt };
      const lostWorkers = (job.lostWorkers ?? 0) + 1;
      const set = { lostWorkers };
      // A heartbeat may have come since.
      const done =
        lostWorkers < LOST_WORKERS
          ? await this.requeue(ref, 0, set, condition)
          : await this.finish(ref, { ...set, status: 'failed', ...LOST }, undefined, condition);
      if (done !== null) lost.push(job);
    }
    return lost;
  }
}

/** An attempt that a worker has in hand; a list that has been read runs without one. */
export const inHand = ({ jobId, attempt }: JobRef) =>
  ({ _id: jobId, attempt, status: 'running', 'list.expanded': { $ne: true } }) as const;

const mayStart = () => ({ status: 'queued', notBefore: { $lte: new Date() }, waitsFor: null, staged: null }) as const;
