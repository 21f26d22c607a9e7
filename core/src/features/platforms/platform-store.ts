import type { Model } from 'mongoose';
import { isDuplicateKey } from '../../duplicate-key.ts';
import { CLOSED } from './breaker.rules.ts';
import type { Breaker } from './breaker.rules.ts';
import { NO_HEALTH } from './health.rules.ts';
import type { Health } from './health.rules.ts';
import type { PlatformAccountDoc } from './model.ts';
import type { Pace } from './pace.rules.ts';

/** What changes of a platform and account. */
export interface Content {
  readonly pace?: Pace;
  readonly breaker: Breaker;
  readonly health: Health;
}

export interface Change {
  readonly before: Content;
  readonly after: Content;
}

/** Documents of platforms and accounts; each change is made on what it was planned on, whoever else is at it. */
export class PlatformStore {
  readonly #model: Model<PlatformAccountDoc>;
  readonly #closedUntil: (platform: string, account: string, content: Content) => Date;

  constructor(
    model: Model<PlatformAccountDoc>,
    closedUntil: (platform: string, account: string, content: Content) => Date,
  ) {
    this.#model = model;
    this.#closedUntil = closedUntil;
  }

  async all(): Promise<PlatformAccountDoc[]> {
    return this.#model.find().sort({ _id: 1 }).lean();
  }

  /** All that is known of some accounts. */
  async remove(documents: readonly PlatformAccountDoc[]): Promise<void> {
    await this.#model.deleteMany({ _id: { $in: documents.map(({ _id }) => _id) } });
  }

  async closed(now: number): Promise<PlatformAccountDoc[]> {
    return this.#model.find({ closedUntil: { $gt: new Date(now) } }).lean();
  }

  /** @param plan called again when another server was faster; gives its argument back where nothing changes */
  async change(platform: string, account: string, plan: (before: Content) => Content): Promise<Change> {
    const _id = `${platform} ${account}`;
    for (;;) {
      const found = await this.#model.findById(_id).lean();
      const before: Content = found ?? { breaker: CLOSED, health: NO_HEALTH };
      const after = plan(before);
      if (after === before) return { before, after };
      const set = { ...after, closedUntil: this.#closedUntil(platform, account, after) };
      if (found === null ? await this.#add({ _id, platform, account, rev: 1, ...set }) : await this.#update(found, set))
        return { before, after };
    }
  }

  async #add(document: PlatformAccountDoc): Promise<boolean> {
    try {
      await this.#model.create(document);
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  async #update({ _id, rev }: PlatformAccountDoc, set: Partial<PlatformAccountDoc>): Promise<boolean> {
    const { pace, breaker, health, closedUntil } = set;
    const fields = { breaker, health, closedUntil, rev: rev + 1, ...(pace && { pace }) };
    const { matchedCount } = await this.#model.updateOne({ _id, rev }, { $set: fields });
    return matchedCount === 1;
  }
}
