import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';
import type { AuthorFacts, ItemKind } from '@mediafetcher/sdk';
import { leaseSchema } from '../media/index.ts';
import type { Lease } from '../media/index.ts';
import { createBulkModels } from './bulk/bulk-model.ts';
import type { BulkModels } from './bulk/bulk-model.ts';
import { createFolderModels } from './folders/folder-model.ts';
import type { FolderModels } from './folders/folder-model.ts';
import type { PostKind } from './post-kind.ts';
import { createRenditionModels } from './renditions/rendition-model.ts';
import type { RenditionModels } from './renditions/rendition-model.ts';
import { createTagModels } from './tags/tag-model.ts';
import type { TagModels } from './tags/tag-model.ts';
import { addListIndexes, linkListFields } from './listing/link-fields.ts';
import type { LinkListFields } from './listing/link-fields.ts';

export type { PostKind } from './post-kind.ts';

/** `publishing → ready → deleting → (gone)` */
export type PostState = 'publishing' | 'ready' | 'deleting';
/** `adding → active ⇄ trashed → removing → (gone)` */
export type LinkState = 'adding' | 'active' | 'trashed' | 'removing';

/** Scope of a post that nobody's account was needed for; else it is the person's id. */
export const SHARED_SCOPE = 'shared';

/** One item of a post, with the facts of its medium that lists and players need. */
export interface PostItem {
  readonly index: number;
  readonly media: Types.ObjectId;
  readonly sha256: string;
  readonly kind: ItemKind;
  readonly mime: string;
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
  readonly duration?: number;
  readonly thumbhash?: string;
  readonly thumbnails: number[];
}

/** A form of an item that every browser plays; the item's own file stays as it is. */
export interface PostRendition {
  /** The item's medium. */
  readonly of: Types.ObjectId;
  readonly media: Types.ObjectId;
  readonly sha256: string;
  readonly mime: string;
  readonly size: number;
}

export interface PostDoc {
  readonly _id: Types.ObjectId;
  readonly key: string;
  readonly scope: string;
  readonly platform: string;
  readonly url: string;
  readonly title?: string;
  readonly caption?: string;
  readonly author?: AuthorFacts;
  readonly hashtags: string[];
  readonly nsfw: boolean;
  readonly postedAt?: Date;
  readonly kind: PostKind;
  readonly items: PostItem[];
  /** Held like the items' media. */
  readonly renditions?: PostRendition[];
  /** Bytes of all items. */
  readonly size: number;
  readonly state: PostState;
  readonly lease?: Lease;
  /** Links that hold it. */
  readonly refs: Types.ObjectId[];
  readonly refCount: number;
}

/** A post in one person's library; what lists filter and sort by is copied in. */
export interface LinkDoc extends LinkListFields {
  readonly _id: Types.ObjectId;
  readonly user: Types.ObjectId;
  readonly post: Types.ObjectId;
  readonly key: string;
  readonly platform: string;
  readonly kind: PostKind;
  readonly terms: string[];
  readonly addedAt: Date;
  /** When it was posted, else when it was added. */
  readonly postedAt: Date;
  readonly state: LinkState;
  /** Only of what is in the trash. */
  readonly trashedAt?: Date;
  readonly lease?: Lease;
}

export interface LibraryModels extends FolderModels, TagModels, BulkModels, RenditionModels {
  readonly Post: Model<PostDoc>;
  readonly Link: Model<LinkDoc>;
}

export function createLibraryModels(connection: Connection): LibraryModels {
  return {
    Post: createPostModel(connection),
    Link: createLinkModel(connection),
    ...createFolderModels(connection),
    ...createTagModels(connection),
    ...createBulkModels(connection),
    ...createRenditionModels(connection),
  };
}

function createPostModel(connection: Connection): Model<PostDoc> {
  const item = new Schema<PostItem>(
    {
      index: { type: Number, required: true },
      media: { type: Schema.Types.ObjectId, required: true },
      sha256: { type: String, required: true },
      kind: { type: String, required: true },
      mime: { type: String, required: true },
      size: { type: Number, required: true },
      width: Number,
      height: Number,
      duration: Number,
      thumbhash: String,
      thumbnails: { type: [Number], required: true },
    },
    { _id: false },
  );
  const rendition = new Schema<PostRendition>(
    {
      of: { type: Schema.Types.ObjectId, required: true },
      media: { type: Schema.Types.ObjectId, required: true },
      sha256: { type: String, required: true },
      mime: { type: String, required: true },
      size: { type: Number, required: true },
    },
    { _id: false },
  );
  const author = new Schema<AuthorFacts>(
    { id: String, handle: String, name: String, url: String },
    { _id: false, id: false },
  );
  const post = new Schema<PostDoc>({
    key: { type: String, required: true },
    scope: { type: String, required: true },
    platform: { type: String, required: true },
    url: { type: String, required: true },
    title: String,
    caption: String,
    author,
    hashtags: { type: [String], required: true },
    nsfw: { type: Boolean, required: true },
    postedAt: Date,
    kind: { type: String, required: true },
    items: { type: [item], required: true },
    renditions: { type: [rendition], default: undefined },
    size: { type: Number, required: true },
    state: { type: String, required: true },
    lease: leaseSchema,
    refs: { type: [Schema.Types.ObjectId], required: true },
    refCount: { type: Number, required: true },
  });
  post.index({ key: 1, scope: 1 }, { unique: true });
  post.index({ 'items.media': 1 });
  post.index({ 'renditions.media': 1 }, { sparse: true });
  post.index({ state: 1 }, { partialFilterExpression: { state: { $in: ['publishing', 'deleting'] } } });
  post.index({ 'lease.until': 1 }, { sparse: true });
  return connection.model<PostDoc>('Post', post);
}

function createLinkModel(connection: Connection): Model<LinkDoc> {
  const link = new Schema<LinkDoc>({
    user: { type: Schema.Types.ObjectId, required: true },
    post: { type: Schema.Types.ObjectId, required: true },
    key: { type: String, required: true },
    platform: { type: String, required: true },
    kind: { type: String, required: true },
    terms: { type: [String], required: true },
    addedAt: { type: Date, required: true },
    postedAt: { type: Date, required: true },
    state: { type: String, required: true },
    trashedAt: Date,
    lease: leaseSchema,
    ...linkListFields,
  });
  link.index({ user: 1, post: 1 }, { unique: true });
  link.index({ post: 1 });
  addListIndexes(link);
  link.index({ state: 1 }, { partialFilterExpression: { state: { $in: ['adding', 'removing'] } } });
  link.index({ trashedAt: 1 }, { sparse: true });
  return connection.model<LinkDoc>('Link', link);
}
