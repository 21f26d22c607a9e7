import { setTimeout as delay } from 'node:timers/promises';
import type { PostFacts } from '@mediafetcher/sdk';
import type { StagedItem, StagedResult } from '../../channel/messages.ts';
import { isDuplicateKey } from '../../duplicate-key.ts';
import { CodedError } from '../../errors.ts';
import { inspectStagedFile, inspectThumbnail } from '../media/index.ts';
import type { KeyedMutex, MediaDoc, MediaFacts, MediaService, StagedFile } from '../media/index.ts';
import type { Leases } from './leases.ts';
import type { Limits } from './limits.ts';
import { listFactsOf } from './listing/list-facts.rules.ts';
import { newLinkFields } from './listing/new-link.ts';
import type { LibraryModels, LinkDoc, LinkState, PostDoc, PostItem, PostKind } from './models.ts';
import type { PostDeletion } from './post-deletion.ts';
import type { LeasedPost, PostWork } from './post-work.ts';

const RETRY_MS = 50;
/** A link that is or comes into a library; one that is in the trash comes back. */
const LINKED: LinkState[] = ['adding', 'active', 'trashed'];
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
  readonly work: PostWork;
  readonly leases: Leases;
  readonly limits: Limits;
  /** One change at a time for each key; shared with removal. */
  readonly keys: KeyedMutex;
}

/** The way up of the counting protocol: from staged files to an active link. Each step may be repeated. */
export class Admission {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /**
   * @throws MF_ERR_PLUGIN · MF_ERR_TOO_LARGE for staged files that are not what they should be · MF_ERR_DISK_FULL ·
   *   MF_ERR_QUOTA · MF_ERR_STATE when another server took the post over: it has to be fetched again
   */
  async admit(request: AdmitRequest): Promise<{ post: PostDoc; link: LinkDoc }> {
    // All are looked at before the first is published: of a post with one lie nothing gets in.
    const items = await this.#inspect(request);
    await this.#deps.limits.assertRoom(request.userId, async () => this.#growth(request, items));
    return this.#deps.keys.run(request.result.key, async () => {
      const post = await this.#beginPost(request);
      try {
        const updated = await this.#setItems(post, await this.#takeItems(post, items));
        return { post: updated, link: await this.#linkTo(updated, request.userId, updated) };
      } catch (error) {
        // What was taken is let go; where that fails too (the disk is gone), the janitor does it.
        await this.#deps.deletion.settlePost(post._id).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Puts a post that is there already into a person's library. @throws MF_ERR_STATE · MF_ERR_QUOTA */
  async linkExisting(post: PostDoc, userId: string): Promise<LinkDoc> {
    const { models, limits } = this.#deps;
    if ((await models.Link.exists({ user: userId, post: post._id })) === null)
      await limits.assertQuota(userId, post.size);
    return this.#deps.keys.run(post.key, async () => this.#linkTo(post, userId));
  }

  /** Bytes by which the person's library grows; a post that is fetched again counts once. */
  async #growth({ userId, scope, result }: AdmitRequest, items: readonly Inspected[]): Promise<number> {
    const { Post, Link } = this.#deps.models;
    const known = await Post.findOne({ key: result.key, scope }, { _id: 1 }).lean();
    const link = known === null ? null : await Link.findOne({ user: userId, post: known._id }, { size: 1 }).lean();
    return items.reduce((sum, { facts }) => sum + facts.size, 0) - (link?.size ?? 0);
  }

  /** The post, leased to this server; waits for another one that works on it. */
  async #beginPost({ result, scope, platform }: AdmitRequest): Promise<LeasedPost> {
    const { models, leases, deletion } = this.#deps;
    const { Post } = models;
    for (;;) {
      try {
        const post = await Post.findOneAndUpdate(
          { key: result.key, scope, state: { $in: ['publishing', 'ready'] }, ...leases.free() },
          {
            $set: { platform, url: result.url, lease: leases.make(), ...factsOf(result.post) },
            $setOnInsert: { kind: 'image', items: [], size: 0, state: 'publishing', refs: [], refCount: 0 },
          },
          { upsert: true, returnDocument: 'after', lean: true },
        ).orFail();
        // Just set.
        return post as LeasedPost;
      } catch (error) {
        // The post is just being deleted, or another server was first.
        if (!isDuplicateKey(error)) throw error;
        const doomed = await Post.findOne({ key: result.key, scope, state: 'deleting' }).lean();
        // This process has the key's mutex: a deletion of its own was given up half-way.
        if (doomed !== null && leases.expired(doomed.lease, true)) await deletion.deletePost(doomed._id, ['deleting']);
        else await delay(RETRY_MS);
      }
    }
  }

  async #inspect({ result, stagingDirectory }: AdmitRequest): Promise<Inspected[]> {
    const maxFileBytes = await this.#deps.limits.maxFileBytes();
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

  async #takeItems(post: LeasedPost, items: readonly Inspected[]): Promise<PostItem[]> {
    const { media, work, leases } = this.#deps;
    const taken: PostItem[] = [];
    for (const { facts, file } of items) {
      // While it is young nobody else can have it.
      if (leases.wantsRenewal(post.lease)) await work.assertHolds(post);
      taken.push(postItem(taken.length, await media.take({ post: post._id, under: post.lease.token }, facts, file)));
    }
    return taken;
  }

  /** From here on the post lists these items; what it held besides is let go. */
  async #setItems(post: LeasedPost, items: PostItem[]): Promise<LeasedPost> {
    // A form that was made of a file that is still listed goes on being one.
    const renditions = post.renditions?.filter(({ of }) => items.some(({ media }) => media.equals(of)));
    const updated = await this.#deps.work.update(post, {
      $set: {
        items,
        kind: kindOf(items),
        size: items.reduce((sum, { size }) => sum + size, 0),
        ...(renditions && { renditions }),
      },
    });
    await this.#deps.deletion.releaseUnlisted(updated);
    return updated;
  }

  /** `leased`: the post of an admission, which may still be `publishing`; another one must be ready. */
  async #linkTo(post: PostDoc, userId: string, leased?: LeasedPost): Promise<LinkDoc> {
    const { models, work, deletion } = this.#deps;
    const { Link } = models;
    const link = await this.#beginLink(post, userId);
    if (!(await work.takeLink(post, link._id, leased))) {
      await Link.deleteOne({ _id: link._id, state: 'adding' });
      throw justRemoved();
    }
    const active = await Link.findOneAndUpdate(
      { _id: link._id, state: { $in: LINKED } },
      {
        $set: { state: 'active', ...listFactsOf(post, link) },
        $inc: { rev: 1 },
        $unset: { lease: 1, trashedAt: 1 },
      },
      { returnDocument: 'after', lean: true, ...DURABLE },
    );
    if (active !== null) return active;
    // The person removed it meanwhile, or a janitor elsewhere gave it up: the hold that came after is let go.
    await deletion.letGo(link);
    await deletion.deletePost(post._id, ['ready']);
    throw justRemoved();
  }

  async #beginLink(post: PostDoc, userId: string): Promise<LinkDoc> {
    const { models, leases, deletion } = this.#deps;
    const { Link } = models;
    const now = new Date();
    for (;;) {
      try {
        return await Link.findOneAndUpdate(
          { user: userId, post: post._id, state: { $in: LINKED } },
          {
            $setOnInsert: {
              ...newLinkFields(post),
              addedAt: now,
              postedAt: post.postedAt ?? now,
              state: 'adding',
              lease: leases.make(),
            },
          },
          { upsert: true, returnDocument: 'after', lean: true },
        ).orFail();
      } catch (error) {
        // The same person's link is just being removed.
        if (!isDuplicateKey(error)) throw error;
        const doomed = await Link.findOne({ user: userId, post: post._id, state: 'removing' }).lean();
        if (doomed !== null && leases.expired(doomed.lease, true)) await deletion.dropLink(doomed);
        else await delay(RETRY_MS);
      }
    }
  }
}

function justRemoved(): CodedError {
  return new CodedError('MF_ERR_STATE', 'The post was just removed. Try again.');
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
