import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { Remembered } from '../../remembered.ts';

/** What a person has made of a plugin, whatever plugins.json says. */
interface PluginSwitchDoc {
  /** The plugin's id. */
  readonly _id: string;
  readonly enabled: boolean;
  readonly changedAt: Date;
  /** Who changed it: a person's id, or `cli`. */
  readonly changedBy: string;
}

/** Switches of plugins in the database: the same for every server; read anew each time where there may be several. */
export class PluginSwitches {
  readonly #model: Model<PluginSwitchDoc>;
  readonly #switches: Remembered<readonly PluginSwitchDoc[]>;

  /** @param alone whether no other server uses this database */
  constructor(connection: Connection, alone: boolean) {
    const schema = new Schema<PluginSwitchDoc>({
      _id: String,
      enabled: { type: Boolean, required: true },
      changedAt: { type: Date, required: true },
      changedBy: { type: String, required: true },
    });
    this.#model = connection.model<PluginSwitchDoc>('PluginSwitch', schema);
    this.#switches = new Remembered(async () => this.#model.find().lean(), alone);
  }

  /** @param byDefault ids of those that are off as long as nobody has touched them */
  async off(byDefault: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const off = new Set(byDefault);
    for (const { _id, enabled } of await this.#switches.get()) {
      if (enabled) off.delete(_id);
      else off.add(_id);
    }
    return off;
  }

  async set(id: string, enabled: boolean, changedBy: string): Promise<void> {
    await this.#switches.change(async () =>
      this.#model.updateOne({ _id: id }, { $set: { enabled, changedAt: new Date(), changedBy } }, { upsert: true }),
    );
  }
}
