import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';

interface TombstoneDoc {
  readonly user: Types.ObjectId;
  readonly key: string;
  readonly at: Date;
}

/** What a person has deleted: nothing that runs by itself brings it back, until they ask for it. */
export class Tombstones {
  readonly #model: Model<TombstoneDoc>;

  constructor(connection: Connection) {
    const schema = new Schema<TombstoneDoc>({
      user: { type: Schema.Types.ObjectId, required: true },
      key: { type: String, required: true },
      at: { type: Date, required: true },
    });
    schema.index({ user: 1, key: 1 }, { unique: true });
    this.#model = connection.model<TombstoneDoc>('Tombstone', schema);
  }

  async init(): Promise<void> {
    await this.#model.init();
  }

  async raise(userId: string, key: string): Promise<void> {
    await this.#model.updateOne({ user: userId, key }, { $set: { at: new Date() } }, { upsert: true });
  }

  async clear(userId: string, key: string): Promise<void> {
    await this.#model.deleteOne({ user: userId, key });
  }

  async clearAll(userId: string): Promise<void> {
    await this.#model.deleteMany({ user: userId });
  }

  async has(userId: string, key: string): Promise<boolean> {
    return (await this.#model.exists({ user: userId, key })) !== null;
  }
}
