import { createHash, randomBytes } from 'node:crypto';
import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { isDuplicateKey } from '../../duplicate-key.ts';
import { CodedError } from '../../errors.ts';
import { createCipher } from './cipher.ts';
import { toBytes } from './to-bytes.ts';

interface Wrap {
  /** Which master key opens it. */
  readonly master: string;
  readonly sealed: Buffer;
}

interface VaultKeyDoc {
  /** Counted from 1: the largest one seals. */
  readonly _id: number;
  readonly wraps: readonly Wrap[];
  readonly createdAt: Date;
}

const KEY_BYTES = 32;
/** Stands before what a key of the ring has sealed; then comes the key's number. */
const MARK = Buffer.from('MFV1');
const HEADER_BYTES = MARK.length + 4;

/**
 * The keys of the vault: random ones, kept in the database under the master key, so that every server of the cluster has them and a
 * new master key opens the same values. A sealed value names its key.
 */
export class KeyRing {
  readonly #model: Model<VaultKeyDoc>;
  readonly #opened = new Map<number, Buffer>();
  #master: Buffer;

  constructor(connection: Connection, master: Buffer) {
    const wrap = new Schema<Wrap>({ master: String, sealed: Buffer }, { _id: false });
    const schema = new Schema<VaultKeyDoc>({ _id: Number, wraps: [wrap], createdAt: Date });
    this.#model = connection.model<VaultKeyDoc>('VaultKey', schema);
    this.#master = master;
  }

  /** Makes the first key. */
  async init(): Promise<void> {
    if ((await this.#newest()) === undefined) await this.#add(1, [this.#master]).catch(ignoreDuplicate);
  }

  /** False when the master key is not the one under which the newest key was put away. */
  async isReadable(): Promise<boolean> {
    const newest = await this.#newest();
    return newest !== undefined && this.#unwrap(newest) !== undefined;
  }

  /** Number of the key that seals now. @throws MF_ERR_UNAVAILABLE when the master key does not open it */
  async current(): Promise<number> {
    const newest = await this.#newest();
    if (newest === undefined || this.#unwrap(newest) === undefined) throw unreadable();
    return newest._id;
  }

  /** `context` (owner and purpose) and the key's number are authenticated with the value. */
  async seal(plain: string, context: string): Promise<Buffer> {
    const number = await this.current();
    const header = Buffer.concat([MARK, Buffer.alloc(4)]);
    header.writeUInt32BE(number, MARK.length);
    const body = createCipher(await this.#key(number)).seal(plain, boundTo(number, context));
    return Buffer.concat([header, body]);
  }

  /** @throws when it was made for another context, or its key is not there */
  async open(sealed: Buffer, context: string): Promise<string> {
    const bytes = toBytes(sealed);
    const number = keyNumberOf(bytes);
    // From before there was a ring.
    if (number === 0) return createCipher(this.#master).open(bytes, context);
    return createCipher(await this.#key(number)).open(bytes.subarray(HEADER_BYTES), boundTo(number, context));
  }

  /** Puts every key under these master keys too, and adds a new one: its number. @throws MF_ERR_STATE when somebody else does it */
  async renew(nextMaster: Buffer | undefined): Promise<number> {
    const masters = nextMaster === undefined ? [this.#master] : [this.#master, nextMaster];
    for (const doc of await this.#model.find().lean()) {
      const key = this.#unwrap(doc);
      if (key !== undefined)
        await this.#model.updateOne({ _id: doc._id }, { $set: { wraps: wrapFor(doc._id, key, masters) } });
    }
    const number = ((await this.#newest())?._id ?? 0) + 1;
    try {
      await this.#add(number, masters);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new CodedError('MF_ERR_STATE', 'The secrets are being renewed by another server.', { cause: error });
    }
    return number;
  }

  /** The new master key is the only one from now on. */
  async settle(master: Buffer): Promise<void> {
    this.#master = master;
    await this.#model.updateMany({}, { $pull: { wraps: { master: { $ne: nameOf(master) } } } });
  }

  /** Forgets keys that seal nothing any more: those older than the one before `number`, which a server may just be sealing with. */
  async forgetBefore(number: number): Promise<void> {
    await this.#model.deleteMany({ _id: { $lt: number - 1 } });
  }

  async #newest(): Promise<VaultKeyDoc | undefined> {
    return (await this.#model.findOne().sort({ _id: -1 }).lean()) ?? undefined;
  }

  async #add(number: number, masters: readonly Buffer[]): Promise<void> {
    await this.#model.create({
      _id: number,
      wraps: [...wrapFor(number, randomBytes(KEY_BYTES), masters)],
      createdAt: new Date(),
    });
  }

  async #key(number: number): Promise<Buffer> {
    const known = this.#opened.get(number);
    if (known !== undefined) return known;
    const doc = await this.#model.findById(number).lean();
    const key = doc === null ? undefined : this.#unwrap(doc);
    if (key === undefined) throw unreadable();
    this.#opened.set(number, key);
    return key;
  }

  #unwrap({ _id, wraps }: VaultKeyDoc): Buffer | undefined {
    const wrap = wraps.find(({ master }) => master === nameOf(this.#master));
    if (wrap === undefined) return undefined;
    return Buffer.from(createCipher(this.#master).open(toBytes(wrap.sealed), wrapContext(_id)), 'base64');
  }
}

/** Number of the key that has sealed a value; 0 for one from before there was a ring. */
export function keyNumberOf(sealed: Buffer): number {
  const bytes = toBytes(sealed);
  return bytes.subarray(0, MARK.length).equals(MARK) && bytes.length > HEADER_BYTES
    ? bytes.readUInt32BE(MARK.length)
    : 0;
}

function wrapFor(number: number, key: Buffer, masters: readonly Buffer[]): readonly Wrap[] {
  return masters.map((master) => ({
    master: nameOf(master),
    sealed: createCipher(master).seal(key.toString('base64'), wrapContext(number)),
  }));
}

function wrapContext(number: number): string {
  return `vault-key:${number}`;
}

function boundTo(number: number, context: string): string {
  return `${number}\n${context}`;
}

/** Says which key it is without saying anything of it. */
function nameOf(master: Buffer): string {
  return createHash('sha256').update('name of the master key').update(master).digest('hex').slice(0, 16);
}

function unreadable(): CodedError {
  return new CodedError('MF_ERR_UNAVAILABLE', 'What is sealed here was sealed under another SECRET_KEY.', {
    help: 'Start with the key from before, or give that up: `mediafetcher rotate-secrets` makes a new one, then send cookies again.',
  });
}

function ignoreDuplicate(error: unknown): void {
  // Two servers that start at once: either key serves.
  if (!isDuplicateKey(error)) throw error;
}
