import { isDuplicateKey } from '../../duplicate-key.ts';
import type { DownloadModels, SlotDoc } from './model.ts';

const NEVER = new Date(0);

/** What a claim asks for. */
export interface SlotWish {
  readonly platform: string;
  /** How many downloads of the platform may run at a time. @default as many as there are slots */
  readonly limit?: number | undefined;
}

/** `none`: all slots are taken. `full`: the platform has as many as it may. */
export type SlotRefusal = 'none' | 'full';

/**
 * The cluster's limit of downloads at a time: a claim on one of `limit` documents, with a lease. A platform with a limit of
 * its own has that many lanes; a unique index keeps two slots out of one lane, whoever claims.
 */
export class Slots {
  readonly #slot: DownloadModels['Slot'];
  readonly #server: string;
  readonly #limit: () => Promise<number>;
  /** Documents that are there for certain. */
  #made = 0;

  /** @param limit asked before each claim: an admin can change it */
  constructor(models: DownloadModels, server: string, limit: () => Promise<number>) {
    this.#slot = models.Slot;
    this.#server = server;
    this.#limit = limit;
  }

  async init(): Promise<void> {
    await this.#slot.init();
    await this.#open();
  }

  /** How many slots there are now, each with its document; safe when several servers do it at once. */
  async #open(): Promise<number> {
    const limit = await this.#limit();
    for (; this.#made < limit; this.#made += 1) {
      await this.#slot.updateOne(
        { _id: this.#made },
        { $setOnInsert: { owner: '', server: '', until: NEVER, fence: 0 } },
        { upsert: true },
      );
    }
    return limit;
  }

  /** A free slot for a download of this platform. */
  async claim(leaseMs: number, { platform, limit }: SlotWish): Promise<SlotDoc | SlotRefusal> {
    if (limit === undefined) return (await this.#claim(leaseMs, platform)) ?? 'none';
    for (;;) {
      // A lease that has just lapsed still has its lane in the index.
      await this.#clearLanes();
      const lane = await this.#freeLane(platform, limit);
      if (lane === undefined) return 'full';
      try {
        return (await this.#claim(leaseMs, platform, lane)) ?? 'none';
      } catch (error) {
        // Another server was first in this lane: there may be another one.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }

  /** False when the slot was given back, or to somebody else meanwhile. */
  async renew(slot: { slot: number; fence: number }, leaseMs: number): Promise<boolean> {
    const { matchedCount } = await this.#slot.updateOne(
      { _id: slot.slot, fence: slot.fence, until: { $ne: NEVER } },
      { $set: { until: new Date(Date.now() + leaseMs) } },
    );
    return matchedCount === 1;
  }

  async release(slot: { slot: number; fence: number }): Promise<void> {
    await this.#slot.updateOne(
      { _id: slot.slot, fence: slot.fence },
      { $set: { until: NEVER }, $unset: { platform: 1, lane: 1 } },
    );
  }

  /** What this server held before it was restarted. */
  async releaseOwn(): Promise<void> {
    await this.#slot.updateMany({ server: this.#server }, { $set: { until: NEVER }, $unset: { platform: 1, lane: 1 } });
  }

  async #claim(leaseMs: number, platform: string, lane?: string): Promise<SlotDoc | null> {
    const limit = await this.#open();
    const now = Date.now();
    return this.#slot.findOneAndUpdate(
      { _id: { $lt: limit }, until: { $lte: new Date(now) } },
      {
        $set: { server: this.#server, until: new Date(now + leaseMs), platform, ...(lane !== undefined && { lane }) },
        $inc: { fence: 1 },
        ...(lane === undefined && { $unset: { lane: 1 } }),
      },
      { sort: { _id: 1 }, returnDocument: 'after', lean: true },
    );
  }

  /** A slot whose lease ran out keeps its lane no longer; its former holder cannot renew it then. */
  async #clearLanes(): Promise<void> {
    await this.#slot.updateMany(
      { until: { $lte: new Date() }, lane: { $exists: true } },
      { $unset: { platform: 1, lane: 1 }, $inc: { fence: 1 } },
    );
  }

  /** Counted are all slots of the platform, those too that were claimed before it had a limit. */
  async #freeLane(platform: string, limit: number): Promise<string | undefined> {
    const taken = await this.#slot.find({ platform, until: { $gt: new Date() } }, { lane: 1 }).lean();
    if (taken.length >= limit) return undefined;
    const lanes = new Set(taken.map(({ lane }) => lane));
    return Array.from({ length: limit }, (_, index) => `${platform}:${index}`).find((lane) => !lanes.has(lane));
  }
}
