import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import type { Breaker } from './breaker.rules.ts';
import type { Health } from './health.rules.ts';
import type { Pace } from './pace.rules.ts';

/** A platform with one account; what every server of the cluster goes by. */
export interface PlatformAccountDoc {
  /** `platform account`. */
  readonly _id: string;
  readonly platform: string;
  readonly account: string;
  /** Grows with each change: a change holds only for what it was made from. */
  readonly rev: number;
  readonly pace?: Pace;
  readonly breaker: Breaker;
  readonly health: Health;
  /** Until then no attempt may begin; FOREVER where only a person can say. */
  readonly closedUntil: Date;
}

/** The last instant that a Date can hold. */
export const FOREVER: Date = new Date(8_640_000_000_000_000);

export function createPlatformModel(connection: Connection): Model<PlatformAccountDoc> {
  const schema = new Schema<PlatformAccountDoc>(
    {
      _id: String,
      platform: { type: String, required: true },
      account: { type: String, required: true },
      rev: { type: Number, required: true },
      pace: Schema.Types.Mixed,
      breaker: { type: Schema.Types.Mixed, required: true },
      health: { type: Schema.Types.Mixed, required: true },
      closedUntil: { type: Date, required: true },
    },
    // A closed breaker is an empty object, not nothing.
    { minimize: false },
  );
  schema.index({ closedUntil: 1 });
  return connection.model<PlatformAccountDoc>('PlatformAccount', schema);
}
