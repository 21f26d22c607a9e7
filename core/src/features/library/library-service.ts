import { CodedError } from '../../errors.ts';
import { KeyedMutex } from '../media/index.ts';
import type { MediaService } from '../media/index.ts';
import type { AdmitRequest } from './admission.ts';
import { Admission } from './admission.ts';
import { BulkJobs } from './bulk/bulk-jobs.ts';
import { LibraryEmitter } from './events.ts';
import { createFolderNews } from './folders/folder-news.ts';
import { FoldersService } from './folders/folders-service.ts';
import { DocumentCheck } from './fsck/check-documents.ts';
import type { FsckOptions, FsckReport } from './fsck/finding.ts';
import { Fsck } from './fsck/fsck.ts';
import { Janitor } from './janitor.ts';
import { Leases } from './leases.ts';
import { LibraryQuery } from './library-query.ts';
import type { LibraryEntry } from './library-query.ts';
import { Limits } from './limits.ts';
import type { LibraryModels, LinkDoc, LinkState, PostDoc } from './models.ts';
import { SHARED_SCOPE } from './models.ts';
import { Organizer } from './posts/organizer.ts';
import { PostDeletion, distinctItems } from './post-deletion.ts';
import { PostWork } from './post-work.ts';
import { Removal } from './removal.ts';
import type { RemovalResult } from './removal.ts';
import { RenditionQueue } from './renditions/rendition-queue.ts';
import { RenditionStore } from './renditions/rendition-store.ts';
import { Renditions } from './renditions/renditions.ts';
import { FolderAccess } from './sharing/folder-access.ts';
import { Sharing } from './sharing/sharing.ts';
import { Storage } from './storage.ts';
import { TagsService } from './tags/tags-service.ts';
import type { Tombstones } from './tombstones.ts';
import { Trash } from './trash.ts';
import type { MediaRoot, Settings } from '../system/index.ts';

const LEASE_MS = 60_000;
/** So many posts of the trash are looked up at a time. */
const PURGE_BATCH = 100;

interface Options {
  readonly models: LibraryModels;
  readonly media: MediaService;
  readonly tombstones: Tombstones;
  readonly settings: Pick<Settings, 'read'>;
  readonly mediaRoot: MediaRoot;
  readonly server: string;
  readonly isPerson: (userId: string) => Promise<boolean>;
  /** Whether an account is being removed, or gone. @default never */
  readonly isGone?: (userId: string) => Promise<boolean>;
  /** Milliseconds after which another server may go on with what this one has begun. @default 60,000 */
  readonly leaseMs?: number;
  /** What the janitor could not finish this time. */
  readonly onError: (error: unknown) => void;
}

/** What people have: posts that come in, are found and go. */
export class LibraryService {
  readonly events = new LibraryEmitter();
  readonly query: LibraryQuery;
  readonly folders: FoldersService;
  readonly access: FolderAccess;
  readonly sharing: Sharing;
  readonly tags: TagsService;
  readonly organizer: Organizer;
  readonly bulk: BulkJobs;
  readonly limits: Limits;
  readonly storage: Storage;
  readonly renditions: Renditions;
  readonly #options: Options;
  readonly #admission: Admission;
  readonly #removal: Removal;
  readonly #janitor: Janitor;
  readonly #fsck: Fsck;
  readonly #trash: Trash;

  constructor(options: Options) {
    const { models, media, server, onError, leaseMs = LEASE_MS } = options;
    const keys = new KeyedMutex();
    const leases = new Leases(server, leaseMs);
    const work = new PostWork(models, leases);
    const deletion = new PostDeletion(models, media, work);
    this.#options = options;
    const trash = async (link: LinkDoc): Promise<void> => {
      await this.trash(link._id.toHexString(), link.user.toHexString());
    };
    this.folders = new FoldersService(models, trash, createFolderNews({ models, events: this.events, onError }));
    this.access = new FolderAccess(models, this.folders.trees);
    this.query = new LibraryQuery(models, this.access);
    this.sharing = new Sharing({
      models,
      folders: this.folders,
      access: this.access,
      linkExisting: async (post, userId) => this.linkExisting(post, userId),
      isPerson: options.isPerson,
    });
    this.tags = new TagsService(models);
    this.organizer = new Organizer(models, this.tags);
    this.bulk = new BulkJobs({
      models,
      query: this.query,
      leases,
      tools: {
        folders: this.folders,
        organizer: this.organizer,
        tags: this.tags,
        trash: async (link, user) => this.trash(link, user),
        restore: async (link, user) => this.restore(link, user),
        remove: async (link, user) => this.remove(link, user),
      },
    });
    this.limits = new Limits(options);
    this.storage = new Storage({ ...options, limits: this.limits });
    this.#admission = new Admission({ models, media, keys, deletion, work, leases, limits: this.limits });
    this.renditions = new Renditions({
      ...{ models, media, server, onError, limits: this.limits, events: this.events, query: this.query },
      mediaRoot: options.mediaRoot,
      queue: new RenditionQueue(models, leases),
      store: new RenditionStore({ models, media, work, deletion, keys, limits: this.limits }),
    });
    this.#removal = new Removal({ models, deletion, leases, keys });
    this.#janitor = new Janitor({ models, media, deletion, leases, keys, onError });
    this.#trash = new Trash(models);
    this.#fsck = new Fsck({
      models,
      media,
      mediaRoot: options.mediaRoot,
      totals: this.folders.totals,
      documents: new DocumentCheck({ models, media, deletion, alone: async (key, task) => keys.run(key, task) }),
      reconcile: async () => this.reconcile(false),
    });
  }

  /** Takes staged files over and links the post. @throws MF_ERR_PLUGIN · MF_ERR_TOO_LARGE · MF_ERR_QUOTA · MF_ERR_DISK_FULL */
  async admit(request: AdmitRequest): Promise<{ post: PostDoc; link: LinkDoc }> {
    const admitted = await this.#admission.admit(request);
    await this.#added(admitted.link, admitted.post);
    return admitted;
  }

  /** The post of a key that this person may be given without a new fetch: their own account's, else the shared one. */
  async findPost(userId: string, key: string): Promise<PostDoc | null> {
    const { Post } = this.#options.models;
    const posts = await Post.find({ key, scope: { $in: [SHARED_SCOPE, userId] }, state: 'ready' }).lean();
    return posts.find(({ scope }) => scope === userId) ?? posts[0] ?? null;
  }

  /** Puts a post into a person's library, out of the trash too. @throws MF_ERR_STATE when it was just removed · MF_ERR_QUOTA */
  async linkExisting(post: PostDoc, userId: string): Promise<LinkDoc> {
    const link = await this.#admission.linkExisting(post, userId);
    await this.#added(link, post);
    return link;
  }

  /**
   * Removes a post for good; a file goes with its last reference.
   * @param options.tombstone whether what runs by itself may not bring it back @default true
   * @throws MF_ERR_UNKNOWN · MF_ERR_MOUNT_MISSING: a file that is out of reach would never be deleted
   */
  async remove(linkId: string, userId: string, options: { tombstone?: boolean } = {}): Promise<RemovalResult> {
    return this.#remove(linkId, userId, undefined, options.tombstone);
  }

  /** Keeps everything, for some days, out of sight. @throws MF_ERR_UNKNOWN */
  async trash(linkId: string, userId: string): Promise<LinkDoc> {
    const link = await this.#refiled(linkId, userId, async () => this.#trash.put(linkId, userId));
    this.events.emit('removed', { userId, linkId });
    return link;
  }

  /** Takes a post out of the trash. @throws MF_ERR_UNKNOWN also when the trash was just emptied */
  async restore(linkId: string, userId: string): Promise<LinkDoc> {
    const link = await this.#refiled(linkId, userId, async () => this.#trash.restore(linkId, userId));
    await this.#added(link);
    return link;
  }

  /** Removes for good what is in a person's trash, except what is restored meanwhile. @throws MF_ERR_MOUNT_MISSING */
  async emptyTrash(userId: string): Promise<RemovalResult[]> {
    const results: RemovalResult[] = [];
    for (const id of await this.#trash.idsOf(userId)) {
      const removed = await this.#removeIfTrashed(id.toHexString(), userId);
      if (removed !== undefined) results.push(removed);
    }
    return results;
  }

  /** Removes for good what has been in the trash for as long as the settings say. Gives how many. */
  async purgeTrash(): Promise<number> {
    const { trashDays } = await this.#options.settings.read();
    let purged = 0;
    for (;;) {
      const overdue = await this.#trash.overdue(trashDays, PURGE_BATCH);
      for (const { _id, user } of overdue) {
        if ((await this.#removeIfTrashed(_id.toHexString(), user.toHexString())) !== undefined) purged += 1;
      }
      if (overdue.length < PURGE_BATCH) return purged;
    }
  }

  /** Whether the person has thrown this post away: follows and bulk imports do not bring it back. */
  async isDeclined(userId: string, key: string): Promise<boolean> {
    const { models, tombstones } = this.#options;
    if (await tombstones.has(userId, key)) return true;
    return (await models.Link.exists({ user: userId, key, state: { $in: ['trashed', 'removing'] } })) !== null;
  }

  /** The person asks for the post: an earlier deletion does not count any more. */
  async forgive(userId: string, key: string): Promise<void> {
    await this.#options.tombstones.clear(userId, key);
  }

  /** What {@link remove} would do to the files. @throws MF_ERR_UNKNOWN */
  async impact(linkId: string, userId: string): Promise<{ files: number; bytes: number; keptFiles: number }> {
    const entry = await this.query.entry(userId, linkId, ['active', 'trashed']);
    if (entry === null || entry.foreign === true)
      throw new CodedError('MF_ERR_UNKNOWN', 'This post is not in your library.');
    const { post } = entry;
    if (post.refCount > 1) return { files: 0, bytes: 0, keptFiles: distinctItems(post).length };
    return this.#options.media.impactOf(post._id);
  }

  async entryOfKey(userId: string, key: string): Promise<LibraryEntry | null> {
    const { Link } = this.#options.models;
    const link = await Link.findOne({ user: userId, key, state: 'active' }).lean();
    return link === null ? null : ((await this.query.withPosts([link]))[0] ?? null);
  }

  /** Finishes what a crash left between two states. `mine` also takes leases of this server that have not run out. */
  async reconcile(mine: boolean): Promise<void> {
    await this.#janitor.reconcile(mine);
  }

  /** Compares documents and files with each other. @throws MF_ERR_MOUNT_MISSING */
  async fsck(options: FsckOptions = {}): Promise<FsckReport> {
    return this.#fsck.run(options);
  }

  async #removeIfTrashed(linkId: string, userId: string): Promise<RemovalResult | undefined> {
    try {
      return await this.#remove(linkId, userId, ['trashed']);
    } catch (error) {
      // Restored or removed meanwhile: the state decides, in one update.
      if (error instanceof CodedError && error.code === 'MF_ERR_UNKNOWN') return undefined;
      throw error;
    }
  }

  async #remove(
    linkId: string,
    userId: string,
    states?: readonly LinkState[],
    tombstone = true,
  ): Promise<RemovalResult> {
    const { media, tombstones } = this.#options;
    if (!(await media.mounted()))
      throw new CodedError('MF_ERR_MOUNT_MISSING', 'The media folder is not mounted. Nothing can be removed now.');
    const result = await this.#refiled(linkId, userId, async () =>
      this.#removal.remove(linkId, userId, states, async (key) => {
        if (tombstone) await tombstones.raise(userId, key);
      }),
    );
    this.events.emit('removed', { userId, linkId });
    return result;
  }

  /** A change after which the folders and tags of a link have another count. */
  async #refiled<T>(linkId: string, userId: string, change: () => Promise<T>): Promise<T> {
    const link = await this.#options.models.Link.findOne({ _id: linkId, user: userId }).lean();
    if (link === null) return change();
    const tags = await this.#tagsOf(link);
    return this.folders.totals.around(link.folders, async () => this.tags.around(link.user, tags, change));
  }

  /** The person's own and the post's, as they are written. */
  async #tagsOf({ post, tags }: LinkDoc, known?: Pick<PostDoc, 'hashtags'>): Promise<string[]> {
    const found = known ?? (await this.#options.models.Post.findById(post, { hashtags: 1 }).lean());
    return [...(found?.hashtags ?? []), ...tags];
  }

  /**
   * A post that is there has no tombstone: it would outlive the next removal of another kind.
   * @throws MF_ERR_UNKNOWN when the person has gone meanwhile: whoever cleans up behind them may have passed already
   */
  async #added(link: LinkDoc, post?: PostDoc): Promise<void> {
    const userId = link.user.toString();
    if ((await this.#options.isGone?.(userId)) === true) {
      await this.#remove(link._id.toString(), userId, undefined, false);
      throw new CodedError('MF_ERR_UNKNOWN', 'There is no such account any more.');
    }
    await this.#options.tombstones.clear(userId, link.key);
    // It may have come out of the trash, into the folders that it was in.
    await this.folders.totals.around(link.folders, async () => undefined);
    await this.tags.around(link.user, await this.#tagsOf(link, post), async () => undefined);
    this.events.emit('added', { userId, linkId: link._id.toString() });
  }
}
