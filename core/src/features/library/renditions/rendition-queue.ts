import type { Types } from 'mongoose';
import type { FailureCode } from '@mediafetcher/sdk';
import { CodedError } from '../../../errors.ts';
import { isDuplicateKey } from '../../../duplicate-key.ts';
import type { Leases } from '../leases.ts';
import type { LibraryModels } from '../models.ts';
import type { HeldReason } from './failed-render.rules.ts';
import type { RenditionJobDoc } from './rendition-model.ts';

/** Jobs that one person may wait for at a time: nobody has the queue to themselves. */
export const MAX_WAITING = 50;

interface Asker {
  readonly user: Types.ObjectId;
}

const WAITS = { $in: ['queued' as const, 'running' as const] };

/** A job that this server works on. */
export type LeasedJob = RenditionJobDoc & Required<Pick<RenditionJobDoc, 'lease'>>;

/** The jobs that wait, run or have failed, in the order in which they were asked for. */
export class RenditionQueue {
  readonly #models: Pick<LibraryModels, 'RenditionJob'>;
  readonly #leases: Leases;

  constructor(models: Pick<LibraryModels, 'RenditionJob'>, leases: Leases) {
    this.#models = models;
    this.#leases = leases;
  }

  get renewalMs(): number {
    return this.#leases.renewalMs;
  }

  /**
   * Asks for it; what waits or runs already is joined, and what has failed is tried again.
   * @throws MF_ERR_TOO_MANY_REQUESTS when the person waits for many already
   */
  async add({ post, media, user }: Pick<RenditionJobDoc, 'post' | 'media'> & Asker): Promise<void> {
    const { RenditionJob } = this.#models;
    if (await this.#join({ post, media, user })) return;
    if ((await RenditionJob.countDocuments({ askers: user, status: WAITS })) >= MAX_WAITING)
      throw new CodedError('MF_ERR_TOO_MANY_REQUESTS', `You wait for ${MAX_WAITING} videos already. Try again later.`);
    const fresh = { askers: [user], status: 'queued' as const, askedAt: new Date(), tries: 0, progress: 0 };
    const again = await RenditionJob.updateOne(
      { post, media, status: 'failed' },
      { $set: fresh, $unset: { errorCode: 1, message: 1, heldReason: 1 } },
    );
    if (again.matchedCount > 0) return;
    try {
      await RenditionJob.create({ post, media, ...fresh, attempt: 0 });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Somebody asked in the same moment.
      await this.#join({ post, media, user });
    }
  }

  /**
   * A person wants it no more; when nobody else does, it ends. What is just being put into the store is too late to end.
   * @returns the job that has ended
   */
  async leave({ post, media, user }: Pick<RenditionJobDoc, 'post' | 'media'> & Asker): Promise<RenditionJobDoc | null> {
    const { RenditionJob } = this.#models;
    const open = { post, media, status: WAITS, storing: { $ne: true } };
    await RenditionJob.updateOne(open, { $pull: { askers: user } });
    // Those of an earlier version name nobody.
    return RenditionJob.findOneAndDelete({ ...open, $or: [{ askers: { $size: 0 } }, { askers: null }] }).lean();
  }

  async #join({ post, media, user }: Pick<RenditionJobDoc, 'post' | 'media'> & Asker): Promise<boolean> {
    const waits = { post, media, status: WAITS };
    return (await this.#models.RenditionJob.updateOne(waits, { $addToSet: { askers: user } })).matchedCount > 0;
  }

  async find(post: Types.ObjectId, media: Types.ObjectId): Promise<RenditionJobDoc | null> {
    return this.#models.RenditionJob.findOne({ post, media }).lean();
  }

  /** How many are before it. */
  async before({ _id, askedAt }: RenditionJobDoc): Promise<number> {
    const earlier = { $or: [{ askedAt: { $lt: askedAt } }, { askedAt, _id: { $lt: _id } }] };
    return this.#models.RenditionJob.countDocuments({ status: WAITS, ...earlier });
  }

  /** Why nothing is made now, whoever's turn it is; undefined when something is. */
  async heldReason(): Promise<HeldReason | undefined> {
    const first = await this.#models.RenditionJob.findOne({ status: WAITS }).sort({ askedAt: 1, _id: 1 }).lean();
    return first?.status === 'queued' ? first.heldReason : undefined;
  }

  /** Whether somebody works on it: what it has staged is wanted. */
  async isRunning(id: string): Promise<boolean> {
    return (await this.#models.RenditionJob.exists({ _id: id, status: 'running' })) !== null;
  }

  /** Takes the next one; also one whose server is gone. */
  async claim(): Promise<LeasedJob | null> {
    const free = {
      $or: [{ status: 'queued' as const }, { status: 'running' as const, 'lease.until': { $lt: new Date() } }],
    };
    const job = await this.#models.RenditionJob.findOneAndUpdate(
      free,
      {
        $set: { status: 'running', progress: 0, lease: this.#leases.make() },
        $unset: { storing: 1 },
        $inc: { attempt: 1, tries: 1 },
      },
      { sort: { askedAt: 1, _id: 1 }, returnDocument: 'after', lean: true },
    );
    // Just set.
    return job as LeasedJob | null;
  }

  /** False when it is not this server's any more. */
  async renew(job: LeasedJob): Promise<boolean> {
    return this.#change(job, { $set: { lease: this.#leases.renew(job.lease) } });
  }

  /** False when it is not this server's any more. */
  async report(job: LeasedJob, progress: number): Promise<boolean> {
    return this.#change(job, { $set: { progress } });
  }

  /** From now on nobody cancels it. False when somebody has, or it is not this server's any more. */
  async store(job: LeasedJob): Promise<boolean> {
    return this.#change(job, { $set: { storing: true } });
  }

  /** Back into the queue. @param untried - nobody was there to try it */
  async putBack(job: LeasedJob, untried: boolean, heldReason?: HeldReason): Promise<void> {
    const less = untried ? { $inc: { tries: -1 } } : {};
    const set = { status: 'queued' as const, progress: 0, ...(heldReason && { heldReason }) };
    await this.#change(job, {
      $set: set,
      $unset: { lease: 1, storing: 1, ...(!heldReason && { heldReason: 1 }) },
      ...less,
    });
  }

  async fail(job: LeasedJob, errorCode: FailureCode, message: string): Promise<void> {
    await this.#change(job, {
      $set: { status: 'failed', errorCode, message },
      $unset: { lease: 1, storing: 1, heldReason: 1 },
    });
  }

  /** It is done, or nobody can want it any more. */
  async end(job: LeasedJob): Promise<void> {
    await this.#models.RenditionJob.deleteOne({ _id: job._id, 'lease.token': job.lease.token });
  }

  /** What this server had in hand when it went. */
  async requeueOwn(server: string): Promise<void> {
    await this.#models.RenditionJob.updateMany(
      { status: 'running', 'lease.server': server },
      { $set: { status: 'queued', progress: 0 }, $unset: { lease: 1, storing: 1 } },
    );
  }

  async #change({ _id, lease }: LeasedJob, update: object): Promise<boolean> {
    const own = { _id, 'lease.token': lease.token };
    return (await this.#models.RenditionJob.updateOne(own, update)).matchedCount === 1;
  }
}
