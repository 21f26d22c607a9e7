import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';

/** What a person has made of a plugin, whatever plugins.json says. */
interface PluginSwitchDoc {
  /** The plugin's id. */
  readonly _id: string;
  readonly enabled: boolean;
  readonly changedAt: Date;
  /** Who changed it: a person's id, or `cli`. */
  readonly changedBy: string;
}

/** Switches of plugins in the database: the same for every server, and read anew each time. */
export class PluginSwitches {
  readonly #model: Model<PluginSwitchDoc>;

  constructor(connection: Connection) {
    const schema = new Schema<PluginSwitchDoc>({
      _id: String,
      enabled: { type: Boolean, required: true },
      changedAt: { type: Date, required: true },
      changedBy: { type: String, required: true },
    });
    this.#model = connection.model<PluginSwitchDoc>('PluginSwitch', schema);
  }

  /** @param byDefault ids of those that are off as long as nobody has touched them */
  async off(byDefault: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const off = new Set(byDefault);
    for (const { _id, enabled } of await this.#model.find().lean()) {
      if (enabled) off.delete(_id);
      else off.add(_id);
    }
    return off;
  }

  async set(id: string, enabled: boolean, changedBy: string): Promise<void> {
    await this.#model.updateOne({ _id: id }, { $set: { enabled, changedAt: new Date(), changedBy } }, { upsert: true });
  }
}
