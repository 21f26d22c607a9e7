import { randomUUID } from 'node:crypto';
import type { Types } from 'mongoose';
import { CodedError } from '../../errors.ts';
import type { KeyedMutex, Lease, MediaService } from '../media/index.ts';
import type { LibraryModels, LinkDoc, PostDoc, PostState } from './models.ts';

const LEASE_MS = 60_000;
const DURABLE = { writeConcern: { w: 1, j: true } } as const;

/** What a removal did to the files. */
export interface RemovalResult {
  readonly linkId: string;
  readonly deletedFiles: number;
  readonly freedBytes: number;
  readonly keptFiles: number;
}

/** The way down of the counting protocol. Each step may be repeated; the janitor finishes what a crash left. */
export class Removal {
  readonly #models: LibraryModels;
  readonly #media: MediaService;
  readonly #server: string;
  readonly #keys: KeyedMutex;

  constructor(models: LibraryModels, media: MediaService, server: string, keys: KeyedMutex) {
    this.#models = models;
    this.#media = media;
    this.#server = server;
    this.#keys = keys;
  }

  /** Removes a post from a person's library for good. @throws MF_ERR_UNKNOWN */
  async remove(linkId: string, userId: string): Promise<RemovalResult> {
    const link = await this.#models.Link.findOneAndUpdate(
      { _id: linkId, user: userId, state: { $in: ['adding', 'active'] } },
      { $set: { state: 'removing', lease: this.#lease() } },
      { returnDocument: 'after', lean: true, ...DURABLE },
    );
    if (link === null) throw new CodedError('MF_ERR_UNKNOWN', 'This post is not in your library.');
    return this.#finish(link);
  }

  /** Finishes what stands between two states. `mine` also takes leases of this server that have not run out. */
  async reconcile(mine: boolean): Promise<void> {
    const { Link, Post } = this.#models;
    for (const link of await Link.find({ state: { $in: ['adding', 'removing'] } }).lean()) {
      if (!this.#expired(link.lease, mine)) continue;
      if (link.state === 'removing') await this.#finish(link);
      else await this.#settle(link);
    }
    for (const post of await Post.find({ state: { $in: ['publishing', 'deleting'] } }).lean()) {
      if (!this.#expired(post.lease, mine)) continue;
      await this.#keys.run(post.key, async () => this.#deletePost(post._id, ['publishing', 'deleting']));
    }
  }

  /** A link that never became active: kept when its post holds it, else dropped. */
  async #settle(link: LinkDoc): Promise<void> {
    const { Link, Post } = this.#models;
    const post = await Post.findOne({ _id: link.post, refs: link._id, 'items.0': { $exists: true } }).lean();
    if (post === null) {
      await Link.updateOne({ _id: link._id, state: 'adding' }, { $set: { state: 'removing', lease: this.#lease() } });
      await this.#finish(link);
      return;
    }
    await Post.updateOne({ _id: post._id, state: 'publishing' }, { $set: { state: 'ready' }, $unset: { lease: 1 } });
    await Link.updateOne({ _id: link._id, state: 'adding' }, { $set: { state: 'active' }, $unset: { lease: 1 } });
  }

  async #finish(link: LinkDoc): Promise<RemovalResult> {
    const { Link, Post } = this.#models;
    return this.#keys.run(link.key, async () => {
      await Post.updateOne({ _id: link.post, refs: link._id }, { $pull: { refs: link._id }, $inc: { refCount: -1 } });
      const files = await this.#deletePost(link.post, ['ready', 'publishing', 'deleting']);
      await Link.deleteOne({ _id: link._id, state: 'removing' });
      return { linkId: link._id.toHexString(), ...files };
    });
  }

  /** Deletes a post that no link holds; reports its files either way. */
  async #deletePost(id: Types.ObjectId, states: readonly PostState[]): Promise<Omit<RemovalResult, 'linkId'>> {
    const { Post } = this.#models;
    const doomed = await Post.findOneAndUpdate(
      { _id: id, refCount: 0, state: { $in: [...states] } },
      { $set: { state: 'deleting', lease: this.#lease() } },
      { returnDocument: 'after', lean: true },
    );
    if (doomed === null) {
      const kept = await Post.findById(id).lean();
      return { deletedFiles: 0, freedBytes: 0, keptFiles: kept === null ? 0 : mediaOf(kept).length };
    }
    const files = { deletedFiles: 0, freedBytes: 0, keptFiles: 0 };
    for (const media of await this.#media.heldBy(doomed._id)) {
      const { deleted, size } = await this.#media.release(doomed._id, media);
      if (deleted) {
        files.deletedFiles += 1;
        files.freedBytes += size;
      } else files.keptFiles += 1;
    }
    await Post.deleteOne({ _id: id, state: 'deleting' });
    return files;
  }

  #lease(): Lease {
    return { server: this.#server, token: randomUUID(), until: new Date(Date.now() + LEASE_MS) };
  }

  #expired(lease: Lease | undefined, mine: boolean): boolean {
    return lease === undefined || lease.until.getTime() < Date.now() || (mine && lease.server === this.#server);
  }
}

/** Each distinct medium of a post. */
export function mediaOf(post: PostDoc): Types.ObjectId[] {
  return [...new Map(post.items.map(({ media }) => [media.toHexString(), media])).values()];
}
