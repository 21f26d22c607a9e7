import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';

/** `new → ready → deleting → (gone)`; only `ready` ones are seen. */
export type FolderState = 'new' | 'ready' | 'deleting';

/** What becomes of the posts of a deleted folder. */
export const FolderContent = {
  /** They leave the folder; those that are in no other are in the inbox. */
  keep: 'keep',
  /** They go to the folder above; from a top folder to the inbox. */
  parent: 'parent',
  /** Those that are in no other folder go to the trash. */
  trash: 'trash',
} as const;
export type FolderContent = keyof typeof FolderContent;

/** What somebody else may do in a folder and in those inside it. */
export const ShareRight = { read: 'read', add: 'add' } as const;
export type ShareRight = keyof typeof ShareRight;

export interface FolderShare {
  readonly user: Types.ObjectId;
  readonly right: ShareRight;
}

export interface FolderDoc {
  readonly _id: Types.ObjectId;
  readonly user: Types.ObjectId;
  readonly name: string;
  /** Null: at the top. */
  readonly parent: Types.ObjectId | null;
  /** Among its siblings; ascending. */
  readonly order: number;
  /** The link whose picture stands for it; else its newest. */
  readonly cover?: Types.ObjectId;
  readonly shares: FolderShare[];
  /** Posts that are in it, those of folders inside not counted. */
  readonly count: number;
  /** Set while the count may be wrong. */
  readonly stale?: string;
  readonly state: FolderState;
  readonly content?: FolderContent;
  /** The version of the tree that wrote it last. */
  readonly rev: number;
  readonly createdAt: Date;
}

/** A change of one folder, which may be made twice. */
export interface FolderWrite {
  readonly id: Types.ObjectId;
  readonly set: Partial<Pick<FolderDoc, 'name' | 'parent' | 'order' | 'state' | 'content'>>;
}

/** One for each person: folders change one after the other, and a change that a crash cut short is finished by the next. */
export interface FolderTreeDoc {
  /** The person's id. */
  readonly _id: Types.ObjectId;
  readonly version: number;
  readonly intent?: readonly FolderWrite[];
}

export interface FolderModels {
  readonly Folder: Model<FolderDoc>;
  readonly FolderTree: Model<FolderTreeDoc>;
}

export function createFolderModels(connection: Connection): FolderModels {
  const share = new Schema<FolderShare>(
    { user: { type: Schema.Types.ObjectId, required: true }, right: { type: String, required: true } },
    { _id: false },
  );
  const folder = new Schema<FolderDoc>({
    user: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    parent: { type: Schema.Types.ObjectId, default: null },
    order: { type: Number, required: true },
    cover: Schema.Types.ObjectId,
    shares: { type: [share], required: true },
    count: { type: Number, required: true },
    stale: String,
    state: { type: String, required: true },
    content: String,
    rev: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  });
  folder.index({ user: 1, state: 1 });
  folder.index({ 'shares.user': 1 });
  folder.index({ stale: 1 }, { sparse: true });
  folder.index({ state: 1 }, { partialFilterExpression: { state: { $in: ['new', 'deleting'] } } });
  const tree = new Schema<FolderTreeDoc>({
    _id: { type: Schema.Types.ObjectId, required: true },
    version: { type: Number, required: true },
    intent: { type: [Schema.Types.Mixed], default: undefined } as never,
  });
  return {
    Folder: connection.model<FolderDoc>('Folder', folder),
    FolderTree: connection.model<FolderTreeDoc>('FolderTree', tree),
  };
}
