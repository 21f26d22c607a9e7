import { builder } from '../../../graphql/builder.ts';
import { iterateEvents } from '../../../graphql/events.ts';
import { LibraryFilter } from '../graphql.ts';
import { present } from '../present.rules.ts';
import { BULK_ACTIONS, BULK_STATUSES } from './bulk-model.ts';
import type { BulkDoc } from './bulk-model.ts';
import { isUndoable } from './bulk-undo.rules.ts';

const Action = builder.enumType('BulkAction', { values: BULK_ACTIONS });
const Status = builder.enumType('BulkStatus', { values: BULK_STATUSES });

const Job = builder.objectRef<BulkDoc>('BulkJob').implement({
  description: 'A change of many posts.',
  fields: (t) => ({
    id: t.id({ resolve: ({ _id }) => _id.toHexString() }),
    action: t.field({ type: Action, resolve: ({ action }) => action }),
    status: t.field({ type: Status, resolve: ({ status }) => status }),
    total: t.exposeInt('total'),
    done: t.exposeInt('done'),
    failed: t.exposeInt('failed', { description: 'Of those done: what could not be changed.' }),
    errorCode: t.exposeString('errorCode', { nullable: true }),
    undoable: t.boolean({
      description: 'Whether `undoBulk` can take it back once it has ended; for a day.',
      resolve: (job) => isUndoable(job, Date.now()),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const Options = builder.inputType('BulkOptions', {
  fields: (t) => ({
    folder: t.id({ description: 'For the folder actions.' }),
    from: t.id({ description: 'The folder that `moveToFolder` takes the posts out of.' }),
    tags: t.stringList(),
    to: t.string({ description: 'New name for `renameTag`; a tag that is there already takes the posts in.' }),
  }),
});

builder.queryFields((t) => ({
  bulkJobs: t.field({
    type: [Job],
    description: 'The last ones, newest first.',
    resolve: async (_root, _args, { app, person }) => app.library.bulk.list(person.id),
  }),
}));

builder.mutationFields((t) => ({
  startBulk: t.field({
    type: Job,
    description: 'Changes everything that a filter shows, or up to 10,000 posts by their ids.',
    args: {
      action: t.arg({ type: Action, required: true }),
      options: t.arg({ type: Options }),
      filter: t.arg({ type: LibraryFilter }),
      ids: t.arg.idList(),
    },
    resolve: async (_root, { action, options, filter, ids }, { app, person }) => {
      const job = await app.library.bulk.start(person.id, {
        action,
        options: present(options),
        ...(filter !== null && filter !== undefined && { filter: present(filter) }),
        ...(ids !== null && ids !== undefined && { ids }),
      });
      await app.agenda.now('library.bulk');
      return job;
    },
  }),
  undoBulk: t.field({
    type: Job,
    description: 'Takes back what a job has done to each of its posts, by a job of its own.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => {
      const job = await app.library.bulk.undo(person.id, id);
      await app.agenda.now('library.bulk');
      return job;
    },
  }),
  cancelBulk: t.field({
    type: Job,
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => app.library.bulk.cancel(person.id, id),
  }),
}));

builder.subscriptionFields((t) => ({
  bulkChanged: t.field({
    type: Job,
    subscribe: (_root, _args, { app, person, cutOff }) =>
      iterateEvents<BulkDoc>(app.library.bulk.events, 'change', {
        wanted: ({ user }) => user.toHexString() === person.id,
        onTooSlow: cutOff,
      }),
    resolve: (job) => job,
  }),
}));
