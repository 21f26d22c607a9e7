import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';
import type { ItemKind } from '@mediafetcher/sdk';

/** `publishing → ready → deleting → (gone)` */
export type MediaState = 'publishing' | 'ready' | 'deleting';

/** Who works on a document that is in a state between two others, and until when that can be believed. */
export interface Lease {
  readonly server: string;
  readonly token: string;
  readonly until: Date;
}

/** One document a content hash. */
export interface MediaDoc {
  readonly _id: Types.ObjectId;
  readonly sha256: string;
  readonly ext: string;
  readonly mime: string;
  readonly kind: ItemKind;
  /** Bytes. */
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
  /** Seconds. */
  readonly duration?: number;
  /** Base64. */
  readonly thumbhash?: string;
  /** Widths that lie in thumbs/. */
  readonly thumbnails: number[];
  readonly state: MediaState;
  readonly lease?: Lease;
  /** Posts that hold it. */
  readonly refs: Types.ObjectId[];
  readonly refCount: number;
  /** Token of the lease under which a post last took it: who looked before that lets nothing go. */
  readonly takenUnder?: string;
}

export const leaseSchema = new Schema<Lease>({ server: String, token: String, until: Date }, { _id: false });

export function createMediaModel(connection: Connection): Model<MediaDoc> {
  const schema = new Schema<MediaDoc>({
    sha256: { type: String, required: true, unique: true },
    ext: { type: String, required: true },
    mime: { type: String, required: true },
    kind: { type: String, required: true },
    size: { type: Number, required: true },
    width: Number,
    height: Number,
    duration: Number,
    thumbhash: String,
    thumbnails: { type: [Number], required: true },
    state: { type: String, required: true },
    lease: leaseSchema,
    refs: { type: [Schema.Types.ObjectId], required: true, index: true },
    refCount: { type: Number, required: true },
    takenUnder: String,
  });
  // The janitor looks at the few that are between two states.
  schema.index({ state: 1 }, { partialFilterExpression: { state: { $in: ['publishing', 'deleting'] } } });
  schema.index({ refCount: 1 }, { partialFilterExpression: { refCount: 0 } });
  return connection.model<MediaDoc>('Media', schema, 'media');
}
