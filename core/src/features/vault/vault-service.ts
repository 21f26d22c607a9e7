import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';
import type { Cipher } from './cipher.ts';
import { earliestExpiry, formatNetscape } from './cookies.rules.ts';
import type { BrowserCookie } from './cookies.rules.ts';

interface AccountCookiesDoc {
  readonly userId: Types.ObjectId;
  readonly platform: string;
  /** Sealed Netscape text. */
  readonly sealed: Buffer;
  readonly count: number;
  readonly expiresAt?: Date;
  readonly savedAt: Date;
}

export interface CookieStatus {
  readonly platform: string;
  readonly count: number;
  readonly expiresAt?: Date;
  readonly savedAt: Date;
}

/** Each person's platform cookies, encrypted at rest. Nothing that leaves the server but a job holds a value. */
export class VaultService {
  readonly #cookies: Model<AccountCookiesDoc>;
  readonly #cipher: Cipher;

  constructor(connection: Connection, cipher: Cipher) {
    const schema = new Schema<AccountCookiesDoc>({
      userId: { type: Schema.Types.ObjectId, required: true },
      platform: { type: String, required: true },
      sealed: { type: Buffer, required: true },
      count: { type: Number, required: true },
      expiresAt: Date,
      savedAt: { type: Date, required: true },
    });
    schema.index({ userId: 1, platform: 1 }, { unique: true });
    this.#cookies = connection.model<AccountCookiesDoc>('AccountCookies', schema);
    this.#cipher = cipher;
  }

  async init(): Promise<void> {
    await this.#cookies.init();
  }

  async save(userId: string, platform: string, cookies: readonly BrowserCookie[]): Promise<CookieStatus> {
    const sealed = this.#cipher.seal(formatNetscape(cookies), contextOf(userId, platform));
    const expiry = earliestExpiry(cookies);
    const savedAt = new Date();
    const expiresAt = expiry === undefined ? undefined : new Date(expiry);
    await this.#cookies.updateOne(
      { userId, platform },
      {
        $set: { sealed, count: cookies.length, savedAt, ...(expiresAt && { expiresAt }) },
        ...(!expiresAt && { $unset: { expiresAt: 1 } }),
      },
      { upsert: true },
    );
    return { platform, count: cookies.length, savedAt, ...(expiresAt && { expiresAt }) };
  }

  /** Netscape text for a job of this person. */
  async cookiesFor(userId: string, platform: string): Promise<string | undefined> {
    const found = await this.#cookies.findOne({ userId, platform }).lean();
    if (found === null) return undefined;
    return this.open(found.sealed, contextOf(userId, platform));
  }

  /** Seals another feature's secret; `context` says whose and what it is. */
  seal(plain: string, context: string): Buffer {
    return this.#cipher.seal(plain, context);
  }

  /** @throws when it was sealed for another context */
  open(sealed: Buffer, context: string): string {
    // lean() hands the driver's Binary through.
    const bytes = Buffer.isBuffer(sealed) ? sealed : Buffer.from((sealed as { buffer: Uint8Array }).buffer);
    return this.#cipher.open(bytes, context);
  }

  async list(userId: string): Promise<CookieStatus[]> {
    const found = await this.#cookies.find({ userId }, { sealed: 0 }).lean();
    return found.map(({ platform, count, expiresAt, savedAt }) => ({
      platform,
      count,
      savedAt,
      ...(expiresAt && { expiresAt }),
    }));
  }

  async remove(userId: string, platform: string): Promise<void> {
    await this.#cookies.deleteOne({ userId, platform });
  }

  /** Of every platform. */
  async removeAll(userId: string): Promise<void> {
    await this.#cookies.deleteMany({ userId });
  }
}

function contextOf(userId: string, platform: string): string {
  return `cookies:${userId}:${platform}`;
}
