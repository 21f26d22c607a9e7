import { setTimeout as delay } from 'node:timers/promises';
import type { Types } from 'mongoose';
import { inspectStagedFile } from '../../media/index.ts';
import type { KeyedMutex, MediaDoc, MediaService } from '../../media/index.ts';
import type { Limits } from '../limits.ts';
import type { LibraryModels, PostDoc, PostRendition } from '../models.ts';
import type { PostDeletion } from '../post-deletion.ts';
import type { LeasedPost, PostWork } from '../post-work.ts';
import type { Rendered } from './render.ts';

const RETRY_MS = 50;

interface Dependencies {
  readonly models: Pick<LibraryModels, 'Post'>;
  readonly media: MediaService;
  readonly work: PostWork;
  readonly deletion: PostDeletion;
  readonly limits: Limits;
  /** One change at a time for each key; shared with admission and removal. */
  readonly keys: KeyedMutex;
}

/** Puts what was made of an item into the store and into its post. Held, counted and let go like the items' own files. */
export class RenditionStore {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /**
   * False when the post or the item has gone meanwhile.
   * @throws MF_ERR_PLUGIN · MF_ERR_TOO_LARGE for a staged file that is not what it should be · MF_ERR_STATE
   */
  async add(post: Pick<PostDoc, '_id' | 'key'>, original: MediaDoc, made: Rendered): Promise<boolean> {
    const { limits, keys } = this.#deps;
    const { path, size } = made.file;
    const claim = { path, size, kind: original.kind };
    const staged = await inspectStagedFile(made.directory, claim, await limits.maxFileBytes());
    return keys.run(post.key, async () => {
      const leased = await this.#claim(post._id, original._id);
      if (leased === null) return false;
      try {
        await this.#put(leased, original, made, staged);
        return true;
      } catch (error) {
        // What was taken is let go; where that fails too (the disk is gone), the janitor does it.
        await this.#deps.deletion.settlePost(post._id).catch(() => undefined);
        throw error;
      }
    });
  }

  async #put(
    post: LeasedPost,
    original: MediaDoc,
    { file }: Rendered,
    staged: Awaited<ReturnType<typeof inspectStagedFile>>,
  ): Promise<void> {
    const { media, work, deletion } = this.#deps;
    const { path: _, ...facts } = file;
    const holder = { post: post._id, under: post.lease.token };
    const stored = await media.take(holder, { ...facts, thumbnails: [] }, staged);
    const rendition: PostRendition = {
      of: original._id,
      media: stored._id,
      sha256: stored.sha256,
      mime: stored.mime,
      size: stored.size,
    };
    const others = (post.renditions ?? []).filter(({ of }) => !of.equals(original._id));
    const updated = await work.update(post, { $set: { renditions: [...others, rendition] } });
    await deletion.releaseUnlisted(updated);
    await work.release(updated);
    // Its last holder may have gone on another server, which could not delete what this one worked on.
    await deletion.deletePost(post._id, ['ready']);
  }

  /** The post, leased to this server; waits for another one that works on it. Null when it does not list the file. */
  async #claim(id: Types.ObjectId, original: Types.ObjectId): Promise<LeasedPost | null> {
    const { models, work } = this.#deps;
    const lists = { state: 'ready' as const, 'items.media': original };
    for (;;) {
      const leased = await work.claim(id, lists);
      if (leased !== null) return leased;
      if ((await models.Post.exists({ _id: id, ...lists })) === null) return null;
      await delay(RETRY_MS);
    }
  }
}
