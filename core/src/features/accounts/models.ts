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
  readonly createdAt: Date;
}

/** A signed-in browser or script: the family of its rotating refresh tokens. */
export interface SessionDoc {
  readonly _id: Types.ObjectId;
  readonly userId: Types.ObjectId;
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
}

export function createAccountModels(connection: Connection): AccountModels {
  const user = new Schema<UserDoc>({
    username: { type: String, required: true },
    name: { type: String, required: true, unique: true },
    passwordHash: { type: String, required: true },
    role: { type: String, required: true, enum: ['admin', 'user'] },
    createdAt: { type: Date, required: true },
  });
  const session = new Schema<SessionDoc>({
    userId: { type: Schema.Types.ObjectId, required: true, index: true },
    cookieHash: { type: String, required: true, unique: true },
    refreshHash: { type: String, required: true, index: true },
    usedRefreshHashes: { type: [String], required: true, index: true },
    lastUsedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true, expires: 0 },
  });
  return { User: connection.model<UserDoc>('User', user), Session: connection.model<SessionDoc>('Session', session) };
}
