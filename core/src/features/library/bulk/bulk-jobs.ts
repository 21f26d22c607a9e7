import { EventEmitter } from 'node:events';
import { Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { Leases } from '../leases.ts';
import type { LibraryQuery } from '../library-query.ts';
import type { LibraryModels } from '../models.ts';
import { applyBulk } from './bulk-actions.ts';
import type { BulkTools } from './bulk-actions.ts';
import { BulkBatches, scopeOf } from './bulk-batches.ts';
import type { Batch } from './bulk-batches.ts';
import type { BulkDoc, BulkStatus } from './bulk-model.ts';
import { checkBulkRequest } from './bulk-request.rules.ts';
import type { BulkRequest } from './bulk-request.rules.ts';
import { BulkSteps } from './bulk-steps.ts';
import { canBeUndone, isUndoable } from './bulk-undo.rules.ts';

const MAX_UNFINISHED = 20;
const UNFINISHED: BulkStatus[] = ['queued', 'running'];
/** A batch is done to its end, also of a job that is cancelled meanwhile. */
const AT_WORK: BulkStatus[] = ['running', 'cancelled'];

interface Dependencies {
  readonly models: Pick<LibraryModels, 'BulkJob' | 'BulkStep' | 'Link'>;
  readonly query: LibraryQuery;
  readonly tools: BulkTools;
  readonly leases: Leases;
}

/** Changes of many posts, in batches, one job after the other; a crash repeats one batch at most. */
export class BulkJobs {
  readonly events: EventEmitter<{ change: [BulkDoc] }> = new EventEmitter();
  readonly #deps: Dependencies;
  readonly #steps: BulkSteps;
  readonly #batches: BulkBatches;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
    this.#steps = new BulkSteps(dependencies.models);
    this.#batches = new BulkBatches({ ...dependencies, steps: this.#steps });
    // One listener for each open page.
    this.events.setMaxListeners(0);
  }

  /** @throws MF_ERR_VALIDATION · MF_ERR_UNKNOWN · MF_ERR_FORBIDDEN for a folder of somebody else · MF_ERR_STATE */
  async start(userId: string, request: BulkRequest): Promise<BulkDoc> {
    const { query, tools } = this.#deps;
    const options = checkBulkRequest(request);
    for (const id of [options.folder, options.from]) if (id !== undefined) await tools.folders.get(userId, id);
    const ids = request.ids === undefined ? undefined : [...new Set(request.ids)];
    const createdAt = new Date();
    // What comes in later is not meant.
    const filter = request.filter && { ...request.filter, to: earlier(request.filter.to, createdAt) };
    const total = filter === undefined ? (ids?.length ?? 0) : await query.size(await scopeOf(query, userId, filter));
    return this.#queue(userId, {
      action: request.action,
      options,
      ...(filter !== undefined && { filter }),
      ...(ids !== undefined && { ids }),
      total,
      keepsSteps: canBeUndone(request.action),
      createdAt,
    });
  }

  /**
   * Takes back what a job has done, also one that was stopped: each post is again as it was before.
   * @throws MF_ERR_UNKNOWN · MF_ERR_STATE while it is at work, when it was taken back already, after a day, and for what is
   * for good
   */
  async undo(userId: string, id: string): Promise<BulkDoc> {
    const { BulkJob } = this.#deps.models;
    const job = await this.get(userId, id);
    const { _id: undoes, action, options, status, lease } = job;
    if (!isUndoable(job, Date.now()))
      throw new CodedError('MF_ERR_STATE', 'This cannot be taken back, or not any more.');
    const isAtWork = status === 'cancelled' && lease !== undefined && lease.until.getTime() > Date.now();
    if (isAtWork || UNFINISHED.includes(status))
      throw new CodedError('MF_ERR_STATE', 'This is still being done. Stop it first.');
    if ((await BulkJob.exists({ undoes, status: { $in: [...UNFINISHED, 'done'] } })) !== null)
      throw new CodedError('MF_ERR_STATE', 'This has been taken back.');
    const total = await this.#steps.size(undoes);
    return this.#queue(userId, { action, options, undoes, total, createdAt: new Date() });
  }

  /** @throws MF_ERR_UNKNOWN */
  async get(userId: string, id: string): Promise<BulkDoc> {
    const job = await this.#deps.models.BulkJob.findOne({ _id: id, user: userId }).lean();
    if (job === null) throw new CodedError('MF_ERR_UNKNOWN', 'There is no such job.');
    return job;
  }

  /** The last ones, newest first. */
  async list(userId: string): Promise<BulkDoc[]> {
    return this.#deps.models.BulkJob.find({ user: userId }).sort({ createdAt: -1 }).limit(50).lean();
  }

  /** Stops after the batch that is being done. What is done stays. @throws MF_ERR_UNKNOWN */
  async cancel(userId: string, id: string): Promise<BulkDoc> {
    const { BulkJob } = this.#deps.models;
    await BulkJob.updateOne(
      { _id: id, user: userId, status: { $in: UNFINISHED } },
      // Who works on it keeps the lease until the batch is done: until then nothing can be taken back.
      { $set: { status: 'cancelled' } },
    );
    return this.#tell(await this.get(userId, id));
  }

  /** Works until nothing waits; one at a time in this process. */
  async work(): Promise<void> {
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Ends after the present batch; another server, or the next start, goes on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    // Its own caller has been told of what went wrong.
    await this.#running?.catch(() => undefined);
  }

  async #drain(): Promise<void> {
    for (let job = await this.#claim(); job !== null; job = await this.#claim()) await this.#run(job);
  }

  async #claim(): Promise<BulkDoc | null> {
    if (this.#stopped) return null;
    const { models, leases } = this.#deps;
    return models.BulkJob.findOneAndUpdate(
      { status: { $in: UNFINISHED }, $or: [{ status: 'queued' }, leases.free()] },
      { $set: { status: 'running', lease: leases.make() } },
      { sort: { createdAt: 1 }, returnDocument: 'after', lean: true },
    );
  }

  async #run(claimed: BulkDoc): Promise<void> {
    let last = claimed;
    try {
      let job: BulkDoc | null = claimed;
      while (job?.status === 'running' && !this.#stopped) {
        last = job;
        const batch: Batch = await this.#batches.next(job);
        const failed = await this.#apply(job, batch);
        job = await this.#progress(job, batch, failed + batch.taken - batch.links.length);
      }
    } catch (error) {
      await this.#fail(claimed, error instanceof CodedError ? error.code : 'MF_ERR_INTERNAL');
      if (!(error instanceof CodedError)) throw error;
    } finally {
      await this.#leave(last);
    }
  }

  /** A job that was cancelled meanwhile is at rest now. */
  async #leave({ _id, lease }: BulkDoc): Promise<void> {
    const own = { _id, status: 'cancelled' as const, 'lease.token': lease?.token ?? '' };
    await this.#deps.models.BulkJob.updateOne(own, { $unset: { lease: 1 } });
  }

  /** One batch can take longer than a lease. */
  async #apply(job: BulkDoc, { links, undo }: Batch): Promise<number> {
    const { models, leases, tools } = this.#deps;
    const { lease } = job;
    const renewal = setInterval(() => {
      const own = { _id: job._id, status: { $in: AT_WORK }, 'lease.token': lease?.token ?? '' };
      // What cannot be renewed runs out: the next write of this server finds that out.
      models.BulkJob.updateOne(own, { $set: { lease: lease && leases.renew(lease) } }).catch(() => undefined);
    }, leases.renewalMs);
    try {
      if (undo !== undefined) return await this.#steps.takeBack(tools, job, undo, links);
      if (canBeUndone(job.action)) await this.#steps.note(job, links);
      return await applyBulk(tools, job, links);
    } finally {
      clearInterval(renewal);
    }
  }

  async #fail({ _id }: BulkDoc, errorCode: string): Promise<void> {
    const failed = await this.#deps.models.BulkJob.findOneAndUpdate(
      { _id, status: 'running' },
      { $set: { status: 'failed', errorCode }, $unset: { lease: 1 } },
      { returnDocument: 'after', lean: true },
    );
    if (failed !== null) this.#tell(failed);
  }

  /** Null when the job was cancelled, or another server has it. */
  async #progress(job: BulkDoc, { taken, cursor }: Batch, failed: number): Promise<BulkDoc | null> {
    const { models, leases } = this.#deps;
    const now = await models.BulkJob.findOneAndUpdate(
      { _id: job._id, status: 'running', 'lease.token': job.lease?.token ?? '' },
      {
        $inc: { done: taken, failed },
        ...(cursor === null
          ? { $set: { status: 'done' }, $unset: { lease: 1, ids: 1 } }
          : { $set: { cursor, lease: leases.make() } }),
      },
      { returnDocument: 'after', lean: true },
    );
    return now === null ? null : this.#tell(now);
  }

  async #queue(
    userId: string,
    job: Pick<BulkDoc, 'action' | 'options' | 'filter' | 'ids' | 'undoes' | 'keepsSteps' | 'total' | 'createdAt'>,
  ): Promise<BulkDoc> {
    const { BulkJob } = this.#deps.models;
    if ((await BulkJob.countDocuments({ user: userId, status: { $in: UNFINISHED } })) >= MAX_UNFINISHED)
      throw new CodedError('MF_ERR_STATE', 'Too many of these are waiting already.');
    const _id = new Types.ObjectId();
    await BulkJob.create({ _id, user: userId, ...job, status: 'queued', done: 0, failed: 0 });
    return this.get(userId, _id.toHexString());
  }

  #tell(job: BulkDoc): BulkDoc {
    this.events.emit('change', job);
    return job;
  }
}

function earlier(date: Date | undefined, other: Date): Date {
  return date !== undefined && date < other ? date : other;
}
