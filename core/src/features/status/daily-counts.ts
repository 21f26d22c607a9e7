import { Schema, Types } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { EndedDownload } from '../downloads/index.ts';
import { dayOf, lastDays } from './day.rules.ts';

/** What became of one person's downloads on one day. */
interface DailyCountDoc {
  /** `day user`: each end is one increment of one document. */
  readonly _id: string;
  readonly day: string;
  readonly user: Types.ObjectId;
  readonly completed: number;
  readonly failed: number;
  /** Bytes of the posts that were saved. */
  readonly bytes: number;
}

/** One day's downloads. */
export interface DayCount {
  /** `2026-11-28`, by the server's clock. */
  readonly day: string;
  readonly completed: number;
  readonly failed: number;
  /** Bytes of the posts that were saved. */
  readonly bytes: number;
}

/** How many downloads ended each day, by person; kept when the downloads themselves are taken off the list. */
export class DailyCounts {
  readonly #model: Model<DailyCountDoc>;

  constructor(connection: Connection) {
    const schema = new Schema<DailyCountDoc>({
      _id: String,
      day: { type: String, required: true },
      user: { type: Schema.Types.ObjectId, required: true },
      completed: { type: Number, default: 0 },
      failed: { type: Number, default: 0 },
      bytes: { type: Number, default: 0 },
    });
    schema.index({ day: 1 });
    schema.index({ user: 1, day: 1 });
    this.#model = connection.model<DailyCountDoc>('DailyCount', schema);
  }

  async init(): Promise<void> {
    await this.#model.init();
  }

  /** Counts one end; whoever calls it was the one whose update ended the job. */
  async count({ userId, status, bytes }: EndedDownload, now = new Date()): Promise<void> {
    const day = dayOf(now);
    const user = new Types.ObjectId(userId);
    await this.#model.updateOne(
      { _id: `${day} ${userId}` },
      { $setOnInsert: { day, user }, $inc: status === 'completed' ? { completed: 1, bytes } : { failed: 1 } },
      { upsert: true },
    );
  }

  /** The last days, the oldest first, without gaps. @param userId none: everybody's together */
  async last(count: number, userId?: string, now = new Date()): Promise<DayCount[]> {
    const days = lastDays(count, now);
    const found = await this.#model
      .find({ day: { $gte: days[0] ?? '' }, ...(userId !== undefined && { user: new Types.ObjectId(userId) }) })
      .lean();
    const byDay = Map.groupBy(found, ({ day }) => day);
    return days.map((day) => (byDay.get(day) ?? []).reduce(add, { day, completed: 0, failed: 0, bytes: 0 }));
  }

  async forgetPerson(userId: string): Promise<void> {
    await this.#model.deleteMany({ user: new Types.ObjectId(userId) });
  }
}

function add(sum: DayCount, { completed, failed, bytes }: DayCount): DayCount {
  return {
    day: sum.day,
    completed: sum.completed + completed,
    failed: sum.failed + failed,
    bytes: sum.bytes + bytes,
  };
}
