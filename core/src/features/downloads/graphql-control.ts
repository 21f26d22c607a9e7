import { builder } from '../../graphql/builder.ts';
import type { GraphQLContext } from '../../graphql/builder.ts';
import { iterateEvents } from '../../graphql/events.ts';
import type { BulkOutcome } from './bulk-control.ts';
import { MAX_BULK } from './bulk-control.ts';
import type { QueueState } from './events.ts';
import { Download, shown } from './download-type.ts';
import type { QueuePause } from './queue-switch.ts';
import type { Refusal } from './set-control.ts';

const Action = builder.enumType('DownloadAction', {
  values: ['cancel', 'pause', 'resume', 'retry', 'dismiss'] as const,
});

const RefusalType = builder.objectRef<Refusal>('DownloadRefusal').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    code: t.string({ resolve: ({ code }) => code }),
    message: t.exposeString('message'),
  }),
});

const Outcome = builder.objectRef<BulkOutcome>('DownloadsOutcome').implement({
  description: 'What became of an action on many downloads.',
  fields: (t) => ({
    changed: t.exposeInt('changed'),
    refused: t.exposeInt('refused', {
      description: 'Those whose state does not allow it, and those that are not there.',
    }),
    refusals: t.field({
      type: [RefusalType],
      description: 'The first 100 of them.',
      resolve: ({ refusals }) => [...refusals],
    }),
    left: t.exposeInt('left', { description: 'Of `all`: how many are left for the next call.' }),
  }),
});

const Queue = builder.objectRef<QueueState>('DownloadQueue').implement({
  description: 'Whether downloads run at all.',
  fields: (t) => ({
    paused: t.exposeBoolean('paused', { description: 'An admin has stopped all downloads of everybody.' }),
    since: t.expose('since', { type: 'DateTime', nullable: true }),
  }),
});

/** @throws MF_ERR_FORBIDDEN */
async function pauseOf({ app, person }: GraphQLContext): Promise<QueuePause> {
  await app.accounts.assertAdmin(person.id);
  return app.downloads.pause;
}

builder.queryFields((t) => ({
  downloadQueue: t.field({
    type: Queue,
    resolve: async (_root, _args, { app }) => app.downloads.pause.read(),
  }),
}));

builder.mutationFields((t) => {
  const control = (name: 'cancel' | 'retry' | 'pause' | 'resume') =>
    t.field({
      type: Download,
      args: { id: t.arg.id({ required: true }) },
      resolve: async (_root, { id }, { app, person }) => shown(await app.downloads.control[name](person.id, id)),
    });
  return {
    cancelDownload: control('cancel'),
    retryDownload: control('retry'),
    pauseDownload: control('pause'),
    resumeDownload: control('resume'),
    dismissDownload: t.field({
      type: 'ID',
      description: 'Takes a failed, cancelled or completed download off the list. The library is not touched.',
      args: { id: t.arg.id({ required: true }) },
      resolve: async (_root, { id }, { app, person }) => {
        await app.downloads.control.dismiss(person.id, id);
        return id;
      },
    }),
    controlDownloads: t.field({
      type: Outcome,
      description: `Does the same to many downloads, at most ${MAX_BULK} in a call: those named by \`ids\`, or \`all\` that it fits.`,
      args: {
        action: t.arg({ type: Action, required: true }),
        ids: t.arg.idList(),
        all: t.arg.boolean({ description: 'Retry: all that failed, not what was cancelled.' }),
        platform: t.arg.string({ description: "Of `all` only this platform's." }),
      },
      resolve: async (_root, { action, ids, all, platform }, { app, person }) =>
        app.downloads.bulk.run(person.id, action, {
          ids: ids ?? undefined,
          all: all ?? undefined,
          platform: platform ?? undefined,
        }),
    }),
    pauseQueue: t.field({
      type: Queue,
      description: 'Stops all downloads of everybody, until `resumeQueue`; a restart changes nothing. Admins only.',
      resolve: async (_root, _args, context) => (await pauseOf(context)).pause(),
    }),
    resumeQueue: t.field({
      type: Queue,
      description: 'Admins only.',
      resolve: async (_root, _args, context) => (await pauseOf(context)).resume(),
    }),
  };
});

builder.subscriptionFields((t) => ({
  downloadQueueChanged: t.field({
    type: Queue,
    subscribe: (_root, _args, { app, cutOff }) =>
      iterateEvents<QueueState>(app.downloads.events, 'queue', { onTooSlow: cutOff }),
    resolve: (state) => state,
  }),
}));
