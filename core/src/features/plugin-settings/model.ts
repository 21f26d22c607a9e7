import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';

/** What an admin has set for a plugin. */
export interface PluginSettingsDoc {
  /** The plugin's id. */
  readonly _id: string;
  /** Without defaults: those are the schema's, and may change with the plugin. */
  readonly values: Readonly<Record<string, unknown>>;
  /** JSON of the secret values. */
  readonly sealed?: Buffer;
  readonly changedAt: Date;
  /** A person's id. */
  readonly changedBy: string;
}

export function createPluginSettingsModel(connection: Connection): Model<PluginSettingsDoc> {
  const schema = new Schema<PluginSettingsDoc>(
    {
      _id: String,
      values: { type: Schema.Types.Mixed, required: true },
      sealed: Buffer,
      changedAt: { type: Date, required: true },
      changedBy: { type: String, required: true },
    },
    // No values at all are a choice too.
    { minimize: false },
  );
  return connection.model<PluginSettingsDoc>('PluginSettings', schema);
}
