import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';
import type { DownloadDoc } from './model.ts';

interface AttemptLogDoc {
  /** The download's. */
  readonly _id: Types.ObjectId;
  readonly user: Types.ObjectId;
  readonly attempt: number;
  readonly text: string;
  readonly at: Date;
}

/** Seconds for which a log is kept. */
const KEPT_S = 30 * 24 * 60 * 60;

/** What the tools said in the last failed attempt at each download, as its worker sent it: without secrets, and bounded. */
export class AttemptLogs {
  readonly #model: Model<AttemptLogDoc>;

  constructor(connection: Connection) {
    const schema = new Schema<AttemptLogDoc>({
      user: Schema.Types.ObjectId,
      attempt: Number,
      text: String,
      at: { type: Date, expires: KEPT_S },
    });
    schema.index({ user: 1 });
    this.#model = connection.model<AttemptLogDoc>('AttemptLog', schema);
  }

  async init(): Promise<void> {
    await this.#model.init();
  }

  async keep({ _id, user, attempt }: DownloadDoc, text: string | undefined): Promise<void> {
    if (text === undefined) return;
    await this.#model.updateOne({ _id }, { $set: { user, attempt, text, at: new Date() } }, { upsert: true });
  }

  /** The person's own only. */
  async find(userId: string, jobId: string): Promise<string | undefined> {
    return (await this.#model.findOne({ _id: jobId, user: userId }).lean())?.text;
  }

  async removeAll(userId: string): Promise<void> {
    await this.#model.deleteMany({ user: userId });
  }
}
