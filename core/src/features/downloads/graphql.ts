import type { FailureCode } from '@mediafetcher/sdk';
import { builder } from '../../graphql/builder.ts';
import { iterateEvents, mapEvents } from '../../graphql/events.ts';
import { assertConfidential } from '../../confidential.ts';
import { CodedError } from '../../errors.ts';
import { LibraryPost, libraryPostView } from '../library/index.ts';
import type { LibraryPostView } from '../library/index.ts';
import { FAILURE_ACTIONS, helpFor, LANGUAGES } from './failure-help.ts';
import type { FailureHelp } from './failure-help.ts';
import type { DownloadDoc } from './model.ts';
import { downloadView } from './view.ts';
import type { DownloadView } from './view.ts';

const Status = builder.enumType('DownloadStatus', {
  values: ['queued', 'running', 'paused', 'failed', 'completed', 'cancelled'] as const,
});
const Stage = builder.enumType('Stage', { values: ['probe', 'fetch', 'verify', 'process', 'store'] as const });
const LinkKind = builder.enumType('LinkKind', { values: ['post', 'profile', 'listing', 'share'] as const });

const Language = builder.enumType('Language', { values: LANGUAGES });

const Failure = builder.objectRef<FailureHelp>('Failure').implement({
  fields: (t) => ({
    sentence: t.exposeString('sentence', { description: 'What happened.' }),
    help: t.exposeString('help', { nullable: true, description: 'What helps, or what it means.' }),
    action: t.exposeString('action', { description: `Which button helps: \`${FAILURE_ACTIONS.join(' ')}\`.` }),
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

const DownloadPage = builder.objectRef<{ items: Shown[]; nextCursor: string | null }>('DownloadPage').implement({
  fields: (t) => ({
    items: t.field({ type: [Download], resolve: ({ items }) => items }),
    nextCursor: t.exposeString('nextCursor', { nullable: true }),
  }),
});

const DownloadCounts = builder
  .objectRef<Record<'queued' | 'running' | 'paused' | 'failed' | 'completed', number>>('DownloadCounts')
  .implement({
    fields: (t) => ({
      queued: t.exposeInt('queued'),
      running: t.exposeInt('running'),
      paused: t.exposeInt('paused'),
      failed: t.exposeInt('failed'),
      completed: t.exposeInt('completed'),
    }),
  });

interface PlatformView {
  readonly id: string;
  readonly connector: string;
  readonly displayName: string;
  readonly options: object;
}

const Platform = builder.objectRef<PlatformView>('Platform').implement({
  description: 'A platform that an installed connector serves.',
  fields: (t) => ({
    id: t.exposeID('id', { description: '`instagram tiktok reddit x youtube`, or a further word.' }),
    connector: t.exposeString('connector'),
    displayName: t.exposeString('displayName'),
    options: t.field({
      type: 'JSON',
      description: 'JSON Schema of what a person can choose for one download: forms are drawn from it.',
      resolve: ({ options }) => options,
    }),
  }),
});

/** A connector that has no options. */
const NO_OPTIONS = { type: 'object', properties: {} };

interface Verdict {
  readonly input: string;
  readonly supported: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly connector?: string;
  readonly platform?: string;
  readonly kind?: 'post' | 'profile' | 'listing' | 'share';
  readonly key?: string;
  readonly certain?: boolean;
  readonly url?: string;
  readonly existing?: LibraryPostView;
  readonly download?: Shown;
}

const LinkVerdict = builder.objectRef<Verdict>('LinkVerdict').implement({
  description: 'What the server makes of an address, without any network.',
  fields: (t) => ({
    input: t.exposeString('input', { description: 'The address as it was sent.' }),
    supported: t.exposeBoolean('supported', { description: 'False: see `code` and `message`.' }),
    code: t.exposeString('code', { nullable: true }),
    message: t.exposeString('message', { nullable: true }),
    connector: t.exposeString('connector', { nullable: true }),
    platform: t.exposeString('platform', { nullable: true }),
    kind: t.field({ type: LinkKind, nullable: true, resolve: ({ kind }) => kind }),
    key: t.exposeString('key', { nullable: true }),
    certain: t.exposeBoolean('certain', {
      nullable: true,
      description: 'False where only the probe can tell (a YouTube watch page).',
    }),
    url: t.exposeString('url', { nullable: true, description: 'Canonical address.' }),
    existing: t.field({
      type: LibraryPost,
      nullable: true,
      description: "The post, when it is in the person's library already.",
      resolve: ({ existing }) => existing,
    }),
    download: t.field({
      type: Download,
      nullable: true,
      description: "The person's download of this post that is not over yet.",
      resolve: ({ download }) => download,
    }),
  }),
});

const SubmitResult = builder
  .objectRef<{ jobId: string; existing: boolean; download: Shown }>('SubmitResult')
  .implement({
    fields: (t) => ({
      jobId: t.exposeID('jobId'),
      existing: t.exposeBoolean('existing', {
        description: 'True when the post was in the library already: nothing is fetched.',
      }),
      download: t.field({ type: Download, resolve: ({ download }) => download }),
    }),
  });

builder.queryFields((t) => ({
  platforms: t.field({
    type: [Platform],
    resolve: (_root, _args, { app }) =>
      app.plugins.connectors.map(({ platform, id, displayName, options = NO_OPTIONS }) => ({
        id: platform,
        connector: id,
        displayName,
        options,
      })),
  }),
  link: t.field({
    type: LinkVerdict,
    args: { url: t.arg.string({ required: true }) },
    resolve: async (_root, { url }, { app, person }): Promise<Verdict> => {
      try {
        const link = await app.plugins.resolve(url);
        const existing = link.key === undefined ? null : await app.library.entryOfKey(person.id, link.key);
        const download = link.key === undefined ? null : await app.downloads.query.activeOfKey(person.id, link.key);
        return {
          input: url,
          supported: true,
          ...link,
          ...(existing && { existing: libraryPostView(existing) }),
          ...(download && { download: shown(download) }),
        };
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        return { input: url, supported: false, code: error.code, message: error.message };
      }
    },
  }),
  downloads: t.field({
    type: DownloadPage,
    args: { status: t.arg({ type: [Status] }), limit: t.arg.int({ defaultValue: 50 }), cursor: t.arg.string() },
    resolve: async (_root, { status, limit, cursor }, { app, person }) => {
      const page = await app.downloads.query.page(person.id, {
        limit: limit ?? 50,
        ...(status && { statuses: status }),
        ...(cursor != null && { cursor }),
      });
      return { items: page.items.map(shown), nextCursor: page.nextCursor };
    },
  }),
  download: t.field({
    type: Download,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => shown(await app.downloads.query.one(person.id, id)),
  }),
  downloadCounts: t.field({
    type: DownloadCounts,
    resolve: async (_root, _args, { app, person }) => app.downloads.query.counts(person.id),
  }),
}));

function asObject(name: string, value: unknown): Record<string, unknown> {
  // A JSON object, as the condition says.
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new CodedError('MF_ERR_VALIDATION', `${name} is not an object of names and values.`);
}

builder.mutationFields((t) => ({
  submitDownload: t.field({
    type: SubmitResult,
    description: 'Refusals are GraphQL errors whose `extensions` carry `code` (MF_ERR_…) and `help`.',
    args: {
      url: t.arg.string({ required: true }),
      options: t.arg({ type: 'JSON' }),
      headers: t.arg({ type: 'JSON', description: 'Sent to the platform with each request: names and values.' }),
      account: t.arg.string({ description: "Which of the person's accounts of the platform is used." }),
    },
    resolve: async (_root, { url, options, headers, account }, { app, person, request }) => {
      if (headers != null) assertConfidential(request);
      const given = {
        ...(options != null && { options: asObject('options', options) }),
        ...(headers != null && { headers: asObject('headers', headers) }),
        ...(account != null && { account }),
      };
      const { download, existing } = await app.downloads.submit({ userId: person.id, url, ...given });
      return { jobId: download._id.toString(), existing, download: shown(download) };
    },
  }),
}));

builder.subscriptionFields((t) => ({
  downloadChanged: t.field({
    type: Download,
    description:
      "Each change of one of the person's downloads, at most four times a second for each. With `id` of that one only.",
    args: { id: t.arg.id() },
    subscribe: (_root, { id }, { app, person, cutOff }) => {
      const wanted = (download: DownloadDoc): boolean =>
        download.user.toString() === person.id && (id == null || download._id.toString() === id);
      const changes = iterateEvents(app.downloads.events, 'change', { wanted, onTooSlow: cutOff });
      return mapEvents(changes, shown);
    },
    resolve: (download) => download,
  }),
}));
