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
  /** The job that this one takes back; action and options are that one's. */
  readonly undoes?: Types.ObjectId;
  /** What takes it back is noted from its first batch on. */
  readonly keepsSteps?: boolean;
  readonly lease?: Lease;
  readonly createdAt: Date;
}

/** What takes a change of some posts back. */
export interface UndoPart {
  readonly action: BulkAction;
  readonly options: BulkOptions;
  /** Of links. */
  readonly ids: readonly string[];
}

/** What takes one batch of a job back. */
export interface BulkStepDoc {
  readonly _id: Types.ObjectId;
  readonly job: Types.ObjectId;
  readonly user: Types.ObjectId;
  readonly undo: UndoPart[];
  readonly createdAt: Date;
}

export interface BulkModels {
  readonly BulkJob: Model<BulkDoc>;
  readonly BulkStep: Model<BulkStepDoc>;
}

const DAY_SECONDS = 24 * 60 * 60;
const KEPT_SECONDS = 7 * DAY_SECONDS;

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
      undoes: Schema.Types.ObjectId,
      keepsSteps: Boolean,
      lease: leaseSchema,
      createdAt: { type: Date, required: true, expires: KEPT_SECONDS },
    },
    { minimize: false },
  );
  bulk.index({ user: 1, createdAt: -1 });
  bulk.index({ status: 1 }, { partialFilterExpression: { status: { $in: ['queued', 'running'] } } });
  const step = new Schema<BulkStepDoc>(
    {
      job: { type: Schema.Types.ObjectId, required: true },
      user: { type: Schema.Types.ObjectId, required: true, index: true },
      undo: { type: Schema.Types.Mixed, required: true },
      createdAt: { type: Date, required: true, expires: DAY_SECONDS },
    },
    { minimize: false },
  );
  step.index({ job: 1, _id: 1 });
  return {
    BulkJob: connection.model<BulkDoc>('BulkJob', bulk),
    BulkStep: connection.model<BulkStepDoc>('BulkStep', step),
  };
}
