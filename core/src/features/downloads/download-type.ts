import type { FailureCode } from '@mediafetcher/sdk';
import { builder } from '../../graphql/builder.ts';
import { LibraryPost, libraryPostView } from '../library/index.ts';
import { FAILURE_ACTIONS, helpFor, LANGUAGES } from './failure-help.ts';
import type { FailureHelp } from './failure-help.ts';
import type { DownloadDoc } from './model.ts';
import { downloadView } from './view.ts';
import type { ChildrenView, DownloadView, FilingView } from './view.ts';

export const Status = builder.enumType('DownloadStatus', {
  values: ['queued', 'running', 'paused', 'failed', 'completed', 'cancelled'] as const,
});
const Stage = builder.enumType('Stage', { values: ['list', 'probe', 'fetch', 'verify', 'process', 'store'] as const });
export const LinkKind = builder.enumType('LinkKind', { values: ['post', 'profile', 'listing', 'share'] as const });

const Language = builder.enumType('Language', { values: LANGUAGES });

const Failure = builder.objectRef<FailureHelp>('Failure').implement({
  fields: (t) => ({
    sentence: t.exposeString('sentence', { description: 'What happened.' }),
    help: t.exposeString('help', { nullable: true, description: 'What helps, or what it means.' }),
    action: t.exposeString('action', { description: `Which button helps: \`${FAILURE_ACTIONS.join(' ')}\`.` }),
  }),
});

const Children = builder.objectRef<ChildrenView>('DownloadChildren').implement({
  description: 'How the posts of a profile or a list are doing.',
  fields: (t) => ({
    total: t.exposeInt('total'),
    queued: t.exposeInt('queued'),
    running: t.exposeInt('running'),
    paused: t.exposeInt('paused'),
    failed: t.exposeInt('failed'),
    cancelled: t.exposeInt('cancelled'),
    added: t.exposeInt('added', { description: 'New in the library.' }),
    existing: t.exposeInt('existing', { description: 'In the library before: not fetched again.' }),
    declined: t.exposeInt('declined', { description: 'Left out: the person has deleted them.' }),
    limit: t.exposeInt('limit', { description: 'So many posts are wanted at most.' }),
    listed: t.exposeBoolean('listed', { description: 'False while the list is read.' }),
    listErrorCode: t.exposeString('listErrorCode', {
      nullable: true,
      description: 'Why the list could not be read to its end.',
    }),
  }),
});

const Filing = builder.objectRef<FilingView>('DownloadFiling').implement({
  fields: (t) => ({
    folderId: t.exposeID('folderId', { nullable: true }),
    tags: t.stringList({ resolve: ({ tags }) => [...tags] }),
    done: t.exposeBoolean('done'),
    problem: t.exposeString('problem', {
      nullable: true,
      description: 'Code of why the post is in the inbox instead of the folder.',
    }),
  }),
});

export type Shown = DownloadView & { readonly postId?: DownloadDoc['post'] };
export const shown = (download: DownloadDoc): Shown => ({ ...downloadView(download), postId: download.post });

export const Download = builder.objectRef<Shown>('Download').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    url: t.exposeString('url'),
    connector: t.exposeString('connector'),
    platform: t.exposeString('platform'),
    key: t.exposeString('key', { nullable: true, description: 'Canonical key, once it is known.' }),
    type: t.field({ type: LinkKind, resolve: ({ type }) => type as 'post' }),
    status: t.field({ type: Status, resolve: ({ status }) => status }),
    stage: t.field({ type: Stage, nullable: true, resolve: ({ stage }) => stage as 'probe' | null }),
    progress: t.exposeFloat('progress', {
      description: '0-100 over the whole job; never goes back within an attempt.',
    }),
    indeterminate: t.exposeBoolean('indeterminate', { description: "True while the stage's length is unknown." }),
    speed: t.exposeFloat('speed', { nullable: true, description: 'Bytes per second.' }),
    eta: t.exposeFloat('eta', { nullable: true, description: 'Seconds.' }),
    totalBytes: t.exposeFloat('totalBytes', { nullable: true, description: 'Bytes.' }),
    filename: t.exposeString('filename', { nullable: true }),
    errorCode: t.exposeString('errorCode', { nullable: true }),
    errorMessage: t.exposeString('errorMessage', { nullable: true }),
    failure: t.field({
      type: Failure,
      nullable: true,
      description: 'A failure in words, and what a person can do about it.',
      args: { language: t.arg({ type: Language, defaultValue: 'en' }) },
      resolve: ({ errorCode, platform }, { language }) =>
        errorCode === null ? null : helpFor(errorCode as FailureCode, platform, language ?? 'en'),
    }),
    log: t.string({
      nullable: true,
      description: 'What the tools were asked and said in the last failed attempt, without secrets.',
      resolve: async ({ id }, _args, { app, person }) => (await app.downloads.logOf(person.id, id)) ?? null,
    }),
    attempts: t.exposeInt('attempts'),
    heldUntil: t.expose('heldUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'When a waiting job goes on, and why it waits.',
    }),
    heldReason: t.exposeString('heldReason', { nullable: true }),
    headers: t.exposeStringList('headers', {
      description: 'Names of the request headers that the person gave; their values are never shown.',
    }),
    title: t.string({
      nullable: true,
      description: 'Title or first line of the caption, once it is known.',
      resolve: ({ meta }) => meta.title ?? null,
    }),
    author: t.string({ nullable: true, resolve: ({ meta }) => meta.author ?? null }),
    parentId: t.exposeID('parentId', { nullable: true, description: 'The list that this post was found in.' }),
    filing: t.field({
      type: Filing,
      nullable: true,
      description: 'Where the post is filed once it is there.',
      resolve: ({ filing }) => filing,
    }),
    children: t.field({
      type: Children,
      nullable: true,
      description: 'Of a profile or a list.',
      resolve: ({ children }) => children,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    post: t.field({
      type: LibraryPost,
      nullable: true,
      description: 'The post in the library, once it is completed.',
      resolve: async ({ postId }, _args, { app, person }) => {
        const entry = postId === undefined ? null : await app.library.query.entryOfPost(person.id, postId);
        return entry && libraryPostView(entry);
      },
    }),
  }),
});
