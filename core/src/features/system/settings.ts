import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import Type from 'typebox';
import type { Static } from 'typebox';
import type { Config } from '../../config.ts';
import { Remembered } from '../../remembered.ts';

interface SettingDoc {
  readonly _id: string;
  readonly value: string;
}

/** The few lasting values of a database that are no document of their own. */
export function settingModel(connection: Connection): Model<SettingDoc> {
  // Two parts of the server use it; mongoose refuses a second schema under one name.
  return (
    (connection.models['Setting'] as Model<SettingDoc> | undefined) ??
    connection.model<SettingDoc>('Setting', new Schema<SettingDoc>({ _id: String, value: String }))
  );
}

/** What an admin can change while the server runs; what is not set follows the environment. */
export const SettingsSchema = Type.Object({
  /** Days for which the trash keeps a post. */
  trashDays: Type.Integer({ minimum: 1, maximum: 3650 }),
  /** How much one person may keep, in GB (10^9 bytes); null: as much as there is room for. */
  // Not a union: the validator would make a number of null.
  quotaGb: Type.Unsafe<number | null>({ type: ['number', 'null'], minimum: 0 }),
  /** Largest file of a post in MB (2^20 bytes). */
  maxFileMb: Type.Integer({ minimum: 1 }),
  /** Room in MB (2^20 bytes) that is left free on the media's disk. */
  reserveMb: Type.Integer({ minimum: 0 }),
  /** Downloads at a time in the whole cluster; no more than the workers together have places for. */
  concurrency: Type.Integer({ minimum: 1, maximum: 64 }),
  /** How many downloads of a platform may run at a time; one that is not named has no limit of its own. */
  platformLimits: Type.Record(
    Type.String({ pattern: '^[a-z0-9-]{1,60}$' }),
    Type.Integer({ minimum: 1, maximum: 100 }),
    { additionalProperties: false },
  ),
  /** Proxy through which a platform is reached; one that is not named goes as all others do. No password: it is shown to admins. */
  platformProxies: Type.Record(
    Type.String({ pattern: '^[a-z0-9-]{1,60}$' }),
    Type.String({ maxLength: 300, pattern: '^(https?|socks5h?)://[A-Za-z0-9.\\-\\[\\]:]+/?$' }),
    { additionalProperties: false },
  ),
});
export type SettingsValues = Static<typeof SettingsSchema>;
export type SettingsChange = { readonly [K in keyof SettingsValues]?: SettingsValues[K] | undefined };

const PREFIX = 'setting:';
const NAMES = Object.keys(SettingsSchema.properties) as (keyof SettingsValues)[];
const TRASH_DAYS = 30;
/** Instagram locks accounts that ask for much at a time. */
const PLATFORM_LIMITS = { instagram: 1 };

/** Settings in the database: the same for every server of the cluster; read anew each time where there may be several. */
export class Settings {
  /** Called after each change that is made on this server. */
  readonly listeners = new Set<() => void>();
  readonly #model: Model<SettingDoc>;
  readonly #defaults: SettingsValues;
  readonly #values: Remembered<SettingsValues>;

  constructor(connection: Connection, { quotaGb, maxFileMb, reserveMb, concurrency, mongodbUri }: Config) {
    this.#model = settingModel(connection);
    this.#values = new Remembered(async () => this.#load(), mongodbUri === undefined);
    this.#defaults = {
      trashDays: TRASH_DAYS,
      quotaGb: quotaGb ?? null,
      maxFileMb,
      reserveMb,
      concurrency,
      platformLimits: PLATFORM_LIMITS,
      platformProxies: {},
    };
  }

  async read(): Promise<SettingsValues> {
    return { ...(await this.#values.get()) };
  }

  async #load(): Promise<SettingsValues> {
    const stored = await this.#model.find({ _id: { $in: NAMES.map((name) => PREFIX + name) } }).lean();
    const changed = stored.map(({ _id, value }) => [_id.slice(PREFIX.length), JSON.parse(value) as unknown]);
    // Only values that the schema has let through were stored.
    return { ...this.#defaults, ...(Object.fromEntries(changed) as Partial<SettingsValues>) };
  }

  /** Changes what is given; the values must have passed {@link SettingsSchema}. */
  async change(change: SettingsChange): Promise<SettingsValues> {
    await this.#values.change(async () => this.#store(change));
    for (const listener of this.listeners) listener();
    return this.read();
  }

  async #store(change: SettingsChange): Promise<void> {
    for (const name of NAMES) {
      const value = change[name];
      if (value === undefined) continue;
      await this.#model.updateOne({ _id: PREFIX + name }, { $set: { value: JSON.stringify(value) } }, { upsert: true });
    }
  }
}
