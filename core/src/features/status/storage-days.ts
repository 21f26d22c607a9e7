import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { MediaService } from '../media/index.ts';
import type { MediaRoot } from '../system/index.ts';
import { dayOf, lastDays } from './day.rules.ts';

interface StorageDayDoc {
  /** The day. */
  readonly _id: string;
  readonly bytes: number;
  readonly files: number;
  readonly free: number;
}

/** How much was kept at the end of a day, or by now. */
export interface StorageDay {
  /** `2026-11-28`, by the server's clock. */
  readonly day: string;
  /** On the disk: what several posts share counts once. */
  readonly bytes: number;
  readonly files: number;
  /** Of the disk. */
  readonly free: number;
}

interface Dependencies {
  readonly media: Pick<MediaService, 'usage'>;
  readonly mediaRoot: Pick<MediaRoot, 'mounted' | 'space'>;
}

/** Samples of the media folder, one document a day, so that it can be said when it will be full. */
export class StorageDays {
  readonly #model: Model<StorageDayDoc>;
  readonly #deps: Dependencies;

  constructor(connection: Connection, dependencies: Dependencies) {
    this.#deps = dependencies;
    this.#model = connection.model<StorageDayDoc>(
      'StorageDay',
      new Schema<StorageDayDoc>({ _id: String, bytes: Number, files: Number, free: Number }),
    );
  }

  /** Takes the place of today's last one; while the folder is not there nothing is known of it. */
  async sample(now = new Date()): Promise<void> {
    const { media, mediaRoot } = this.#deps;
    if (!(await mediaRoot.mounted())) return;
    const [usage, { free }] = await Promise.all([media.usage(), mediaRoot.space()]);
    await this.#model.updateOne({ _id: dayOf(now) }, { $set: { ...usage, free } }, { upsert: true });
  }

  /** Those of the last days that there are, the oldest first. */
  async last(count: number, now = new Date()): Promise<StorageDay[]> {
    const days = lastDays(count, now);
    const found = await this.#model
      .find({ _id: { $gte: days[0] ?? '', $lte: dayOf(now) } })
      .sort({ _id: 1 })
      .lean();
    return found.map(({ _id, bytes, files, free }) => ({ day: _id, bytes, files, free }));
  }
}
