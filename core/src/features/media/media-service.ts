import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Model, Types } from 'mongoose';
import type { StagedFile } from './staged-file.ts';
import type { MediaFiles } from './files.ts';
import { KeyedMutex } from './keyed-mutex.ts';
import type { Lease, MediaDoc } from './model.ts';

/** A deletion that takes longer is taken over by the janitor. */
const LEASE_MS = 60_000;
const RETRY_MS = 50;
const MONGO_DUPLICATE = 11000;
/** Waits for the disk: a deletion must be known before the file is touched. */
const DURABLE = { writeConcern: { w: 1, j: true } } as const;

/** What is published of one item. */
export interface MediaFacts {
  readonly sha256: string;
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
  readonly duration?: number;
  readonly thumbhash?: string;
  readonly thumbnails: readonly { readonly width: number; readonly path: string }[];
}

export interface Released {
  /** True when this was the last reference and the file is gone. */
  readonly deleted: boolean;
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
  readonly #media: Model<MediaDoc>;
  readonly #server: string;
  readonly #hashes = new KeyedMutex();

  constructor(media: Model<MediaDoc>, files: MediaFiles, server: string) {
    this.#media = media;
    this.files = files;
    this.#server = server;
  }

  async byId(id: string | Types.ObjectId): Promise<MediaDoc | null> {
    return this.#media.findById(id).lean();
  }

  /** What a post holds, also what it took before a crash and never listed. */
  async heldBy(post: Types.ObjectId): Promise<Types.ObjectId[]> {
    const held = await this.#media.find({ refs: post }, { _id: 1 }).lean();
    return held.map(({ _id }) => _id);
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

  /** Bytes of everything in the store. */
  async usedBytes(): Promise<number> {
    const [total] = await this.#media.aggregate<{ bytes: number }>([
      { $group: { _id: null, bytes: { $sum: '$size' } } },
    ]);
    return total?.bytes ?? 0;
  }

  /** Puts a staged file into the store and holds it for a post. A file that is there already is not written again. */
  async take(post: Types.ObjectId, facts: MediaFacts, staged: StagedFile): Promise<MediaDoc> {
    return this.#hashes.run(facts.sha256, async () => {
      const media = await this.#reference(post, facts, staged);
      if (media.state === 'ready' && (await this.files.isPublished(media))) return media;
      await this.files.publish(staged.path, media);
      for (const { width, path } of facts.thumbnails) await this.files.publishThumbnail(path, media.sha256, width);
      const ready = await this.#media.findOneAndUpdate(
        { _id: media._id },
        { $set: { state: 'ready', thumbnails: facts.thumbnails.map(({ width }) => width) }, $unset: { lease: 1 } },
        { returnDocument: 'after', lean: true },
      );
      return ready ?? media;
    });
  }

  /** Lets a post's hold go; deletes the file when it was the last. */
  async release(post: Types.ObjectId, id: Types.ObjectId): Promise<Released> {
    const media = await this.#media.findOneAndUpdate(
      { _id: id, refs: post },
      { $pull: { refs: post }, $inc: { refCount: -1 } },
      { returnDocument: 'after', lean: true },
    );
    const known = media ?? (await this.byId(id));
    if (known === null) return { deleted: true, size: 0 };
    return this.#hashes.run(known.sha256, async () => ({ deleted: await this.#deleteUnused(id), size: known.size }));
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
      try {
        await this.#hashes.run(sha256, async () => {
          const media = await this.#media.findById(_id).lean();
          if (media !== null && this.#expired(media.lease, mine)) await this.#finish(media, holds);
        });
      } catch (error) {
        onError(error);
      }
    }
  }

  async #finish(media: MediaDoc, holds: ReconcileOptions['holds']): Promise<void> {
    if (media.state === 'deleting') return this.#delete(media);
    for (const ref of media.state === 'publishing' ? media.refs : []) {
      if (await holds(ref, media._id)) continue;
      await this.#media.updateOne({ _id: media._id, refs: ref }, { $pull: { refs: ref }, $inc: { refCount: -1 } });
    }
    await this.#deleteUnused(media._id);
  }

  async #reference(post: Types.ObjectId, facts: MediaFacts, staged: StagedFile): Promise<MediaDoc> {
    const { sha256 } = facts;
    for (;;) {
      const taken = await this.#media.findOneAndUpdate(
        { sha256, state: { $in: ['publishing', 'ready'] }, refs: { $ne: post } },
        { $push: { refs: post }, $inc: { refCount: 1 } },
        { returnDocument: 'after', lean: true },
      );
      const found = taken ?? (await this.#media.findOne({ sha256 }).lean());
      if (found === null) {
        const made = await this.#insert(post, facts, staged);
        if (made !== undefined) return made;
      } else if (found.state === 'deleting') {
        // This process has the hash's mutex: a deletion of its own was given up half-way.
        if (this.#expired(found.lease, true)) await this.#delete(found);
        else await delay(RETRY_MS);
      } else return found;
    }
  }

  async #insert(post: Types.ObjectId, facts: MediaFacts, { type }: StagedFile): Promise<MediaDoc | undefined> {
    const { thumbnails, ...known } = facts;
    try {
      const created = await this.#media.create({
        ...known,
        ext: type.ext,
        mime: type.mime,
        kind: type.kind,
        // From now on: what a crash leaves of them goes with the file.
        thumbnails: thumbnails.map(({ width }) => width),
        state: 'publishing',
        lease: this.#lease(),
        refs: [post],
        refCount: 1,
      });
      return created.toObject();
    } catch (error) {
      // Another server was first: look again.
      if ((error as { code?: unknown }).code === MONGO_DUPLICATE) return undefined;
      throw error;
    }
  }

  async #deleteUnused(id: Types.ObjectId): Promise<boolean> {
    const doomed = await this.#media.findOneAndUpdate(
      { _id: id, refCount: 0, state: { $in: ['publishing', 'ready'] } },
      { $set: { state: 'deleting', lease: this.#lease() } },
      { returnDocument: 'after', lean: true, ...DURABLE },
    );
    if (doomed === null) return false;
    await this.#removeFile(doomed);
    return true;
  }

  /** Takes over a deletion whose server is gone. */
  async #delete(media: MediaDoc): Promise<void> {
    const token = media.lease?.token;
    const mine = await this.#media.findOneAndUpdate(
      { _id: media._id, state: 'deleting', ...(token !== undefined && { 'lease.token': token }) },
      { $set: { lease: this.#lease() } },
      { returnDocument: 'after', lean: true, ...DURABLE },
    );
    if (mine !== null) await this.#removeFile(mine);
  }

  async #removeFile(media: MediaDoc): Promise<void> {
    await this.files.remove(media);
    const token = media.lease?.token;
    await this.#media.deleteOne({
      _id: media._id,
      state: 'deleting',
      ...(token !== undefined && { 'lease.token': token }),
    });
  }

  #lease(): Lease {
    return { server: this.#server, token: randomUUID(), until: new Date(Date.now() + LEASE_MS) };
  }

  #expired(lease: Lease | undefined, mine: boolean): boolean {
    return lease === undefined || lease.until.getTime() < Date.now() || (mine && lease.server === this.#server);
  }
}
