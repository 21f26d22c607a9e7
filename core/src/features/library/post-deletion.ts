import type { Types } from 'mongoose';
import type { MediaService } from '../media/index.ts';
import type { Leases } from './leases.ts';
import type { LibraryModels, LinkDoc, PostDoc, PostState } from './models.ts';

/** What happened to the files of a post. */
export interface FilesGone {
  readonly deletedFiles: number;
  readonly freedBytes: number;
  readonly keptFiles: number;
}

/** Steps of the way down. Whoever calls one holds the mutex of the post's key; each may be repeated. */
export class PostDeletion {
  readonly #models: LibraryModels;
  readonly #media: MediaService;
  readonly #leases: Leases;

  constructor(models: LibraryModels, media: MediaService, leases: Leases) {
    this.#models = models;
    this.#media = media;
    this.#leases = leases;
  }

  /** A link that is `removing` goes, and with the last one its post. */
  async finishLink(link: LinkDoc): Promise<FilesGone> {
    await this.#letGo(link);
    const files = await this.deletePost(link.post, ['ready', 'publishing', 'deleting']);
    await this.#models.Link.deleteOne({ _id: link._id, state: 'removing' });
    return files;
  }

  /** A link that is `removing` goes, and its post stays: it is just being linked anew. */
  async dropLink(link: LinkDoc): Promise<void> {
    await this.#letGo(link);
    await this.#models.Link.deleteOne({ _id: link._id, state: 'removing' });
  }

  /** Deletes a post that no link holds; reports its files either way. */
  async deletePost(id: Types.ObjectId, states: readonly PostState[]): Promise<FilesGone> {
    const { Post } = this.#models;
    const doomed = await Post.findOneAndUpdate(
      { _id: id, refCount: 0, state: { $in: [...states] } },
      { $set: { state: 'deleting', lease: this.#leases.make() } },
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

  /** A post that an admission left behind: one that is listed lets go what it does not list, one that is not goes. */
  async settlePost(id: Types.ObjectId): Promise<void> {
    const { Post, Link } = this.#models;
    const post = await Post.findById(id).lean();
    if (post === null) return;
    for (const ref of post.refs) {
      if ((await Link.exists({ _id: ref })) !== null) continue;
      await Post.updateOne({ _id: id, refs: ref }, { $pull: { refs: ref }, $inc: { refCount: -1 } });
    }
    await this.deletePost(id, post.state === 'ready' ? ['ready'] : ['publishing', 'deleting']);
    if (post.state !== 'ready') return;
    await this.releaseUnlisted(post);
    await Post.updateOne({ _id: id, state: 'ready' }, { $unset: { lease: 1 } });
  }

  /** Lets go of media that the post took but does not list. */
  async releaseUnlisted(post: PostDoc): Promise<void> {
    const listed = new Set(post.items.map(({ media }) => media.toHexString()));
    for (const media of await this.#media.heldBy(post._id)) {
      if (!listed.has(media.toHexString())) await this.#media.release(post._id, media);
    }
  }

  async #letGo(link: LinkDoc): Promise<void> {
    await this.#models.Post.updateOne(
      { _id: link.post, refs: link._id },
      { $pull: { refs: link._id }, $inc: { refCount: -1 } },
    );
  }
}

/** Each distinct medium of a post. */
export function mediaOf(post: PostDoc): Types.ObjectId[] {
  return [...new Map(post.items.map(({ media }) => [media.toHexString(), media])).values()];
}
