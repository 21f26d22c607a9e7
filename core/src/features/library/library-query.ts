import type { Types } from 'mongoose';
import { formatCursor, listNameOf, parseCursor } from './cursor.rules.ts';
import type { Cursor } from './cursor.rules.ts';
import type { LibraryFilter } from './listing/list-filter.rules.ts';
import { ListReader } from './listing/list-reader.ts';
import type { ListScope } from './listing/list-reader.ts';
import { startOfSeed, valueOf } from './listing/list-sort.ts';
import type { LibrarySort } from './listing/list-sort.ts';
import type { LibraryModels, LinkDoc, LinkState, PostDoc } from './models.ts';

export type { LibraryFilter } from './listing/list-filter.rules.ts';
export type { LibrarySort } from './listing/list-sort.ts';

/** A post as a person sees it. */
export interface LibraryEntry {
  readonly link: LinkDoc;
  readonly post: PostDoc;
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
  readonly #reader: ListReader;

  constructor(models: LibraryModels) {
    this.#models = models;
    this.#reader = new ListReader(models.Link);
  }

  /** @throws MF_ERR_VALIDATION for a cursor of another list, MF_ERR_UNKNOWN for a folder that is not the person's */
  async page(userId: string, options: PageOptions): Promise<LibraryPage> {
    const { links, nextCursor } = await this.links(await this.#scope(userId, options.filter), options);
    return { items: await this.withPosts(links), nextCursor };
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
    return this.countIn(await this.#scope(userId, filter));
  }

  async countIn(scope: ListScope): Promise<{ value: number; more: boolean }> {
    const counted = await this.#reader.count(scope, COUNTED + 1);
    return { value: Math.min(counted, COUNTED), more: counted > COUNTED };
  }

  async entry(userId: string, linkId: string, states: readonly LinkState[] = ['active']): Promise<LibraryEntry | null> {
    const link = await this.#models.Link.findOne({ _id: linkId, user: userId, state: { $in: [...states] } }).lean();
    return link === null ? null : ((await this.withPosts([link]))[0] ?? null);
  }

  async entryOfPost(userId: string, post: Types.ObjectId): Promise<LibraryEntry | null> {
    const link = await this.#models.Link.findOne({ user: userId, post, state: 'active' }).lean();
    return link === null ? null : ((await this.withPosts([link]))[0] ?? null);
  }

  /** Whether one of the person's posts holds the medium; gives the post. */
  async postWithMedia(userId: string, media: string): Promise<PostDoc | null> {
    const posts = await this.#models.Post.find({ 'items.media': media, state: 'ready' }).lean();
    if (posts.length === 0) return null;
    const link = await this.#models.Link.findOne({
      user: userId,
      post: { $in: posts.map(({ _id }) => _id) },
      state: { $in: ['active', 'trashed'] },
    }).lean();
    return posts.find(({ _id }) => link?.post.equals(_id) === true) ?? null;
  }

  async withPosts(links: readonly LinkDoc[]): Promise<LibraryEntry[]> {
    const posts = await this.#models.Post.find({ _id: { $in: links.map(({ post }) => post) } }).lean();
    const byId = new Map(posts.map((post) => [post._id.toHexString(), post]));
    return links.flatMap((link) => {
      const post = byId.get(link.post.toHexString());
      return post === undefined ? [] : [{ link, post }];
    });
  }

  /** The list of a person; what a folder stands for is looked up. */
  async #scope(userId: string, filter: LibraryFilter): Promise<ListScope> {
    return { user: userId, filter, folders: [] };
  }

  /** A shuffled list is a ring that is entered at the seed's place. */
  async #shuffled(scope: ListScope, start: number, wanted: number, after?: Cursor): Promise<LinkDoc[]> {
    const first = { shuffle: { $gte: start } };
    const second = { shuffle: { $lt: start } };
    if (after !== undefined && after.value < start)
      return this.#reader.read({ ...scope, only: second }, 'random', wanted, after);
    const found = await this.#reader.read({ ...scope, only: first }, 'random', wanted, after);
    if (found.length === wanted) return found;
    return [...found, ...(await this.#reader.read({ ...scope, only: second }, 'random', wanted - found.length))];
  }
}
