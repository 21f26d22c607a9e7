import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';
import { leaseSchema } from '../../media/index.ts';
import type { Lease } from '../../media/index.ts';
import type { LibraryFilter } from '../listing/library-filter.ts';

/** What is done with many posts. Each may be done twice to a post. */
export const BULK_ACTIONS = [
  'addToFolder',
  'moveToFolder',
  'removeFromFolder',
  'toInbox',
  'favourite',
  'unfavourite',
  'addTags',
  'removeTags',
  'renameTag',
  'trash',
  'restore',
  'remove',
] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** `queued → running → done | cancelled | failed`; a running one whose server went is taken up by another. */
export const BULK_STATUSES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
export type BulkStatus = (typeof BULK_STATUSES)[number];

export interface BulkOptions {
  readonly folder?: string;
  readonly from?: string;
  readonly tags?: readonly string[];
  /** New name of a tag. */
  readonly to?: string;
}

export interface BulkDoc {
  readonly _id: Types.ObjectId;
  readonly user: Types.ObjectId;
  readonly action: BulkAction;
  readonly options: BulkOptions;
  readonly filter?: LibraryFilter;
  readonly ids?: string[];
  readonly status: BulkStatus;
  readonly total: number;
  readonly done: number;
  /** Of those done: what could not be changed. */
  readonly failed: number;
  /** How far it is. */
  readonly cursor?: string;
  readonly errorCode?: string;
  readonly lease?: Lease;
  readonly createdAt: Date;
}

export interface BulkModels {
  readonly BulkJob: Model<BulkDoc>;
}

const KEPT_SECONDS = 7 * 24 * 60 * 60;

export function createBulkModels(connection: Connection): BulkModels {
  const bulk = new Schema<BulkDoc>(
    {
      user: { type: Schema.Types.ObjectId, required: true },
      action: { type: String, required: true },
      options: { type: Schema.Types.Mixed, required: true },
      filter: Schema.Types.Mixed,
      ids: { type: [String], default: undefined },
      status: { type: String, required: true },
      total: { type: Number, required: true },
      done: { type: Number, required: true },
      failed: { type: Number, required: true },
      cursor: String,
      errorCode: String,
      lease: leaseSchema,
      createdAt: { type: Date, required: true, expires: KEPT_SECONDS },
    },
    { minimize: false },
  );
  bulk.index({ user: 1, createdAt: -1 });
  bulk.index({ status: 1 }, { partialFilterExpression: { status: { $in: ['queued', 'running'] } } });
  return { BulkJob: connection.model<BulkDoc>('BulkJob', bulk) };
}
