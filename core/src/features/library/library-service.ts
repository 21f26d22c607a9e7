import { CodedError } from '../../errors.ts';
import type { MediaService } from '../media/index.ts';
import type { AdmitRequest } from './admission.ts';
import { Admission } from './admission.ts';
import { LibraryEmitter } from './events.ts';
import { LibraryQuery } from './library-query.ts';
import type { LibraryEntry } from './library-query.ts';
import type { LibraryModels, LinkDoc, PostDoc } from './models.ts';
import { SHARED_SCOPE } from './models.ts';
import { Leases } from './leases.ts';
import { PostDeletion, mediaOf } from './post-deletion.ts';
import { Removal } from './removal.ts';
import type { RemovalResult } from './removal.ts';
import { KeyedMutex } from '../media/index.ts';

const DELETION_LEASE_MS = 60_000;

interface Options {
  readonly models: LibraryModels;
  readonly media: MediaService;
  readonly server: string;
  readonly maxFileBytes: number;
  /** What the janitor could not finish this time. */
  readonly onError: (error: unknown) => void;
}

/** What people have: posts that come in, are found and go. */
export class LibraryService {
  readonly events = new LibraryEmitter();
  readonly query: LibraryQuery;
  readonly #models: LibraryModels;
  readonly #media: MediaService;
  readonly #admission: Admission;
  readonly #removal: Removal;

  readonly #onError: Options['onError'];

  constructor(options: Options) {
    const { models, media, server, onError } = options;
    const keys = new KeyedMutex();
    const deletion = new PostDeletion(models, media, new Leases(server, DELETION_LEASE_MS));
    this.#models = models;
    this.#media = media;
    this.#onError = onError;
    this.query = new LibraryQuery(models);
    this.#admission = new Admission({ ...options, keys, deletion });
    this.#removal = new Removal({ models, deletion, server, keys, onError });
  }

  /** Takes staged files over and links the post. @throws MF_ERR_PLUGIN · MF_ERR_TOO_LARGE */
  async admit(request: AdmitRequest): Promise<{ post: PostDoc; link: LinkDoc }> {
    const admitted = await this.#admission.admit(request);
    this.#announce(admitted.link);
    return admitted;
  }

  /** The post of a key that this person may be given without a new fetch: their own account's, else the shared one. */
  async findPost(userId: string, key: string): Promise<PostDoc | null> {
    const posts = await this.#models.Post.find({ key, scope: { $in: [SHARED_SCOPE, userId] }, state: 'ready' }).lean();
    return posts.find(({ scope }) => scope === userId) ?? posts[0] ?? null;
  }

  async linkExisting(post: PostDoc, userId: string): Promise<LinkDoc> {
    const link = await this.#admission.linkExisting(post, userId);
    this.#announce(link);
    return link;
  }

  /** @throws MF_ERR_UNKNOWN · MF_ERR_MOUNT_MISSING: a file that is out of reach would never be deleted */
  async remove(linkId: string, userId: string): Promise<RemovalResult> {
    if (!(await this.#media.mounted()))
      throw new CodedError('MF_ERR_MOUNT_MISSING', 'The media folder is not mounted. Nothing can be removed now.');
    const result = await this.#removal.remove(linkId, userId);
    this.events.emit('removed', { userId, linkId });
    return result;
  }

  /** What {@link remove} would do to the files. @throws MF_ERR_UNKNOWN */
  async impact(linkId: string, userId: string): Promise<{ files: number; bytes: number; keptFiles: number }> {
    const entry = await this.query.entry(userId, linkId);
    if (entry === null) throw new CodedError('MF_ERR_UNKNOWN', 'This post is not in your library.');
    const { post } = entry;
    if (post.refCount > 1) return { files: 0, bytes: 0, keptFiles: mediaOf(post).length };
    return this.#media.impactOf(post._id);
  }

  async entryOfKey(userId: string, key: string): Promise<LibraryEntry | null> {
    const link = await this.#models.Link.findOne({ user: userId, key, state: 'active' }).lean();
    return link === null ? null : ((await this.query.withPosts([link]))[0] ?? null);
  }

  /** Finishes what a crash left between two states. `mine` also takes leases of this server that have not run out. */
  async reconcile(mine: boolean): Promise<void> {
    await this.#removal.reconcile(mine);
    await this.#media.reconcile({
      mine,
      onError: this.#onError,
      holds: async (post, media) =>
        (await this.#models.Post.exists({
          _id: post,
          $or: [{ 'items.media': media }, { 'lease.until': { $gt: new Date() } }],
        })) !== null,
    });
  }

  #announce(link: LinkDoc): void {
    this.events.emit('added', { userId: link.user.toString(), linkId: link._id.toString() });
  }
}
