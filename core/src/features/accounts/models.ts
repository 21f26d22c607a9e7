import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';

export type Role = 'admin' | 'user';

export interface UserDoc {
  readonly _id: Types.ObjectId;
  /** As typed at creation. */
  readonly username: string;
  /** Lower case, unique. */
  readonly name: string;
  readonly passwordHash: string;
  readonly role: Role;
  /** May not sign in, until an admin lets them again. */
  readonly disabled?: boolean;
  /** Nobody any more: what they had is being removed. */
  readonly leaving?: boolean;
  /** Sessions of an earlier one are over. @default 0 */
  readonly epoch?: number;
  /** The version of the household that wrote it last. */
  readonly rev?: number;
  readonly createdAt: Date;
}

/** A change of one account, which may be made twice. */
export interface AccountWrite {
  readonly id: string;
  readonly set: Partial<Pick<UserDoc, 'role' | 'disabled' | 'leaving' | 'passwordHash' | 'epoch'>>;
}

/** One for the database: accounts change one after the other. */
export interface HouseholdDoc {
  readonly _id: string;
  readonly version: number;
  readonly intent?: AccountWrite;
}

/** A signed-in browser or script: the family of its rotating refresh tokens. */
export interface SessionDoc {
  readonly _id: Types.ObjectId;
  readonly userId: Types.ObjectId;
  /** The person's when it was opened. @default 0 */
  readonly epoch?: number;
  /** SHA-256 of the cookie's value. */
  readonly cookieHash: string;
  readonly refreshHash: string;
  /** Hashes of refresh tokens that were used already: seeing one again means theft. */
  readonly usedRefreshHashes: string[];
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

export interface AccountModels {
  readonly User: Model<UserDoc>;
  readonly Session: Model<SessionDoc>;
  readonly Household: Model<HouseholdDoc>;
}

export function createAccountModels(connection: Connection): AccountModels {
  const user = new Schema<UserDoc>({
    username: { type: String, required: true },
    name: { type: String, required: true, unique: true },
    passwordHash: { type: String, required: true },
    role: { type: String, required: true, enum: ['admin', 'user'] },
    disabled: Boolean,
    leaving: Boolean,
    epoch: Number,
    rev: Number,
    createdAt: { type: Date, required: true },
  });
  const session = new Schema<SessionDoc>({
    userId: { type: Schema.Types.ObjectId, required: true, index: true },
    epoch: Number,
    cookieHash: { type: String, required: true, unique: true },
    refreshHash: { type: String, required: true, index: true },
    usedRefreshHashes: { type: [String], required: true, index: true },
    lastUsedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true, expires: 0 },
  });
  const household = new Schema<HouseholdDoc>({
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    intent: Schema.Types.Mixed,
  });
  return {
    User: connection.model<UserDoc>('User', user),
    Session: connection.model<SessionDoc>('Session', session),
    Household: connection.model<HouseholdDoc>('Household', household),
  };
}
