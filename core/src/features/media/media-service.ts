import type { Model, Types } from 'mongoose';
import type { StagedFile } from './staged-file.ts';
import { Deletion } from './deletion.ts';
import type { Disk } from './disk.ts';
import { MediaFiles } from './files.ts';
import type { AsideFile } from './files.ts';
import { KeyedMutex } from './keyed-mutex.ts';
import type { MediaDoc } from './model.ts';
import { Publication } from './publication.ts';
import type { Holder, MediaFacts } from './publication.ts';
import { StrayFiles } from './strays.ts';
import { Thumbnails } from './thumbnails.ts';
import type { MediaRoot } from '../system/index.ts';

/** Milliseconds; what takes longer is taken over by the janitor. */
const LEASE_MS = 60_000;

/** A medium that a post holds, with the token of the lease under which it was last taken. */
export interface HeldMedium {
  readonly _id: Types.ObjectId;
  readonly takenUnder?: string;
}

interface MediaOptions {
  readonly media: Model<MediaDoc>;
  readonly root: MediaRoot;
  readonly server: string;
  /** Milliseconds after which another server may go on with what this one has begun. @default 60,000 */
  readonly leaseMs?: number;
  /** @default the real one */
  readonly disk?: Disk;
}

export interface Released {
  /** True when this was the last reference and the file is gone. */
  readonly deleted: boolean;
  readonly sha256: string;
  readonly size: number;
}

export interface ReconcileOptions {
  /** Whether a post still means to hold a medium. */
  readonly holds: (post: Types.ObjectId, media: Types.ObjectId) => Promise<boolean>;
  readonly mine: boolean;
  /** One file that cannot be dealt with now holds up no other. */
  readonly onError: (error: unknown) => void;
}

/**
 * The only one that publishes and deletes files. A file is in `final/` once for its hash and goes with its last reference.
 * Every step may be repeated: see docs/decisions/0002-counting-protocol.md.
 */
export class MediaService {
  readonly files: MediaFiles;
  /** Files that do not fit their documents. */
  readonly strays: StrayFiles;
  readonly thumbnails: Thumbnails;
  readonly #media: Model<MediaDoc>;
  readonly #deletion: Deletion;
  readonly #publication: Publication;
  readonly #hashes = new KeyedMutex();

  constructor({ media, root, server, leaseMs = LEASE_MS, disk }: MediaOptions) {
    this.#media = media;
    this.files = new MediaFiles(root, disk);
    this.strays = new StrayFiles(root, this.files, async (sha256) => (await media.exists({ sha256 })) !== null);
    this.thumbnails = new Thumbnails(media, this.files, this.#hashes);
    this.#deletion = new Deletion(media, this.files, server, leaseMs);
    this.#publication = new Publication(media, this.files, this.#deletion);
  }

  /** For walking over all media. */
  readonly idsAfter = async (after: Types.ObjectId | undefined, limit: number): Promise<{ _id: Types.ObjectId }[]> =>
    this.#media
      .find(after === undefined ? {} : { _id: { $gt: after } }, { _id: 1 })
      .sort({ _id: 1 })
      .limit(limit)
      .lean();

  async byId(id: string | Types.ObjectId): Promise<MediaDoc | null> {
    return this.#media.findById(id).lean();
  }

  async byIds(ids: readonly Types.ObjectId[]): Promise<MediaDoc[]> {
    return this.#media.find({ _id: { $in: [...ids] } }).lean();
  }

  async byHashes(hashes: readonly string[]): Promise<MediaDoc[]> {
    return this.#media.find({ sha256: { $in: [...hashes] } }).lean();
  }

  /** What a post holds, also what it took before a crash and never listed. */
  async heldBy(post: Types.ObjectId): Promise<HeldMedium[]> {
    return this.#media.find({ refs: post }, { _id: 1, takenUnder: 1 }).lean();
  }

  /** How many of these would be deleted if the post let them go, and their bytes. */
  async impactOf(post: Types.ObjectId): Promise<{ files: number; bytes: number; keptFiles: number }> {
    const held = await this.#media.find({ refs: post }, { size: 1, refCount: 1 }).lean();
    const last = held.filter(({ refCount }) => refCount === 1);
    return {
      files: last.length,
      bytes: last.reduce((sum, { size }) => sum + size, 0),
      keptFiles: held.length - last.length,
    };
  }

  /** Files in the store and their bytes. */
  async usage(): Promise<{ files: number; bytes: number }> {
    const [total] = await this.#media.aggregate<{ files: number; bytes: number }>([
      { $group: { _id: null, files: { $sum: 1 }, bytes: { $sum: '$size' } } },
    ]);
    return { files: total?.files ?? 0, bytes: total?.bytes ?? 0 };
  }

  /**
   * Puts a staged file into the store and holds it for a post. A file that is there already is not written again.
   * @throws MF_ERR_STATE when the janitor gave the work up meanwhile, and the file with it
   */
  async take(holder: Holder, facts: MediaFacts, staged: StagedFile): Promise<MediaDoc> {
    return this.#hashes.run(facts.sha256, async () => this.#publication.take(holder, facts, staged));
  }

  /**
   * Lets a post's hold go; deletes the file when it was the last.
   * @param condition.takenUnder only if it was not taken anew since
   */
  async release(
    post: Types.ObjectId,
    id: Types.ObjectId,
    condition?: Pick<HeldMedium, 'takenUnder'>,
  ): Promise<Released> {
    const media = await this.#media.findOneAndUpdate(
      { _id: id, refs: post, ...(condition && { takenUnder: condition.takenUnder ?? null }) },
      { $pull: { refs: post }, $inc: { refCount: -1 } },
      { returnDocument: 'after', lean: true },
    );
    const known = media ?? (await this.byId(id));
    if (known === null) return { deleted: true, sha256: '', size: 0 };
    const { sha256, size } = known;
    return this.#hashes.run(sha256, async () => ({ deleted: await this.#deletion.ifUnused(id), sha256, size }));
  }

  /** Deletes a medium that nobody holds. False when somebody does. */
  async deleteUnused(id: Types.ObjectId, sha256: string): Promise<boolean> {
    return this.#hashes.run(sha256, async () => this.#deletion.ifUnused(id));
  }

  /** Makes the count that of the references, unless they have changed since. */
  async recount({ _id, refs, refCount }: MediaDoc): Promise<boolean> {
    const distinct = [...new Map(refs.map((ref) => [ref.toHexString(), ref])).values()];
    const set = { $set: { refs: distinct, refCount: distinct.length } };
    return (await this.#media.updateOne({ _id, refs, refCount }, set)).modifiedCount === 1;
  }

  /** Adds a reference that is missing: the post lists the medium. */
  async hold(post: Types.ObjectId, id: Types.ObjectId): Promise<boolean> {
    const { modifiedCount } = await this.#media.updateOne(
      { _id: id, state: 'ready', refs: { $ne: post } },
      { $push: { refs: post }, $inc: { refCount: 1 } },
    );
    return modifiedCount === 1;
  }

  /** Deletes a file that was left aside, or puts it back. False while a deletion is under way. */
  async settleAside(aside: AsideFile): Promise<boolean> {
    return this.#hashes.run(aside.sha256, async () => {
      await this.#deletion.settleAside(aside);
      return !(await this.files.asides()).some(({ path }) => path === aside.path);
    });
  }

  /** Whether the share is there. */
  async mounted(): Promise<boolean> {
    return this.files.mounted();
  }

  /** Finishes what a crash left between two states. `mine` also takes leases of this server that have not run out. */
  async reconcile({ holds, mine, onError }: ReconcileOptions): Promise<void> {
    const between = await this.#media.find({ state: { $in: ['publishing', 'deleting'] } }).lean();
    // A crash between the last release and the deletion leaves a file that nobody holds.
    const unheld = await this.#media.find({ refCount: 0, state: 'ready' }).lean();
    for (const { _id, sha256 } of [...between, ...unheld]) {
      await this.#alone(sha256, onError, async () => {
        const media = await this.#media.findById(_id).lean();
        if (media !== null && this.#deletion.expired(media.lease, mine)) await this.#finish(media, holds);
      });
    }
    for (const aside of await this.files.asides())
      await this.#alone(aside.sha256, onError, async () => this.#deletion.settleAside(aside));
    for (const { sha256 } of await this.#deletion.secondLooks())
      await this.#alone(sha256, onError, async () => this.#deletion.lookAgain(sha256));
  }

  async #alone(sha256: string, onError: (error: unknown) => void, settle: () => Promise<void>): Promise<void> {
    try {
      await this.#hashes.run(sha256, settle);
    } catch (error) {
      onError(error);
    }
  }

  async #finish(media: MediaDoc, holds: ReconcileOptions['holds']): Promise<void> {
    if (media.state === 'deleting') return this.#deletion.takeOver(media);
    for (const ref of media.state === 'publishing' ? media.refs : []) {
      if (await holds(ref, media._id)) continue;
      await this.#media.updateOne(
        { _id: media._id, refs: ref, takenUnder: media.takenUnder ?? null },
        { $pull: { refs: ref }, $inc: { refCount: -1 } },
      );
    }
    await this.#deletion.ifUnused(media._id);
  }
}
