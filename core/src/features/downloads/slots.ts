import type { DownloadModels, SlotDoc } from './model.ts';

const NEVER = new Date(0);

/** The cluster's limit of downloads at a time: a claim on one of `limit` documents, with a lease. */
export class Slots {
  readonly #slot: DownloadModels['Slot'];
  readonly #server: string;
  readonly #limit: number;

  constructor(models: DownloadModels, server: string, limit: number) {
    this.#slot = models.Slot;
    this.#server = server;
    this.#limit = limit;
  }

  /** Makes the documents; safe when several servers start at once. */
  async init(): Promise<void> {
    for (let id = 0; id < this.#limit; id += 1) {
      await this.#slot.updateOne(
        { _id: id },
        { $setOnInsert: { owner: '', server: '', until: NEVER, fence: 0 } },
        { upsert: true },
      );
    }
  }

  /** A free slot, or null when all are taken. */
  async claim(leaseMs: number): Promise<SlotDoc | null> {
    const now = Date.now();
    return this.#slot.findOneAndUpdate(
      { _id: { $lt: this.#limit }, until: { $lte: new Date(now) } },
      { $set: { server: this.#server, until: new Date(now + leaseMs) }, $inc: { fence: 1 } },
      { sort: { _id: 1 }, returnDocument: 'after', lean: true },
    );
  }

  /** False when the slot was given to somebody else meanwhile. */
  async renew(slot: { slot: number; fence: number }, leaseMs: number): Promise<boolean> {
    const { matchedCount } = await this.#slot.updateOne(
      { _id: slot.slot, fence: slot.fence },
      { $set: { until: new Date(Date.now() + leaseMs) } },
    );
    return matchedCount === 1;
  }

  async release(slot: { slot: number; fence: number }): Promise<void> {
    await this.#slot.updateOne({ _id: slot.slot, fence: slot.fence }, { $set: { until: NEVER } });
  }

  /** What this server held before it was restarted. */
  async releaseOwn(): Promise<void> {
    await this.#slot.updateMany({ server: this.#server }, { $set: { until: NEVER } });
  }
}
