import { Schema } from 'mongoose';
import type { Connection, Model, Types } from 'mongoose';
import type { FailureCode, LinkMatch } from '@mediafetcher/sdk';
import type { StagedResult, StageName } from '../../channel/messages.ts';
import type { JarRef } from '../vault/index.ts';
import type { ListState } from './parents/list-state.ts';
import type { DownloadStatus } from './statuses.ts';

export { ACTIVE, STATUSES } from './statuses.ts';
export type { DownloadStatus } from './statuses.ts';

/** Where a post goes in a person's library. */
export interface Filing {
  readonly folder?: Types.ObjectId;
  readonly tags?: readonly string[];
  /** Set once it is done. */
  readonly doneAt?: Date;
  /** Code of a refusal: the folder was not there any more, or may not have the post. */
  readonly problem?: string;
}

/** What a person asked for and what became of it. The collection is the queue. */
export interface DownloadDoc {
  readonly _id: Types.ObjectId;
  readonly user: Types.ObjectId;
  /** The address as it was sent. */
  readonly url: string;
  readonly link: LinkMatch;
  readonly key?: string;
  /** `user key` while the download is not over: of two submits of one post one record is made. */
  readonly activeKey?: string;
  readonly options: Record<string, unknown>;
  /** The person's own request headers: their names, and all of them sealed. */
  readonly headers?: { readonly names: readonly string[]; readonly sealed: Buffer };
  /** Name of the person's account of the platform, where they chose one. */
  readonly account?: string;
  /** What the platform counts the present attempt for: one of everybody's accounts, see features/platforms. */
  readonly usedAccount?: string;
  /** The present attempt shows whether the platform serves us again: it asks it as little as may be. */
  readonly probe?: boolean;
  /** An attempt of that kind ended without a word of the platform; the next one asks by all ways. */
  readonly probed?: boolean;
  /** The session that the present attempt was given. */
  readonly jar?: JarRef;
  readonly status: DownloadStatus;
  readonly stage?: StageName;
  /** 0-100. */
  readonly progress: number;
  readonly indeterminate: boolean;
  readonly speed?: number;
  readonly eta?: number;
  readonly totalBytes?: number;
  readonly filename?: string;
  readonly outputPath?: string;
  readonly errorCode?: FailureCode;
  readonly errorMessage?: string;
  /** Claims so far; each worker message carries its attempt. */
  readonly attempt: number;
  /** Attempts before the last retry by a person. */
  readonly attemptBase: number;
  readonly priority: number;
  /** Order of submission. */
  readonly seq: number;
  readonly notBefore: Date;
  readonly heldUntil?: Date;
  readonly heldReason?: string;
  /** It did not fit on the disk: it begins when so many bytes are free beyond the reserve, or at that time. */
  readonly room?: { readonly bytes: number; readonly until: Date };
  /** How often it has begun at that time, without the room. */
  readonly blindTries?: number;
  /** The download of the same post that this one waits for. */
  readonly waitsFor?: Types.ObjectId;
  readonly server?: string;
  readonly worker?: string;
  readonly slot?: number;
  readonly fence?: number;
  readonly leaseUntil?: Date;
  /** Workers that went silent with this download since a person last asked for it. */
  readonly lostWorkers?: number;
  /** What a worker has staged, while the media folder is not there to take it. */
  readonly staged?: StagedResult;
  /** True once any attempt was given the person's cookies: what one attempt leaves serves the next. */
  readonly usesCookies: boolean;
  /** True when the present attempt's worker could not be given the person's cookies or headers in confidence. */
  readonly secretsWithheld?: boolean;
  readonly meta: { readonly title?: string; readonly author?: string };
  readonly post?: Types.ObjectId;
  /** Of a post of a profile or a list: that download. */
  readonly parent?: Types.ObjectId;
  /** How a post of a list ended without a download: it was in the library, or the person has deleted it. */
  readonly outcome?: 'existing' | 'declined';
  /** Of a profile or a list. */
  readonly list?: ListState;
  /** Where the post is filed once it is there. */
  readonly filing?: Filing;
  readonly dismissed: boolean;
  readonly createdAt: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
}

export interface SlotDoc {
  readonly _id: number;
  readonly owner: string;
  readonly server: string;
  readonly until: Date;
  readonly fence: number;
  /** Of the download that has it. */
  readonly platform?: string;
  /** One of the places of a platform that has a limit of its own. */
  readonly lane?: string;
}

interface CounterDoc {
  readonly _id: string;
  readonly value: number;
}

export interface DownloadModels {
  readonly Download: Model<DownloadDoc>;
  readonly Slot: Model<SlotDoc>;
  readonly Counter: Model<CounterDoc>;
}

export function createDownloadModels(connection: Connection): DownloadModels {
  const slot = new Schema<SlotDoc>({
    _id: Number,
    owner: String,
    server: String,
    until: Date,
    fence: Number,
    platform: String,
    lane: String,
  });
  slot.index({ lane: 1 }, { unique: true, partialFilterExpression: { lane: { $exists: true } } });
  const counter = new Schema<CounterDoc>({ _id: String, value: Number });
  return {
    Download: createDownloadModel(connection),
    Slot: connection.model<SlotDoc>('Slot', slot),
    Counter: connection.model<CounterDoc>('Counter', counter),
  };
}

function createDownloadModel(connection: Connection): Model<DownloadDoc> {
  const schema = new Schema<DownloadDoc>(
    {
      user: { type: Schema.Types.ObjectId, required: true },
      url: { type: String, required: true },
      link: { type: Schema.Types.Mixed, required: true },
      key: String,
      activeKey: String,
      options: { type: Schema.Types.Mixed, required: true },
      headers: { type: new Schema({ names: [String], sealed: Buffer }, { _id: false }), required: false },
      account: String,
      usedAccount: String,
      probe: Boolean,
      probed: Boolean,
      jar: { type: new Schema({ account: String, savedAt: Date }, { _id: false }), required: false },
      status: { type: String, required: true },
      stage: String,
      progress: { type: Number, required: true },
      indeterminate: { type: Boolean, required: true },
      speed: Number,
      eta: Number,
      totalBytes: Number,
      filename: String,
      outputPath: String,
      errorCode: String,
      errorMessage: String,
      attempt: { type: Number, required: true },
      attemptBase: { type: Number, required: true },
      priority: { type: Number, required: true },
      seq: { type: Number, required: true },
      notBefore: { type: Date, required: true },
      heldUntil: Date,
      heldReason: String,
      room: { type: new Schema({ bytes: Number, until: Date }, { _id: false }), required: false },
      blindTries: Number,
      waitsFor: Schema.Types.ObjectId,
      server: String,
      worker: String,
      slot: Number,
      fence: Number,
      leaseUntil: Date,
      lostWorkers: Number,
      staged: Schema.Types.Mixed,
      usesCookies: { type: Boolean, required: true },
      secretsWithheld: Boolean,
      meta: { type: Schema.Types.Mixed, required: true },
      post: Schema.Types.ObjectId,
      parent: Schema.Types.ObjectId,
      outcome: String,
      list: Schema.Types.Mixed,
      filing: Schema.Types.Mixed,
      dismissed: { type: Boolean, required: true },
      createdAt: { type: Date, required: true },
      startedAt: Date,
      finishedAt: Date,
    },
    // An empty options or meta object is a value, not nothing.
    { minimize: false },
  );
  schema.index({ activeKey: 1 }, { unique: true, partialFilterExpression: { activeKey: { $exists: true } } });
  schema.index({ status: 1, priority: -1, seq: 1 });
  schema.index({ user: 1, parent: 1, seq: -1 });
  // A post has one download in its list.
  schema.index({ parent: 1, key: 1 }, { unique: true, partialFilterExpression: { parent: { $exists: true } } });
  schema.index({ parent: 1, status: 1, outcome: 1 }, { sparse: true });
  schema.index({ 'list.open': 1 }, { partialFilterExpression: { 'list.open': true } });
  schema.index({ 'list.fanOut': 1 }, { sparse: true });
  schema.index({ key: 1 });
  schema.index({ waitsFor: 1 }, { sparse: true });
  schema.index({ 'room.until': 1 }, { sparse: true });
  return connection.model<DownloadDoc>('Download', schema);
}
