import type { QueryFilter, Types } from 'mongoose';
import { formatCursor, parseCursor } from './cursor.rules.ts';
import type { LibraryModels, LinkDoc, PostDoc, PostKind } from './models.ts';
import { parseTerms } from './terms.rules.ts';

export const LibrarySort = {
  added_desc: { field: 'addedAt', direction: -1 },
  added_asc: { field: 'addedAt', direction: 1 },
  posted_desc: { field: 'postedAt', direction: -1 },
  posted_asc: { field: 'postedAt', direction: 1 },
} as const;
export type LibrarySort = keyof typeof LibrarySort;

export interface LibraryFilter {
  readonly kind?: PostKind;
  readonly platform?: string;
  /** Words or beginnings of words. */
  readonly q?: string;
  readonly from?: Date;
  readonly to?: Date;
}

/** A post as a person sees it. */
export interface LibraryEntry {
  readonly link: LinkDoc;
  readonly post: PostDoc;
}

export interface LibraryPage {
  readonly items: LibraryEntry[];
  readonly nextCursor: string | null;
}

const MAX_LIMIT = 200;
const COUNTED = 1000;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** What a person has, filtered and sorted, by keyset. */
export class LibraryQuery {
  readonly #models: LibraryModels;

  constructor(models: LibraryModels) {
    this.#models = models;
  }

  /** @throws MF_ERR_VALIDATION for a cursor of another list */
  async page(
    userId: string,
    filter: LibraryFilter,
    sort: LibrarySort,
    limit: number,
    cursor?: string,
  ): Promise<LibraryPage> {
    const { field, direction } = LibrarySort[sort];
    const size = Math.min(Math.max(1, limit), MAX_LIMIT);
    const links = await this.#models.Link.find({ $and: [whereOf(userId, filter), afterOf(cursor, sort)] })
      .sort({ [field]: direction, _id: direction })
      .limit(size + 1)
      .lean();
    const shown = links.slice(0, size);
    const last = links.length > size ? shown.at(-1) : undefined;
    const nextCursor =
      last === undefined ? null : formatCursor({ sort, value: last[field].getTime(), id: last._id.toHexString() });
    return { items: await this.withPosts(shown), nextCursor };
  }

  /** Exact to 1,000. */
  async count(userId: string, filter: LibraryFilter): Promise<{ value: number; more: boolean }> {
    const counted = await this.#models.Link.countDocuments(whereOf(userId, filter), { limit: COUNTED + 1 });
    return { value: Math.min(counted, COUNTED), more: counted > COUNTED };
  }

  async entry(userId: string, linkId: string): Promise<LibraryEntry | null> {
    const link = await this.#models.Link.findOne({ _id: linkId, user: userId, state: 'active' }).lean();
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
      state: 'active',
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
}

function whereOf(userId: string, { kind, platform, q, from, to }: LibraryFilter): QueryFilter<LinkDoc> {
  const words = q === undefined ? [] : parseTerms([q]);
  const dates = { ...(from && { $gte: from }), ...(to && { $lte: to }) };
  return {
    user: userId,
    state: 'active',
    ...(kind && { kind }),
    ...(platform !== undefined && { platform }),
    ...((from ?? to) && { addedAt: dates }),
    ...(words.length > 0 && {
      $and: words.map((word) => ({ terms: new RegExp(`^${word.replace(SPECIAL, '\\$&')}`) })),
    }),
  };
}

function afterOf(cursor: string | undefined, sort: LibrarySort): QueryFilter<LinkDoc> {
  if (cursor === undefined) return {};
  const { value, id } = parseCursor(cursor, sort);
  const { field, direction } = LibrarySort[sort];
  const beyond = direction === 1 ? '$gt' : '$lt';
  const at = new Date(value);
  return { $or: [{ [field]: { [beyond]: at } }, { [field]: at, _id: { [beyond]: id } }] };
}
