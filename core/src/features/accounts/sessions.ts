import { createHash, randomBytes } from 'node:crypto';
import type { Types } from 'mongoose';
import { holds } from './household.rules.ts';
import type { AccountModels, SessionDoc, UserDoc } from './models.ts';
import type { OpenConnections } from './open-connections.ts';

/** A session that nobody used for so long is over. */
export const SESSION_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
/** The sliding end is written at most once in this time. */
const SLIDE_MS = 60 * 60 * 1000;
const USED_KEPT = 20;

export interface SessionTokens {
  readonly sessionId: string;
  readonly userId: string;
  /** For the browser's cookie. */
  readonly cookie: string;
  readonly refresh: string;
}

const newToken = (): string => randomBytes(32).toString('base64url');
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const endFrom = (now: number): Date => new Date(now + SESSION_DAYS * DAY_MS);

/** Sessions as documents: ended at once for every token that belongs to them. */
export class Sessions {
  readonly #session: AccountModels['Session'];
  readonly #user: AccountModels['User'];
  readonly #connections: OpenConnections;

  constructor(models: AccountModels, connections: OpenConnections) {
    this.#session = models.Session;
    this.#user = models.User;
    this.#connections = connections;
  }

  /** Of a person as they were when they showed who they are: whatever has ended their sessions since ends this one. */
  async open({ _id: userId, epoch }: Pick<UserDoc, '_id' | 'epoch'>): Promise<SessionTokens> {
    const cookie = newToken();
    const refresh = newToken();
    const now = Date.now();
    const session = await this.#session.create({
      userId,
      ...(epoch !== undefined && { epoch }),
      cookieHash: hashOf(cookie),
      refreshHash: hashOf(refresh),
      usedRefreshHashes: [],
      lastUsedAt: new Date(now),
      expiresAt: endFrom(now),
    });
    return { sessionId: session._id.toHexString(), userId: userId.toHexString(), cookie, refresh };
  }

  async byCookie(cookie: string): Promise<SessionDoc | null> {
    return this.#slide(await this.#session.findOne({ cookieHash: hashOf(cookie) }).lean());
  }

  async byId(sessionId: string): Promise<SessionDoc | null> {
    return this.#slide(await this.#session.findById(sessionId).lean());
  }

  /** Trades a refresh token for a new one. A token that was used before ends the whole family. */
  async refresh(token: string): Promise<SessionTokens | null> {
    const hash = hashOf(token);
    const refresh = newToken();
    const cookie = newToken();
    const now = Date.now();
    const session = await this.#session.findOneAndUpdate(
      { refreshHash: hash, expiresAt: { $gt: new Date(now) } },
      {
        $set: {
          refreshHash: hashOf(refresh),
          cookieHash: hashOf(cookie),
          lastUsedAt: new Date(now),
          expiresAt: endFrom(now),
        },
        $push: { usedRefreshHashes: { $each: [hash], $slice: -USED_KEPT } },
      },
    );
    if (session === null) {
      const family = await this.#session.find({ usedRefreshHashes: hash }, { _id: 1 }).lean();
      for (const { _id } of family) await this.end(_id.toHexString());
      return null;
    }
    return { sessionId: session._id.toHexString(), userId: session.userId.toHexString(), cookie, refresh };
  }

  async end(sessionId: string): Promise<void> {
    await this.#session.deleteOne({ _id: sessionId });
    this.#connections.endAll(sessionId);
  }

  /** Ends all that a person has open. */
  async endAllOf(userId: Types.ObjectId): Promise<void> {
    const sessions = await this.#session.find({ userId }, { _id: 1 }).lean();
    for (const { _id } of sessions) await this.end(_id.toHexString());
  }

  /** Ends streams and sockets here whose sessions ended elsewhere: on another server, or by their time. */
  async endOver(): Promise<void> {
    const open = this.#connections.sessions;
    if (open.length === 0) return;
    const sessions = await this.#session.find({ _id: { $in: open }, expiresAt: { $gt: new Date() } }).lean();
    const users = await this.#user.find({ _id: { $in: sessions.map(({ userId }) => userId) } }).lean();
    const good = new Set(
      sessions
        .filter((session) => holds(session, users.find(({ _id }) => _id.equals(session.userId)) ?? null))
        .map(({ _id }) => _id.toHexString()),
    );
    for (const sessionId of open) if (!good.has(sessionId)) this.#connections.endAll(sessionId);
  }

  async #slide(session: SessionDoc | null): Promise<SessionDoc | null> {
    const now = Date.now();
    if (session === null || session.expiresAt.getTime() <= now) return null;
    if (now - session.lastUsedAt.getTime() > SLIDE_MS) {
      await this.#session.updateOne(
        { _id: session._id },
        { $set: { lastUsedAt: new Date(now), expiresAt: endFrom(now) } },
      );
    }
    return session;
  }
}
