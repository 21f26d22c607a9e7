import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';

/** What became of the try of a session when it was saved. */
export const SESSION_TESTS = ['passed', 'refused', 'unreachable', 'not-tested'] as const;
export type SessionTest = (typeof SESSION_TESTS)[number];

/** A person's session on a platform. */
export interface PlatformAccountDoc {
  readonly _id: Types.ObjectId;
  readonly userId: Types.ObjectId;
  readonly platform: string;
  /** How its owner calls it. */
  readonly account: string;
  /** Sealed Netscape text. */
  readonly sealed: Buffer;
  readonly count: number;
  /** The first end among the cookies. */
  readonly expiresAt?: Date;
  /** When the session itself ends. */
  readonly sessionEndsAt?: Date;
  readonly savedAt: Date;
  readonly lastSuccessAt?: Date;
  readonly rejectedAt?: Date;
  readonly test?: SessionTest;
}

/** The account of those who never name one. */
export const MAIN_ACCOUNT = 'main';

const NO_SUCH_INDEX = 27;
const NO_SUCH_COLLECTION = 26;

export function createAccountModel(connection: Connection): Model<PlatformAccountDoc> {
  const schema = new Schema<PlatformAccountDoc>({
    userId: { type: Schema.Types.ObjectId, required: true },
    platform: { type: String, required: true },
    account: { type: String, required: true },
    sealed: { type: Buffer, required: true },
    count: { type: Number, required: true },
    expiresAt: Date,
    sessionEndsAt: Date,
    savedAt: { type: Date, required: true },
    lastSuccessAt: Date,
    rejectedAt: Date,
    test: String,
  });
  schema.index({ userId: 1, platform: 1, account: 1 }, { unique: true });
  return connection.model<PlatformAccountDoc>('AccountCookies', schema);
}

/** Makes the indexes; a database from before people could have several accounts of a platform is brought up to that. */
export async function openAccounts(model: Model<PlatformAccountDoc>): Promise<void> {
  await model.updateMany({ account: null }, { $set: { account: MAIN_ACCOUNT } });
  try {
    await model.collection.dropIndex('userId_1_platform_1');
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code !== NO_SUCH_INDEX && code !== NO_SUCH_COLLECTION) throw error;
  }
  await model.init();
}
