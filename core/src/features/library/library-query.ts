import type { QueryFilter, Types } from 'mongoose';
import { CodedError } from '../../errors.ts';
import { formatCursor, listNameOf, parseCursor } from './cursor.rules.ts';
import type { Cursor } from './cursor.rules.ts';
import type { LibraryFilter } from './listing/library-filter.ts';
import type { FolderDoc } from './folders/folder-model.ts';
import { INBOX } from './listing/library-filter.ts';
import { ListReader } from './listing/list-reader.ts';
import type { ListScope } from './listing/list-reader.ts';
import { readMonths } from './listing/months.ts';
import { startOfSeed, valueOf } from './listing/list-sort.ts';
import type { LibrarySort } from './listing/list-sort.ts';
import type { LibraryModels, LinkDoc, LinkState, PostDoc } from './models.ts';
import { NOT_PRIVATE } from './sharing/folder-access.ts';
import type { FolderAccess } from './sharing/folder-access.ts';

export type { LibraryFilter } from './listing/library-filter.ts';
export type { LibrarySort } from './listing/list-sort.ts';

/** A post as a person sees it. */
export interface LibraryEntry {
  readonly link: LinkDoc;
  readonly post: PostDoc;
  /** Somebody else's, seen in a folder that they share. */
  readonly foreign?: true;
}

export interface LibraryPage {
  readonly items: LibraryEntry[];
  readonly nextCursor: string | null;
}

export interface PageOptions {
  readonly filter: LibraryFilter;
  /** @default 'added_desc' */
  readonly sort?: LibrarySort;
  /** Of a random order: the same seed, the same order. @default 0 */
  readonly seed?: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export const MAX_LIMIT = 200;
const COUNTED = 1000;

/** What a person has, filtered and sorted, by keyset. */
export class LibraryQuery {
  readonly #models: LibraryModels;
  readonly #access: FolderAccess;
  readonly #reader: ListReader;

  constructor(models: LibraryModels, access: FolderAccess) {
    this.#models = models;
    this.#access = access;
    this.#reader = new ListReader(models.Link);
  }

  /** @throws MF_ERR_VALIDATION for a cursor of another list, MF_ERR_UNKNOWN for a folder that is not the person's */
  async page(userId: string, options: PageOptions): Promise<LibraryPage> {
    const { links, nextCursor } = await this.links(await this.scope(userId, options.filter), options);
    return { items: await this.withPosts(links, userId), nextCursor };
  }

  /** The links of a page alone. */
  async links(scope: ListScope, options: PageOptions): Promise<{ links: LinkDoc[]; nextCursor: string | null }> {
    const { sort = 'added_desc', seed = 0, limit, cursor } = options;
    const list = this.nameOf(options);
    const size = Math.min(Math.max(1, limit), MAX_LIMIT);
    const after = cursor === undefined ? undefined : parseCursor(cursor, list);
    const found = await (sort === 'random'
      ? this.#shuffled(scope, startOfSeed(seed), size + 1, after)
      : this.#reader.read(scope, sort, size + 1, after));
    const links = found.slice(0, size);
    const last = found.length > size ? links.at(-1) : undefined;
    return { links, nextCursor: last === undefined ? null : this.cursorOf(last, options) };
  }

  /** The cursor behind one link of a list. */
  cursorOf(link: LinkDoc, options: Omit<PageOptions, 'limit'>): string {
    const value = valueOf(link, options.sort ?? 'added_desc');
    return formatCursor(this.nameOf(options), { value, id: link._id.toHexString() });
  }

  nameOf({ filter, sort = 'added_desc', seed = 0 }: Omit<PageOptions, 'limit'>): string {
    return listNameOf(sort === 'random' ? `${sort} ${seed}` : sort, filter);
  }

  /** Exact to 1,000. */
  async count(userId: string, filter: LibraryFilter): Promise<{ value: number; more: boolean }> {
    return this.countIn(await this.scope(userId, filter));
  }

  async countIn(scope: ListScope): Promise<{ value: number; more: boolean }> {
    const counted = await this.#reader.count(scope, COUNTED + 1);
    return { value: Math.min(counted, COUNTED), more: counted > COUNTED };
  }

  /** Months in which a list has something, newest first. */
  async months(userId: string, filter: LibraryFilter): Promise<string[]> {
    return readMonths(this.#reader, await this.scope(userId, filter));
  }

  /** How many posts a list has, exactly. */
  async size(scope: ListScope): Promise<number> {
    return this.#reader.count(scope);
  }

  /** One of the person's own posts, or one in a folder that is shared with them. */
  async entry(userId: string, linkId: string, states: readonly LinkState[] = ['active']): Promise<LibraryEntry | null> {
    const { Link } = this.#models;
    const own = await Link.findOne({ _id: linkId, user: userId, state: { $in: [...states] } }).lean();
    const link = own ?? (await this.#othersLink(userId, { _id: linkId }));
    return link === null ? null : ((await this.withPosts([link], userId))[0] ?? null);
  }

  async entryOfPost(userId: string, post: Types.ObjectId): Promise<LibraryEntry | null> {
    const link = await this.#models.Link.findOne({ user: userId, post, state: 'active' }).lean();
    return link === null ? null : ((await this.withPosts([link]))[0] ?? null);
  }

  /** The post that stands for a folder: the chosen one while it is there, else the newest. */
  async coverOf(viewerId: string, folder: FolderDoc): Promise<LibraryEntry | null> {
    return (await this.coversOf(viewerId, [folder]))[0] ?? null;
  }

  async #coverLink(viewerId: string, { _id, user, cover }: FolderDoc): Promise<LinkDoc | null> {
    const visible = user.toHexString() === viewerId ? {} : NOT_PRIVATE;
    const inFolder: QueryFilter<LinkDoc> = { user, state: 'active', folders: _id, ...visible };
    const { Link } = this.#models;
    const chosen = cover === undefined ? null : await Link.findOne({ _id: cover, ...inFolder }).lean();
    return chosen ?? Link.findOne(inFolder).sort({ addedAt: -1, _id: -1 }).hint('list_folders').lean();
  }

  /** The same for many, in the order of the folders: their posts are read together. */
  async coversOf(viewerId: string, folders: readonly FolderDoc[]): Promise<(LibraryEntry | null)[]> {
    const links = await Promise.all(folders.map(async (folder) => this.#coverLink(viewerId, folder)));
    const entries = await this.withPosts(
      links.filter((link) => link !== null),
      viewerId,
    );
    const byLink = new Map(entries.map((entry) => [entry.link, entry]));
    return links.map((link) => (link === null ? null : (byLink.get(link) ?? null)));
  }

  /** The post that holds a medium, if it is one of the person's or in a folder that is shared with them. */
  async postWithMedia(userId: string, media: string): Promise<PostDoc | null> {
    const lists = { $or: [{ 'items.media': media }, { 'renditions.media': media }] };
    const posts = await this.#models.Post.find({ ...lists, state: 'ready' }).lean();
    if (posts.length === 0) return null;
    const post = { $in: posts.map(({ _id }) => _id) };
    const state = { $in: ['active', 'trashed'] satisfies LinkState[] };
    const own = await this.#models.Link.findOne({ user: userId, post, state }).lean();
    const link = own ?? (await this.#othersLink(userId, { post }));
    return posts.find(({ _id }) => link?.post.equals(_id) === true) ?? null;
  }

  async withPosts(links: readonly LinkDoc[], viewerId?: string): Promise<LibraryEntry[]> {
    const posts = await this.#models.Post.find({ _id: { $in: links.map(({ post }) => post) } }).lean();
    const byId = new Map(posts.map((post) => [post._id.toHexString(), post]));
    return links.flatMap((link) => {
      const post = byId.get(link.post.toHexString());
      const foreign = viewerId !== undefined && link.user.toHexString() !== viewerId;
      return post === undefined ? [] : [{ link, post, ...(foreign && { foreign: true as const }) }];
    });
  }

  async #othersLink(viewerId: string, which: QueryFilter<LinkDoc>): Promise<LinkDoc | null> {
    const others = await this.#access.othersPosts(viewerId);
    return others === null ? null : this.#models.Link.findOne({ $and: [which, others] }).lean();
  }

  /**
   * What a filter means for a person: a folder may be somebody else's.
   * @throws MF_ERR_UNKNOWN for a folder that the person may not open · MF_ERR_FORBIDDEN for what is its owner's alone
   */
  async scope(userId: string, filter: LibraryFilter): Promise<ListScope> {
    const { folder: id, subfolders = false, favourite, trash } = filter;
    if (id === undefined || id === INBOX) return { user: userId, filter, folders: [], only: [] };
    const { folder, right, inside } = await this.#access.open(userId, id);
    const folders = subfolders ? inside : [folder._id];
    if (right === 'own') return { user: userId, filter, folders, only: [] };
    if (favourite !== undefined || trash !== undefined) throw new CodedError('MF_ERR_FORBIDDEN');
    return { user: folder.user.toHexString(), filter, folders, only: [NOT_PRIVATE] };
  }

  /** A shuffled list is a ring that is entered at the seed's place. */
  async #shuffled(scope: ListScope, start: number, wanted: number, after?: Cursor): Promise<LinkDoc[]> {
    const first = { ...scope, only: [...scope.only, { shuffle: { $gte: start } }] };
    const second = { ...scope, only: [...scope.only, { shuffle: { $lt: start } }] };
    if (after !== undefined && after.value < start) return this.#reader.read(second, 'random', wanted, after);
    const found = await this.#reader.read(first, 'random', wanted, after);
    if (found.length === wanted) return found;
    return [...found, ...(await this.#reader.read(second, 'random', wanted - found.length))];
  }
}
