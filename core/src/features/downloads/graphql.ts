import { builder } from '../../graphql/builder.ts';
import { iterateEvents, mapEvents } from '../../graphql/events.ts';
import { assertConfidential } from '../../confidential.ts';
import { CodedError } from '../../errors.ts';
import { Download, shown, Status } from './download-type.ts';
import type { Shown } from './download-type.ts';
import { followedBy } from './events.ts';
import type { DownloadDoc } from './model.ts';

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
  downloads: t.field({
    type: DownloadPage,
    description:
      'Newest first, without the posts of profiles and lists; with `parent` those of that one, in its order.',
    args: {
      status: t.arg({ type: [Status] }),
      limit: t.arg.int({ defaultValue: 50 }),
      cursor: t.arg.string(),
      parent: t.arg.id(),
      oldestFirst: t.arg.boolean({ defaultValue: false, description: 'The order in which they run.' }),
    },
    resolve: async (_root, { status, limit, cursor, parent, oldestFirst }, { app, person }) => {
      const page = await app.downloads.query.page(person.id, {
        limit: limit ?? 50,
        ...(status && { statuses: status }),
        ...(cursor != null && { cursor }),
        ...(parent != null && { parent }),
        ...(oldestFirst === true && { oldestFirst }),
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
      folder: t.arg.id({
        description: 'Where the post is filed: an own folder, or a shared one that the person may add to.',
      }),
      tags: t.arg.stringList(),
      account: t.arg.string({ description: "Which of the person's accounts of the platform is used." }),
    },
    resolve: async (_root, { url, options, headers, account, folder, tags }, { app, person, request }) => {
      if (headers != null) assertConfidential(request);
      const given = {
        ...(options != null && { options: asObject('options', options) }),
        ...(headers != null && { headers: asObject('headers', headers) }),
        ...(account != null && { account }),
        filing: { ...(folder != null && { folder }), ...(tags != null && { tags }) },
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
      const name = followedBy(person.id, id ?? undefined);
      const changes = iterateEvents<DownloadDoc>(app.downloads.events.followed, name, { onTooSlow: cutOff });
      return mapEvents(changes, shown);
    },
    resolve: (download) => download,
  }),
}));
