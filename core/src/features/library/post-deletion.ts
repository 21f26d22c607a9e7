import type { Types } from 'mongoose';
import type { MediaService } from '../media/index.ts';
import type { LibraryModels, LinkDoc, PostDoc, PostState } from './models.ts';
import type { LeasedPost, PostWork } from './post-work.ts';
import { listedMedia } from './listed-media.rules.ts';

/** What happened to one file of a post. */
export interface FileGone {
  readonly mediaId: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** False: another post or person keeps it. */
  readonly deleted: boolean;
}

/** What happened to the files of a post. */
export interface FilesGone {
  readonly deletedFiles: number;
  readonly freedBytes: number;
  readonly keptFiles: number;
  readonly files: readonly FileGone[];
}

/** Steps of the way down. Whoever calls one holds the mutex of the post's key; each may be repeated. */
export class PostDeletion {
  readonly #models: LibraryModels;
  readonly #media: MediaService;
  readonly #work: PostWork;

  constructor(models: LibraryModels, media: MediaService, work: PostWork) {
    this.#models = models;
    this.#media = media;
    this.#work = work;
  }

  /** A link that is `removing` goes, and with the last one its post. */
  async finishLink(link: LinkDoc): Promise<FilesGone> {
    await this.letGo(link);
    const files = await this.deletePost(link.post, ['ready', 'publishing', 'deleting']);
    await this.#models.Link.deleteOne({ _id: link._id, state: 'removing' });
    return files;
  }

  /** A link that is `removing` goes, and its post stays: it is just being linked anew. */
  async dropLink(link: LinkDoc): Promise<void> {
    await this.letGo(link);
    await this.#models.Link.deleteOne({ _id: link._id, state: 'removing' });
  }

  /** Deletes a post that no link holds and nobody works on; reports its files either way. */
  async deletePost(id: Types.ObjectId, states: readonly PostState[]): Promise<FilesGone> {
    const doomed = await this.#work.claim(
      id,
      { refCount: 0, state: { $in: [...states] } },
      { state: 'deleting' satisfies PostState },
    );
    if (doomed === null) {
      const kept = await this.#models.Post.findById(id).lean();
      return countFiles(kept === null ? [] : keptFiles(kept));
    }
    const files: FileGone[] = [];
    for (const { _id } of await this.#media.heldBy(id)) {
      await this.#work.assertHolds(doomed);
      const { deleted, size, sha256 } = await this.#media.release(id, _id);
      files.push({ mediaId: _id.toHexString(), sha256, size, deleted });
    }
    await this.#models.RenditionJob.deleteMany({ post: id });
    await this.#models.Post.deleteOne({ _id: id, state: 'deleting' });
    return countFiles(files);
  }

  /**
   * A post that an admission left behind: one that is held lets go what it does not list, one that is not goes. Nothing
   * happens while another server works on it.
   */
  async settlePost(id: Types.ObjectId): Promise<void> {
    const post = await this.#work.claim(id);
    if (post === null) {
      // An id never comes back: what a post that is gone still holds, nobody holds.
      if ((await this.#models.Post.exists({ _id: id })) === null)
        for (const { _id } of await this.#media.heldBy(id)) await this.#media.release(id, _id);
      return;
    }
    await this.#dropDeadLinks(post);
    await this.deletePost(id, post.state === 'ready' ? ['ready'] : ['publishing', 'deleting']);
    const held = await this.#work.claim(id, { state: { $in: ['publishing', 'ready'] } });
    if (held === null) return;
    await this.releaseUnlisted(held);
    await this.#work.release(held, held.refCount > 0 && held.items.length > 0 ? { state: 'ready' } : {});
  }

  /** Lets go of media that the post took but does not list. @throws MF_ERR_STATE */
  async releaseUnlisted(post: LeasedPost): Promise<void> {
    const listed = new Set(listedMedia(post).map(({ media }) => media.toHexString()));
    for (;;) {
      // First what is held and who took it last, then whether the lease is still ours: who takes the post over changes the
      // former. Another post that takes the same medium changes it too: then once more.
      const unlisted = (await this.#media.heldBy(post._id)).filter(({ _id }) => !listed.has(_id.toHexString()));
      if (unlisted.length === 0) return;
      for (const medium of unlisted) {
        await this.#work.assertHolds(post);
        await this.#media.release(post._id, medium._id, medium);
      }
    }
  }

  /** The post holds this link no more. */
  async letGo({ _id, post }: Pick<LinkDoc, '_id' | 'post'>): Promise<void> {
    await this.#models.Post.updateOne({ _id: post, refs: _id }, { $pull: { refs: _id }, $inc: { refCount: -1 } });
  }

  async #dropDeadLinks(post: PostDoc): Promise<void> {
    for (const ref of post.refs) {
      if ((await this.#models.Link.exists({ _id: ref })) === null) await this.letGo({ _id: ref, post: post._id });
    }
  }
}

function keptFiles(post: PostDoc): FileGone[] {
  return distinctItems(post).map(({ media, sha256, size }) => ({
    mediaId: media.toHexString(),
    sha256,
    size,
    deleted: false,
  }));
}

function countFiles(files: readonly FileGone[]): FilesGone {
  const deleted = files.filter((file) => file.deleted);
  return {
    deletedFiles: deleted.length,
    freedBytes: deleted.reduce((sum, { size }) => sum + size, 0),
    keptFiles: files.length - deleted.length,
    files,
  };
}

/** One item of each distinct medium of a post. */
export function distinctItems(post: PostDoc): PostDoc['items'] {
  return [...new Map(post.items.map((item) => [item.media.toHexString(), item])).values()];
}
