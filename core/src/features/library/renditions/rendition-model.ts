import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';
import type { FailureCode } from '@mediafetcher/sdk';
import { leaseSchema } from '../../media/index.ts';
import type { Lease } from '../../media/index.ts';
import type { HeldReason } from './failed-render.rules.ts';

export type RenditionStatus = 'queued' | 'running' | 'failed';

/** That an item of a post is to be made playable: one for each, however often it is asked for. It goes when it is done. */
export interface RenditionJobDoc {
  readonly _id: Types.ObjectId;
  readonly post: Types.ObjectId;
  /** The item's medium. */
  readonly media: Types.ObjectId;
  /** Who wants it; none in jobs of an earlier version. */
  readonly askers?: readonly Types.ObjectId[];
  readonly status: RenditionStatus;
  /** Why it is not made although it may be its turn. */
  readonly heldReason?: HeldReason;
  /** What was made is being put into the store: it is too late to cancel. */
  readonly storing?: boolean;
  readonly askedAt: Date;
  /** Counts on for ever: names the folder in staging. */
  readonly attempt: number;
  /** Since it was last asked for. */
  readonly tries: number;
  /** 0-100. */
  readonly progress: number;
  readonly errorCode?: FailureCode;
  readonly message?: string;
  /** Which server works on it, and until when that can be believed. */
  readonly lease?: Lease;
}

export interface RenditionModels {
  readonly RenditionJob: Model<RenditionJobDoc>;
}

export function createRenditionModels(connection: Connection): RenditionModels {
  const job = new Schema<RenditionJobDoc>({
    post: { type: Schema.Types.ObjectId, required: true },
    media: { type: Schema.Types.ObjectId, required: true },
    askers: [Schema.Types.ObjectId],
    status: { type: String, required: true },
    heldReason: String,
    storing: Boolean,
    askedAt: { type: Date, required: true },
    attempt: { type: Number, required: true },
    tries: { type: Number, required: true },
    progress: { type: Number, required: true },
    errorCode: String,
    message: String,
    lease: leaseSchema,
  });
  job.index({ post: 1, media: 1 }, { unique: true });
  job.index({ status: 1, askedAt: 1 });
  job.index({ askers: 1, status: 1 });
  return { RenditionJob: connection.model<RenditionJobDoc>('RenditionJob', job) };
}
