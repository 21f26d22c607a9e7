import type { KeyedMutex, MediaService } from '../media/index.ts';
import type { Leases } from './leases.ts';
import type { LibraryModels, LinkDoc } from './models.ts';
import type { PostDeletion } from './post-deletion.ts';

interface Dependencies {
  readonly models: LibraryModels;
  readonly media: MediaService;
  readonly deletion: PostDeletion;
  readonly leases: Leases;
  readonly keys: KeyedMutex;
  /** One document that cannot be settled now holds up no other. */
  readonly onError: (error: unknown) => void;
}

/** Finishes what a crash or a hanging server left between two states. Several may run at once, also on other servers. */
export class Janitor {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** `mine` also takes leases of this server that have not run out: at its start nobody works under them. */
  async reconcile(mine: boolean): Promise<void> {
    const { models, media, deletion, leases, onError } = this.#deps;
    const { Link, Post } = models;
    for (const link of await Link.find({ state: { $in: ['adding', 'removing'] } }).lean())
      await this.#alone(link.key, async () => this.#settleLink(link, mine));
    const between = await Post.find({ state: { $in: ['publishing', 'deleting'] } }).lean();
    const left = await Post.find({ 'lease.until': { $exists: true }, state: 'ready' }).lean();
    for (const { _id, key } of [...between, ...left]) {
      await this.#alone(key, async () => {
        const post = await Post.findById(_id).lean();
        if (post !== null && leases.expired(post.lease, mine)) await deletion.settlePost(_id);
      });
    }
    await media.reconcile({
      mine,
      onError,
      // Its own lease, run out or not, is settled above, not by looking past it.
      holds: async (post, medium) =>
        (await Post.exists({
          _id: post,
          $or: [{ 'items.media': medium }, { 'renditions.media': medium }, { 'lease.until': { $exists: true } }],
        })) !== null,
    });
  }

  /** A link that never became active is kept when its post holds it, else dropped. */
  async #settleLink({ _id }: LinkDoc, mine: boolean): Promise<void> {
    const { models, deletion, leases } = this.#deps;
    const { Link, Post } = models;
    const link = await Link.findOne({ _id, state: { $in: ['adding', 'removing'] } }).lean();
    if (link === null || !leases.expired(link.lease, mine)) return;
    if (link.state === 'adding') {
      // The post first: while somebody works on it, the link is theirs.
      const post = await Post.findById(link.post).lean();
      if (post !== null && !leases.expired(post.lease, mine)) return;
      if (post !== null && post.state !== 'ready') await deletion.settlePost(post._id);
      const held = await Post.exists({ _id: link.post, refs: _id, state: 'ready' });
      const settled =
        held === null
          ? { $set: { state: 'removing' as const, lease: leases.make() } }
          : { $set: { state: 'active' as const }, $unset: { lease: 1 as const } };
      const same = link.lease === undefined ? {} : { 'lease.token': link.lease.token };
      const { matchedCount } = await Link.updateOne({ _id, state: 'adding', ...same }, settled);
      if (held !== null || matchedCount === 0) return;
    }
    await deletion.finishLink(link);
  }

  async #alone(key: string, settle: () => Promise<void>): Promise<void> {
    try {
      await this.#deps.keys.run(key, settle);
    } catch (error) {
      this.#deps.onError(error);
    }
  }
}
