import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';

interface SecondLookDoc {
  /** SHA-256. */
  readonly _id: string;
  readonly ext: string;
  readonly at: Date;
}

/** Hashes whose files are looked at once more: a server that hung over one of them may still have acted after all. */
export class SecondLooks {
  readonly #model: Model<SecondLookDoc>;

  constructor(connection: Connection) {
    const schema = new Schema<SecondLookDoc>({
      _id: { type: String, required: true },
      ext: { type: String, required: true },
      at: { type: Date, required: true },
    });
    this.#model =
      (connection.models['SecondLook'] as Model<SecondLookDoc> | undefined) ??
      connection.model<SecondLookDoc>('SecondLook', schema);
  }

  async plan({ sha256, ext }: { sha256: string; ext: string }, inMs: number): Promise<void> {
    const at = new Date(Date.now() + inMs);
    await this.#model.updateOne({ _id: sha256 }, { $set: { ext, at } }, { upsert: true });
  }

  async due(): Promise<{ sha256: string; ext: string }[]> {
    const found = await this.#model.find({ at: { $lte: new Date() } }).lean();
    return found.map(({ _id, ext }) => ({ sha256: _id, ext }));
  }

  async done(sha256: string): Promise<void> {
    await this.#model.deleteOne({ _id: sha256 });
  }
}
