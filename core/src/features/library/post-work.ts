import type { Types } from 'mongoose';
import { CodedError } from '../../errors.ts';
import type { Lease } from '../media/index.ts';
import type { Leases } from './leases.ts';
import type { LibraryModels, PostDoc, PostState } from './models.ts';

/** A post that this server alone may change until the lease ends. */
export type LeasedPost = PostDoc & { readonly lease: Lease };

/** The lease of a post: over all servers one at a time admits its items, settles or deletes it. */
export class PostWork {
  readonly #models: LibraryModels;
  readonly #leases: Leases;

  constructor(models: LibraryModels, leases: Leases) {
    this.#models = models;
    this.#leases = leases;
  }

  /** Takes the lease, when nobody else has it; the caller holds the mutex of the post's key. */
  async claim(id: Types.ObjectId, condition: object = {}, set: object = {}): Promise<LeasedPost | null> {
    const post = await this.#models.Post.findOneAndUpdate(
      { _id: id, ...condition, ...this.#leases.free() },
      { $set: { ...set, lease: this.#leases.make() } },
      { returnDocument: 'after', lean: true },
    );
    // Just set.
    return post as LeasedPost | null;
  }

  /** Whether the lease is still this one; makes it longer when a third of it is over. */
  async holds({ _id, lease }: LeasedPost): Promise<boolean> {
    const { Post } = this.#models;
    const own = { _id, 'lease.token': lease.token };
    const now = await Post.findOne(own, { lease: 1 }).lean();
    if (now?.lease === undefined) return false;
    if (!this.#leases.wantsRenewal(now.lease)) return true;
    return (await Post.updateOne(own, { $set: { lease: this.#leases.renew(lease) } })).matchedCount === 1;
  }

  /** @throws MF_ERR_STATE when another server has taken the post over */
  async assertHolds(post: LeasedPost): Promise<void> {
    if (!(await this.holds(post))) throw lost();
  }

  /** Changes the post as long as the lease is this one. @throws MF_ERR_STATE */
  async update({ _id, lease }: LeasedPost, update: object): Promise<LeasedPost> {
    const post = await this.#models.Post.findOneAndUpdate({ _id, 'lease.token': lease.token }, update, {
      returnDocument: 'after',
      lean: true,
    });
    if (post === null) throw lost();
    return post as LeasedPost;
  }

  /**
   * The post takes a link. One that is admitted is ready then, and its lease given back; another one must be ready.
   * False when it was removed.
   */
  async takeLink(post: PostDoc, link: Types.ObjectId, admitted?: LeasedPost): Promise<boolean> {
    const { Post } = this.#models;
    const free = { _id: post._id, refs: { $ne: link } };
    const take = { $push: { refs: link }, $inc: { refCount: 1 } };
    const ready = { state: 'ready' satisfies PostState };
    const states: PostState[] = admitted === undefined ? ['ready'] : ['publishing', 'ready'];
    if (admitted !== undefined) {
      const own = { ...free, state: { $in: states }, 'lease.token': admitted.lease.token };
      const both = await Post.updateOne(own, { ...take, $set: ready, $unset: { lease: 1 } });
      if (both.matchedCount === 1) return true;
    }
    // It has the link already, or the lease is somebody else's by now.
    const taken = await Post.updateOne({ ...free, state: { $in: states } }, take);
    if (taken.matchedCount === 0 && (await Post.exists({ _id: post._id, refs: link })) === null) return false;
    if (admitted !== undefined) await this.release(admitted, ready);
    return true;
  }

  /** Gives the lease back, if it is still this one. */
  async release({ _id, lease }: LeasedPost, set: object = {}): Promise<void> {
    await this.#models.Post.updateOne(
      { _id, 'lease.token': lease.token },
      { ...(Object.keys(set).length > 0 && { $set: set }), $unset: { lease: 1 } },
    );
  }
}

function lost(): CodedError {
  return new CodedError('MF_ERR_STATE', 'Another server has taken this post over.');
}
