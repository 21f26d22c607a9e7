import { randomUUID } from 'node:crypto';
import type { Model, Types } from 'mongoose';
import type { AsideFile, MediaFiles } from './files.ts';
import type { Lease, MediaDoc } from './model.ts';
import { SecondLooks } from './second-look.ts';

/** Waits for the disk: a deletion must be known before the file is touched. */
const DURABLE = { writeConcern: { w: 1, j: true } } as const;
/** Leases after a take-over at which the file is looked at once more. */
const LOOK_AGAIN_AFTER = 2;

/**
 * The last steps of a medium nobody holds: `deleting` under a lease, its file aside, its file gone, its document gone.
 * Whoever calls holds the hash's mutex of this process; the lease's token keeps other servers apart.
 */
export class Deletion {
  readonly #media: Model<MediaDoc>;
  readonly #files: MediaFiles;
  readonly #server: string;
  readonly #leaseMs: number;
  readonly #looks: SecondLooks;

  constructor(media: Model<MediaDoc>, files: MediaFiles, server: string, leaseMs: number) {
    this.#media = media;
    this.#files = files;
    this.#server = server;
    this.#leaseMs = leaseMs;
    this.#looks = new SecondLooks(media.db);
  }

  makeLease(): Lease {
    return { server: this.#server, token: randomUUID(), until: new Date(Date.now() + this.#leaseMs) };
  }

  expired(lease: Lease | undefined, mine: boolean): boolean {
    return lease === undefined || lease.until.getTime() < Date.now() || (mine && lease.server === this.#server);
  }

  /** Deletes a medium that nobody holds. False when somebody does. */
  async ifUnused(id: Types.ObjectId): Promise<boolean> {
    const doomed = await this.#media.findOneAndUpdate(
      { _id: id, refCount: 0, state: { $in: ['publishing', 'ready'] } },
      { $set: { state: 'deleting', lease: this.makeLease() } },
      { returnDocument: 'after', lean: true, ...DURABLE },
    );
    if (doomed === null) return false;
    await this.#finish(doomed, false);
    return true;
  }

  /** Goes on with a deletion whose server is gone, or seems to be. */
  async takeOver(media: MediaDoc): Promise<void> {
    // Before: whoever dies in between has planned it.
    if (media.lease !== undefined && media.lease.server !== this.#server)
      await this.#looks.plan(media, this.#leaseMs * LOOK_AGAIN_AFTER);
    const token = media.lease?.token ?? null;
    const mine = await this.#media.findOneAndUpdate(
      { _id: media._id, state: 'deleting', 'lease.token': token },
      { $set: { lease: this.makeLease() } },
      { returnDocument: 'after', lean: true, ...DURABLE },
    );
    if (mine !== null) await this.#finish(mine, true);
  }

  /**
   * A file that was taken aside: deleted when nobody wants its hash any more, put back when a document wants it and has
   * none. While a deletion is under way it is that one's.
   */
  async settleAside(aside: AsideFile): Promise<void> {
    let held: AsideFile | undefined = aside;
    while (held !== undefined) {
      const media: MediaDoc | null = await this.#media.findOne({ sha256: held.sha256 }).lean();
      if (media?.state === 'deleting') return;
      if (media === null || (await this.#files.isPublished(media))) return this.#files.discard(held);
      await this.#files.putBack(held);
      const still: MediaDoc | null = await this.#media
        .findOne({ _id: media._id, state: { $in: ['publishing', 'ready'] } })
        .lean();
      // It was deleted between two looks: then this file is nobody's again.
      held = still === null ? await this.#files.takeAside(held, randomUUID()) : undefined;
    }
  }

  async secondLooks(): Promise<{ sha256: string; ext: string }[]> {
    return this.#looks.due();
  }

  /** Whether a call that hung past its lease has left a file without a document. */
  async lookAgain(sha256: string): Promise<void> {
    const [look] = (await this.#looks.due()).filter((due) => due.sha256 === sha256);
    if (look === undefined) return;
    if ((await this.#media.exists({ sha256 })) === null) {
      const aside = await this.#files.takeAside(look, randomUUID());
      if (aside !== undefined) await this.settleAside(aside);
    }
    await this.#looks.done(sha256);
  }

  async #finish(media: MediaDoc, takenOver: boolean): Promise<void> {
    const { token = '' } = media.lease ?? {};
    const own = { _id: media._id, state: 'deleting' as const, 'lease.token': token };
    const aside = await this.#files.takeAside(media, token);
    if ((await this.#media.exists(own)) === null) {
      // This call hung, somebody else went on, and these may be the bytes of a new document.
      if (aside !== undefined) await this.settleAside(aside);
      return;
    }
    if (aside !== undefined) await this.#files.discard(aside);
    for (const left of takenOver ? await this.#files.asides() : []) {
      if (left.sha256 === media.sha256) await this.#files.discard(left);
    }
    await this.#files.removeThumbnails(media.sha256, media.thumbnails);
    await this.#media.deleteOne(own);
  }
}
