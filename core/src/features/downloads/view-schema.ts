import Type from 'typebox';
import type { TSchema, TUnion, TNull } from 'typebox';
import { StageName } from '../../channel/messages.ts';
import { FAILURE_ACTIONS } from './failure-help.ts';
import { STATUSES } from './model.ts';

const orNull = <Schema extends TSchema>(schema: Schema): TUnion<[Schema, TNull]> => Type.Union([schema, Type.Null()]);
const Instant = Type.String({ format: 'date-time' });

/** How the posts of a profile or a list are doing. */
const Children = Type.Object(
  {
    ...{ total: Type.Integer(), queued: Type.Integer(), running: Type.Integer(), paused: Type.Integer() },
    ...{ failed: Type.Integer(), cancelled: Type.Integer() },
    added: Type.Integer({ description: 'New in the library.' }),
    existing: Type.Integer({ description: 'In the library before: not fetched again.' }),
    declined: Type.Integer({ description: 'Left out: the person has deleted them.' }),
    limit: Type.Integer({ description: 'So many posts are wanted at most.' }),
    listed: Type.Boolean({ description: 'False while the list is read.' }),
    listErrorCode: orNull(Type.String({ description: 'Why the list could not be read to its end.' })),
  },
  { description: 'Of a profile or a list.' },
);

const Filing = Type.Object(
  {
    folderId: orNull(Type.String()),
    tags: Type.Array(Type.String()),
    done: Type.Boolean(),
    problem: orNull(Type.String({ description: 'Why the post is in the inbox instead of the folder.' })),
  },
  { description: 'Where the post is filed once it is there.' },
);

/** What OpenAPI says of a download's record; view.ts makes it. */
export const DownloadRecord = Type.Object({
  id: Type.String(),
  url: Type.String({ description: 'The address as it was sent.' }),
  connector: Type.String(),
  platform: Type.String(),
  key: orNull(Type.String({ description: 'Canonical key, once it is known.' })),
  type: Type.String({ enum: ['post', 'share', 'profile', 'listing'] }),
  status: Type.String({ enum: [...STATUSES] }),
  stage: orNull(StageName),
  progress: Type.Number({ description: '0-100 over the whole job; never goes back within an attempt.' }),
  indeterminate: Type.Boolean({ description: "True while the stage's length is unknown." }),
  speed: orNull(Type.Number({ description: 'Bytes per second.' })),
  eta: orNull(Type.Number({ description: 'Seconds.' })),
  totalBytes: orNull(Type.Number()),
  filename: orNull(Type.String()),
  outputPath: orNull(Type.String({ description: 'Below the media folder.' })),
  errorCode: orNull(Type.String()),
  errorMessage: orNull(Type.String()),
  help: orNull(Type.String({ description: 'What helps after a failure.' })),
  helpAction: orNull(Type.String({ enum: [...FAILURE_ACTIONS], description: 'Which button does it.' })),
  attempts: Type.Integer(),
  heldUntil: orNull(Instant),
  heldReason: orNull(Type.String()),
  meta: Type.Object({ title: Type.Optional(Type.String()), author: Type.Optional(Type.String()) }),
  headers: Type.Array(Type.String(), { description: 'Names of the request headers that the person gave.' }),
  parentId: orNull(Type.String({ description: 'The profile or list that this post was found in.' })),
  children: orNull(Children),
  filing: orNull(Filing),
  createdAt: Instant,
  startedAt: orNull(Instant),
  finishedAt: orNull(Instant),
});

/** A page of them. */
export const DownloadRecords = Type.Object({
  items: Type.Array(DownloadRecord),
  nextCursor: orNull(Type.String()),
});

/** The view is made field by field: it is sent as it is, the schema only tells of it. */
export const asItIs = () => (data: unknown) => JSON.stringify(data);
