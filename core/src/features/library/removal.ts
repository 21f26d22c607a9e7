import { CodedError } from '../../errors.ts';
import type { KeyedMutex } from '../media/index.ts';
import { Leases } from './leases.ts';
import type { LibraryModels, LinkDoc, PostDoc } from './models.ts';
import type { FilesGone, PostDeletion } from './post-deletion.ts';

const LEASE_MS = 60_000;
const DURABLE = { writeConcern: { w: 1, j: true } } as const;

/** What a removal did to the files. */
export interface RemovalResult extends FilesGone {
  readonly linkId: string;
}

interface Dependencies {
  readonly models: LibraryModels;
  readonly deletion: PostDeletion;
  readonly server: string;
  /** One change at a time for each key; shared with admission. */
  readonly keys: KeyedMutex;
  /** One document that cannot be settled now holds up no other. */
  readonly onError: (error: unknown) => void;
}

/** The way down of the counting protocol. Each step may be repeated; the janitor finishes what a crash left. */
export class Removal {
  readonly #deps: Dependencies;
  readonly #leases: Leases;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
    this.#leases = new Leases(dependencies.server, LEASE_MS);
  }

  /** Removes a post from a person's library for good. @throws MF_ERR_UNKNOWN */
  async remove(linkId: string, userId: string): Promise<RemovalResult> {
    const { models, keys, deletion } = this.#deps;
    const there = { _id: linkId, user: userId, state: { $in: ['adding', 'active'] } } as const;
    const known = await models.Link.findOne(there).lean();
    if (known === null) throw unknownPost();
    // Who adds the same link at this moment waits for the mutex, not for a link that waits for the mutex.
    return keys.run(known.key, async () => {
      const link = await models.Link.findOneAndUpdate(
        there,
        { $set: { state: 'removing', lease: this.#leases.make() } },
        { returnDocument: 'after', lean: true, ...DURABLE },
      );
      if (link === null) throw unknownPost();
      return { linkId, ...(await deletion.finishLink(link)) };
    });
  }

  /** Finishes what stands between two states. `mine` also takes leases of this server that have not run out. */
  async reconcile(mine: boolean): Promise<void> {
    const { Link, Post } = this.#deps.models;
    for (const link of await Link.find({ state: { $in: ['adding', 'removing'] } }).lean())
      await this.#alone(link, async () => this.#settleLink(link, mine));
    const between = await Post.find({ state: { $in: ['publishing', 'deleting'] } }).lean();
    const left = await Post.find({ 'lease.until': { $exists: true }, state: 'ready' }).lean();
    for (const post of [...between, ...left]) await this.#alone(post, async () => this.#settlePost(post, mine));
  }

  async #settlePost({ _id }: PostDoc, mine: boolean): Promise<void> {
    const { models, deletion } = this.#deps;
    const post = await models.Post.findById(_id).lean();
    if (post === null || !this.#leases.expired(post.lease, mine)) return;
    await deletion.settlePost(_id);
  }

  /** A link that never became active is kept when its post holds it, else dropped. */
  async #settleLink({ _id }: LinkDoc, mine: boolean): Promise<void> {
    const { models, deletion } = this.#deps;
    const { Link, Post } = models;
    const link = await Link.findById(_id).lean();
    if (link === null || link.state === 'active' || !this.#leases.expired(link.lease, mine)) return;
    const held =
      link.state === 'adding' &&
      (await Post.findOne({ _id: link.post, refs: _id, 'items.0': { $exists: true } }).lean()) !== null;
    if (held) {
      await Post.updateOne({ _id: link.post, state: 'publishing' }, { $set: { state: 'ready' }, $unset: { lease: 1 } });
      await Link.updateOne({ _id, state: 'adding' }, { $set: { state: 'active' }, $unset: { lease: 1 } });
      return;
    }
    await Link.updateOne({ _id, state: 'adding' }, { $set: { state: 'removing', lease: this.#leases.make() } });
    await deletion.finishLink(link);
  }

  async #alone({ key }: { key: string }, settle: () => Promise<void>): Promise<void> {
    try {
      await this.#deps.keys.run(key, settle);
    } catch (error) {
      this.#deps.onError(error);
    }
  }
}

function unknownPost(): CodedError {
  return new CodedError('MF_ERR_UNKNOWN', 'This post is not in your library.');
}
