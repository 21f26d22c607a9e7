import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';

/** A tag that a person's posts have, their own or the posts'. */
export interface TagDoc {
  readonly _id: Types.ObjectId;
  readonly user: Types.ObjectId;
  /** Folded: what is the same tag. */
  readonly label: string;
  /** As it was first written. */
  readonly name: string;
  /** Posts that have it. */
  readonly count: number;
  /** Set while the count may be wrong. */
  readonly stale?: string;
}

export interface TagModels {
  readonly Tag: Model<TagDoc>;
}

export function createTagModels(connection: Connection): TagModels {
  const tag = new Schema<TagDoc>({
    user: { type: Schema.Types.ObjectId, required: true },
    label: { type: String, required: true },
    name: { type: String, required: true },
    count: { type: Number, required: true },
    stale: String,
  });
  tag.index({ user: 1, label: 1 }, { unique: true });
  tag.index({ user: 1, count: -1, label: 1 });
  tag.index({ stale: 1 }, { sparse: true });
  return { Tag: connection.model<TagDoc>('Tag', tag) };
}
