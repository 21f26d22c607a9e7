import type { Connection, Model } from 'mongoose';
import { CodedError } from '../../errors.ts';
import { chooseAccount, stateOf } from './accounts.rules.ts';
import type { CookieState } from './accounts.rules.ts';
import { earliestExpiry } from './cookies.rules.ts';
import type { BrowserCookie } from './cookies.rules.ts';
import type { KeyRing } from './key-ring.ts';
import { MAIN_ACCOUNT, createAccountModel, openAccounts } from './model.ts';
import type { PlatformAccountDoc, SessionTest } from './model.ts';
import { formatNetscape } from './netscape.rules.ts';
import { sealedField } from './sealed-values.ts';
import type { Reseal, SealedValues } from './sealed-values.ts';

export interface CookieStatus {
  readonly platform: string;
  readonly account: string;
  readonly status: CookieState;
  readonly count: number;
  readonly expiresAt?: Date;
  readonly savedAt: Date;
  readonly lastSuccessAt?: Date;
  readonly rejectedAt?: Date;
  readonly test?: SessionTest;
}

/** A session as a job gets it. `savedAt` tells it from a later one of the same account. */
export interface Jar {
  readonly account: string;
  readonly savedAt: Date;
  /** Netscape text. */
  readonly cookies: string;
}

export type JarRef = Pick<Jar, 'account' | 'savedAt'>;

/** Whose session it is. */
export interface AccountRef {
  readonly userId: string;
  readonly platform: string;
  /** @default the main one */
  readonly account?: string;
}

export interface SaveOptions {
  /** When the session itself ends, in milliseconds since 1970. */
  readonly sessionEndsAt?: number | undefined;
  readonly test?: SessionTest;
}

/** Each person's platform cookies, encrypted at rest. Nothing that leaves the server but a job holds a value. */
export class VaultService {
  /** Values that other features keep sealed; `rotate-secrets` goes through them. */
  readonly sealedValues: SealedValues[] = [];
  readonly #accounts: Model<PlatformAccountDoc>;
  readonly #ring: KeyRing;

  constructor(connection: Connection, ring: KeyRing) {
    this.#accounts = createAccountModel(connection);
    this.#ring = ring;
    this.sealedValues.push(sealedField(this.#accounts, { path: 'sealed', read: ({ sealed }) => sealed, contextOf }));
  }

  async init(): Promise<void> {
    await openAccounts(this.#accounts);
  }

  /** Takes the place of what was there: what became of older cookies is no matter of the new ones. */
  async save(ref: AccountRef, cookies: readonly BrowserCookie[], options: SaveOptions = {}): Promise<CookieStatus> {
    const { userId, platform, account = MAIN_ACCOUNT } = ref;
    const { sessionEndsAt, test = 'not-tested' } = options;
    const expiry = earliestExpiry(cookies);
    const savedAt = new Date();
    const optional = {
      expiresAt: expiry === undefined ? undefined : new Date(expiry),
      sessionEndsAt: sessionEndsAt === undefined ? undefined : new Date(sessionEndsAt),
      lastSuccessAt: test === 'passed' ? savedAt : undefined,
      rejectedAt: test === 'refused' ? savedAt : undefined,
    };
    const [kept, gone] = partition(optional);
    const sealed = await this.seal(formatNetscape(cookies), contextOf({ userId, platform, account }));
    const saved = await this.#accounts
      .findOneAndUpdate(
        { userId, platform, account },
        { $set: { sealed, count: cookies.length, savedAt, test, ...kept }, $unset: gone },
        { upsert: true, returnDocument: 'after', projection: { sealed: 0 }, lean: true },
      )
      .orFail();
    return statusOf(saved);
  }

  /**
   * The session for a job of this person: the named account's, else the one that serves best. Undefined when there is none.
   * @throws MF_ERR_COOKIES when there is no account of that name any more
   */
  async jarFor({ userId, platform, account }: AccountRef): Promise<Jar | undefined> {
    const accounts = await this.#accounts.find({ userId, platform }).lean();
    const chosen =
      account === undefined ? chooseAccount(accounts, Date.now()) : accounts.find((each) => each.account === account);
    if (chosen === undefined && account !== undefined) throw noSuchAccount(platform, account);
    if (chosen === undefined) return undefined;
    // Sealed under a key that is not there any more: health says so, and what needs no session goes on.
    const cookies = await this.open(chosen.sealed, contextOf(chosen)).catch(() => undefined);
    if (cookies === undefined) return undefined;
    return { account: chosen.account, savedAt: chosen.savedAt, cookies };
  }

  /** Which account a job of each person uses now, where nobody names one; who has none that serves is not in it. */
  async choices(platform: string): Promise<ReadonlyMap<string, string>> {
    const accounts = await this.#accounts.find({ platform }, { sealed: 0 }).lean();
    const chosen = [...Map.groupBy(accounts, ({ userId }) => userId.toString())].flatMap(([userId, own]) => {
      const account = chooseAccount(own, Date.now())?.account;
      return account === undefined ? [] : [[userId, account] as const];
    });
    return new Map(chosen);
  }

  /** @throws MF_ERR_COOKIES when the person has no account of that name */
  async assertAccount({ userId, platform, account }: Required<AccountRef>): Promise<void> {
    if ((await this.#accounts.exists({ userId, platform, account })) === null) throw noSuchAccount(platform, account);
  }

  /** Netscape text for a job of this person. */
  async cookiesFor(userId: string, platform: string): Promise<string | undefined> {
    return (await this.jarFor({ userId, platform }))?.cookies;
  }

  /** The platform answered a job with its login page. Cookies that were sent since are not meant. */
  async markRejected({ userId, platform }: AccountRef, { account, savedAt }: JarRef): Promise<void> {
    await this.#accounts.updateOne({ userId, platform, account, savedAt }, { $set: { rejectedAt: new Date() } });
  }

  /** A job got what it wanted with this session. */
  async markSuccess({ userId, platform }: AccountRef, { account, savedAt }: JarRef): Promise<void> {
    await this.#accounts.updateOne(
      { userId, platform, account, savedAt },
      { $set: { lastSuccessAt: new Date() }, $unset: { rejectedAt: 1 } },
    );
  }

  /** Seals another feature's secret; `context` says whose and what it is. */
  async seal(plain: string, context: string): Promise<Buffer> {
    return this.#ring.seal(plain, context);
  }

  /** @throws when it was sealed for another context */
  async open(sealed: Buffer, context: string): Promise<string> {
    return this.#ring.open(sealed, context);
  }

  /** Opens and seals anew. */
  readonly reseal: Reseal = async (sealed, context) => this.seal(await this.open(sealed, context), context);

  async list(userId: string): Promise<CookieStatus[]> {
    const found = await this.#accounts.find({ userId }, { sealed: 0 }).sort({ platform: 1, account: 1 }).lean();
    return found.map(statusOf);
  }

  /** One account, or every one of the platform. @returns the names of those that were there */
  async remove({ userId, platform, account }: AccountRef): Promise<string[]> {
    const which = { userId, platform, ...(account !== undefined && { account }) };
    const found = await this.#accounts.find(which, { account: 1 }).lean();
    await this.#accounts.deleteMany(which);
    return found.map((each) => each.account);
  }

  /** Whether a job's session is still the one that is stored: a person may have sent another one since. */
  async isCurrent({ userId, platform }: AccountRef, { account, savedAt }: JarRef): Promise<boolean> {
    return (await this.#accounts.exists({ userId, platform, account, savedAt })) !== null;
  }

  /** Of every platform. */
  async removeAll(userId: string): Promise<void> {
    await this.#accounts.deleteMany({ userId });
  }
}

function statusOf(doc: Omit<PlatformAccountDoc, 'sealed'>): CookieStatus {
  const { platform, account, count, expiresAt, savedAt, lastSuccessAt, rejectedAt, test } = doc;
  return {
    platform,
    account,
    status: stateOf(doc, Date.now()),
    count,
    savedAt,
    ...(expiresAt && { expiresAt }),
    ...(lastSuccessAt && { lastSuccessAt }),
    ...(rejectedAt && { rejectedAt }),
    ...(test && { test }),
  };
}

/** Whose and what for; the main account's is from before there were several. */
function contextOf({ userId, platform, account }: { userId: unknown; platform: string; account: string }): string {
  return `cookies:${String(userId)}:${platform}${account === MAIN_ACCOUNT ? '' : `:${account}`}`;
}

function noSuchAccount(platform: string, account: string): CodedError {
  return new CodedError('MF_ERR_COOKIES', `You have no ${platform} account called ${account}.`);
}

/** What is to be set, and what to be unset. */
function partition(fields: Readonly<Record<string, Date | undefined>>): [Record<string, Date>, Record<string, 1>] {
  const entries = Object.entries(fields);
  const kept = entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const gone = entries.flatMap(([name, value]) => (value === undefined ? [[name, 1] as const] : []));
  return [Object.fromEntries(kept), Object.fromEntries(gone)];
}
