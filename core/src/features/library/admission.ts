import { setTimeout as delay } from 'node:timers/promises';
import type { PostFacts } from '@mediafetcher/sdk';
import type { StagedItem, StagedResult } from '../../channel/messages.ts';
import { CodedError } from '../../errors.ts';
import { inspectStagedFile, inspectThumbnail } from '../media/index.ts';
import type { KeyedMutex, MediaDoc, MediaFacts, MediaService, StagedFile } from '../media/index.ts';
import { Leases } from './leases.ts';
import { listFactsOf } from './listing/list-facts.rules.ts';
import { newLinkFields } from './listing/new-link.ts';
import type { LibraryModels, LinkDoc, PostDoc, PostItem, PostKind } from './models.ts';
import type { PostDeletion } from './post-deletion.ts';

const LEASE_MS = 5 * 60_000;
const RETRY_MS = 50;
const MONGO_DUPLICATE = 11000;
const DURABLE = { writeConcern: { w: 1, j: true } } as const;

export interface AdmitRequest {
  readonly userId: string;
  readonly platform: string;
  /** `shared`, or the id of the person whose account fetched it. */
  readonly scope: string;
  readonly result: StagedResult;
  /** Absolute. */
  readonly stagingDirectory: string;
}

/** A staged item that was looked at. */
interface Inspected {
  readonly facts: MediaFacts;
  readonly file: StagedFile;
}

interface Dependencies {
  readonly models: LibraryModels;
  readonly media: MediaService;
  readonly deletion: PostDeletion;
  readonly server: string;
  readonly maxFileBytes: number;
  /** One change at a time for each key; shared with removal. */
  readonly keys: KeyedMutex;
}

/** The way up of the counting protocol: from staged files to an active link. Each step may be repeated. */
export class Admission {
  readonly #deps: Dependencies;
  readonly #leases: Leases;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
    this.#leases = new Leases(dependencies.server, LEASE_MS);
  }

  /** @throws MF_ERR_PLUGIN · MF_ERR_TOO_LARGE for staged files that are not what they should be */
  async admit(request: AdmitRequest): Promise<{ post: PostDoc; link: LinkDoc }> {
    // All are looked at before the first is published: of a post with one lie nothing gets in.
    const items = await this.#inspect(request);
    return this.#deps.keys.run(request.result.key, async () => {
      const post = await this.#beginPost(request);
      try {
        const updated = await this.#setItems(post, await this.#takeItems(post, items));
        return { post: updated, link: await this.#linkTo(updated, request.userId) };
      } catch (error) {
        // What was taken is let go; where that fails too (the disk is gone), the janitor does it.
        await this.#deps.deletion.settlePost(post._id).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Puts a post that is there already into a person's library. */
  async linkExisting(post: PostDoc, userId: string): Promise<LinkDoc> {
    return this.#deps.keys.run(post.key, async () => this.#linkTo(post, userId));
  }

  async #beginPost({ result, scope, platform }: AdmitRequest): Promise<PostDoc> {
    const { Post } = this.#deps.models;
    for (;;) {
      try {
        return await Post.findOneAndUpdate(
          { key: result.key, scope, state: { $in: ['publishing', 'ready'] } },
          {
            $set: { platform, url: result.url, lease: this.#leases.make(), ...factsOf(result.post) },
            $setOnInsert: { kind: 'image', items: [], size: 0, state: 'publishing', refs: [], refCount: 0 },
          },
          { upsert: true, returnDocument: 'after', lean: true },
        ).orFail();
      } catch (error) {
        // The post is just being deleted, or another server was first.
        if ((error as { code?: unknown }).code !== MONGO_DUPLICATE) throw error;
        const doomed = await Post.findOne({ key: result.key, scope, state: 'deleting' }).lean();
        // This process has the key's mutex: a deletion of its own was given up half-way.
        if (doomed !== null && this.#leases.expired(doomed.lease, true))
          await this.#deps.deletion.deletePost(doomed._id, ['deleting']);
        else await delay(RETRY_MS);
      }
    }
  }

  async #inspect({ result, stagingDirectory }: AdmitRequest): Promise<Inspected[]> {
    const { maxFileBytes } = this.#deps;
    const known = new Map<string, string>();
    const items: Inspected[] = [];
    for (const item of [...result.items].sort((a, b) => a.index - b.index)) {
      const file = await inspectStagedFile(stagingDirectory, item, maxFileBytes);
      const facts = await factsOfItem(item, stagingDirectory);
      const purposes = [
        [file.path, item.sha256],
        ...facts.thumbnails.map(({ path }) => [path, `thumbnail ${item.sha256}`]),
      ];
      for (const [path = '', purpose = ''] of purposes) {
        if ((known.get(path) ?? purpose) !== purpose)
          throw new CodedError('MF_ERR_PLUGIN', 'The plugin handed over one file as two.');
        known.set(path, purpose);
      }
      items.push({ facts, file });
    }
    return items;
  }

  async #takeItems(post: PostDoc, items: readonly Inspected[]): Promise<PostItem[]> {
    const taken: PostItem[] = [];
    for (const { facts, file } of items)
      taken.push(postItem(taken.length, await this.#deps.media.take(post._id, facts, file)));
    return taken;
  }

  /** From here on the post lists these items; what it held besides is let go. */
  async #setItems(post: PostDoc, items: PostItem[]): Promise<PostDoc> {
    const updated = await this.#deps.models.Post.findOneAndUpdate(
      { _id: post._id },
      { $set: { items, kind: kindOf(items), size: items.reduce((sum, { size }) => sum + size, 0) } },
      { returnDocument: 'after', lean: true },
    ).orFail();
    await this.#deps.deletion.releaseUnlisted(updated);
    return updated;
  }

  async #linkTo(post: PostDoc, userId: string): Promise<LinkDoc> {
    const { Post, Link } = this.#deps.models;
    const link = await this.#beginLink(post, userId);
    const held = await Post.updateOne(
      { _id: post._id, state: { $in: ['publishing', 'ready'] }, refs: { $ne: link._id } },
      { $push: { refs: link._id }, $inc: { refCount: 1 } },
    );
    if (held.matchedCount === 0 && (await Post.exists({ _id: post._id, refs: link._id })) === null) {
      await Link.deleteOne({ _id: link._id, state: 'adding' });
      throw new CodedError('MF_ERR_STATE', 'The post was just removed. Try again.');
    }
    await Post.updateOne({ _id: post._id, refs: link._id }, { $set: { state: 'ready' }, $unset: { lease: 1 } });
    return Link.findOneAndUpdate(
      { _id: link._id },
      { $set: { state: 'active', ...listFactsOf(post, link) }, $inc: { rev: 1 }, $unset: { lease: 1 } },
      { returnDocument: 'after', lean: true, ...DURABLE },
    ).orFail();
  }

  async #beginLink(post: PostDoc, userId: string): Promise<LinkDoc> {
    const { Link } = this.#deps.models;
    const now = new Date();
    for (;;) {
      try {
        return await Link.findOneAndUpdate(
          { user: userId, post: post._id, state: { $in: ['adding', 'active'] } },
          {
            $setOnInsert: {
              ...newLinkFields(post),
              addedAt: now,
              postedAt: post.postedAt ?? now,
              state: 'adding',
              lease: this.#leases.make(),
            },
          },
          { upsert: true, returnDocument: 'after', lean: true },
        ).orFail();
      } catch (error) {
        // The same person's link is just being removed.
        if ((error as { code?: unknown }).code !== MONGO_DUPLICATE) throw error;
        const doomed = await Link.findOne({ user: userId, post: post._id, state: 'removing' }).lean();
        if (doomed !== null && this.#leases.expired(doomed.lease, true)) await this.#deps.deletion.dropLink(doomed);
        else await delay(RETRY_MS);
      }
    }
  }
}

async function factsOfItem(item: StagedItem, directory: string): Promise<MediaFacts> {
  const thumbnails = await Promise.all(
    item.thumbnails.map(async ({ width, path }) => ({ width, path: await inspectThumbnail(directory, path) })),
  );
  const { sha256, size, width, height, duration, thumbhash } = item;
  return {
    sha256,
    size,
    thumbnails,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(duration !== undefined && { duration }),
    ...(thumbhash !== undefined && { thumbhash }),
  };
}

function factsOf(post: PostFacts) {
  const posted = post.postedAt === undefined ? NaN : Date.parse(post.postedAt);
  return {
    hashtags: [...(post.hashtags ?? [])],
    nsfw: post.nsfw ?? false,
    ...(post.title !== undefined && { title: post.title }),
    ...(post.caption !== undefined && { caption: post.caption }),
    ...(post.author !== undefined && { author: post.author }),
    ...(!Number.isNaN(posted) && { postedAt: new Date(posted) }),
  };
}

function postItem(index: number, media: MediaDoc): PostItem {
  const { _id, sha256, kind, mime, size, thumbnails, width, height, duration, thumbhash } = media;
  return {
    index,
    media: _id,
    sha256,
    kind,
    mime,
    size,
    thumbnails,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(duration !== undefined && { duration }),
    ...(thumbhash !== undefined && { thumbhash }),
  };
}

function kindOf(items: readonly PostItem[]): PostKind {
  return items.length > 1 ? 'carousel' : (items[0]?.kind ?? 'image');
}
