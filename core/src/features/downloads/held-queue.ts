import type { StagedResult } from '../../channel/messages.ts';
import type { DownloadEmitter } from './events.ts';
import type { DownloadDoc, DownloadModels } from './model.ts';
import { LEASE_MS, NOT_RUNNING, inHand } from './queue.ts';
import type { JobRef } from './queue.ts';

/** Milliseconds between two looks whether the media folder is back, as people are told. */
const HELD_MS = 30_000;

/** State changes of downloads that wait for the media folder; each is one conditional update, as those of the queue. */
export class HeldQueue {
  readonly #download: DownloadModels['Download'];
  readonly #events: DownloadEmitter;
  readonly #server: string;

  constructor(models: DownloadModels, events: DownloadEmitter, server: string) {
    this.#download = models.Download;
    this.#events = events;
    this.#server = server;
  }

  /** Puts a running job aside until the media folder is back; what is staged already is put away then, without another fetch. */
  async hold(job: JobRef, set: Partial<DownloadDoc>, staged?: StagedResult): Promise<DownloadDoc | null> {
    const now = Date.now();
    const held = await this.#download.findOneAndUpdate(
      inHand(job),
      {
        $set: {
          ...set,
          status: 'queued',
          indeterminate: false,
          notBefore: new Date(now),
          heldUntil: new Date(now + HELD_MS),
          heldReason: 'MF_ERR_MOUNT_MISSING',
          ...(staged === undefined ? { progress: 0 } : { staged }),
        },
        $unset: NOT_RUNNING,
      },
      { returnDocument: 'after', lean: true },
    );
    if (held !== null) this.#events.changed(held);
    return held;
  }

  /** Jobs that are put aside, and those whose server went while it put away what they had staged. */
  async all(): Promise<DownloadDoc[]> {
    const asides = [{ heldReason: 'MF_ERR_MOUNT_MISSING' }, { staged: { $ne: null } }];
    return this.#download.find({ status: 'queued', $or: asides }).lean();
  }

  /** Tells people when the next look is. */
  async holdLonger({ _id }: DownloadDoc): Promise<void> {
    const longer = await this.#download.findOneAndUpdate(
      { _id, status: 'queued', heldReason: 'MF_ERR_MOUNT_MISSING' },
      { $set: { heldUntil: new Date(Date.now() + HELD_MS) } },
      { returnDocument: 'after', lean: true },
    );
    if (longer !== null) this.#events.changed(longer);
  }

  /** A held job goes on at its last stage, as the same attempt; null when somebody else was first. */
  async take({ _id, attempt }: DownloadDoc): Promise<DownloadDoc | null> {
    const taken = await this.#download.findOneAndUpdate(
      { _id, attempt, status: 'queued', staged: { $ne: null } },
      {
        $set: {
          status: 'running',
          stage: 'store',
          server: this.#server,
          leaseUntil: new Date(Date.now() + LEASE_MS),
        },
        $unset: { heldUntil: 1, heldReason: 1 },
      },
      { returnDocument: 'after', lean: true },
    );
    if (taken !== null) this.#events.changed(taken);
    return taken;
  }

  /** What was staged is not there any more: the job is fetched again. */
  async forgetStaged({ _id, attempt }: DownloadDoc): Promise<void> {
    await this.#download.updateOne({ _id, attempt, status: 'queued' }, { $unset: { staged: 1 } });
  }
}
