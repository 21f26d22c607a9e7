import { builder } from '../../../graphql/builder.ts';
import { iterateEvents, mapEvents } from '../../../graphql/events.ts';
import type { RenditionEvent } from '../events.ts';
import type { RenditionView } from '../view.ts';
import type { RenditionState as State } from './rendition-state.ts';

export const Rendition = builder.objectRef<RenditionView>('Rendition').implement({
  description: 'A form of a file that every browser plays; the file itself stays as it came.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id for `/api/media/:id/file`.' }),
    mime: t.exposeString('mime'),
    size: t.exposeFloat('size', { description: 'Bytes.' }),
  }),
});

const RenditionStatus = builder.enumType('RenditionStatus', {
  values: ['queued', 'running', 'failed', 'ready', 'cancelled'] as const,
});

const RenditionState = builder.objectRef<State>('RenditionState').implement({
  description: 'How it stands with making an item playable.',
  fields: (t) => ({
    id: t.exposeID('id', { description: "The post's, as in `LibraryPost`." }),
    index: t.exposeInt('index', { description: 'Of the item.' }),
    status: t.field({ type: RenditionStatus, resolve: ({ status }) => status }),
    progress: t.exposeFloat('progress', { description: '0-100.' }),
    ahead: t.exposeInt('ahead', { description: 'Jobs before it in the queue.' }),
    asked: t.exposeBoolean('asked', { description: 'Whether the person waits for it; others may as well.' }),
    heldReason: t.exposeString('heldReason', {
      nullable: true,
      description:
        'What the queue waits for: `MF_ERR_UNAVAILABLE` a worker, `MF_ERR_DISK_FULL` room, `MF_ERR_MOUNT_MISSING` the media folder.',
    }),
    errorCode: t.exposeString('errorCode', { nullable: true }),
    message: t.exposeString('message', { nullable: true }),
    rendition: t.field({ type: Rendition, nullable: true, resolve: ({ rendition }) => rendition }),
  }),
});

builder.queryFields((t) => ({
  renditionState: t.field({
    type: RenditionState,
    nullable: true,
    description: "Null when nobody has asked for a playable form of the post's item.",
    args: { id: t.arg.id({ required: true }), index: t.arg.int({ required: true }) },
    resolve: async (_root, { id, index }, { app, person }) => app.library.renditions.state(person.id, id, index),
  }),
}));

builder.mutationFields((t) => ({
  makePlayable: t.field({
    type: RenditionState,
    description: 'Has a form of an item made that every browser plays; asked twice it is one job.',
    args: { id: t.arg.id({ required: true }), index: t.arg.int({ required: true }) },
    resolve: async (_root, { id, index }, { app, person }) => app.library.renditions.ask(person.id, id, index),
  }),
  cancelPlayable: t.field({
    type: RenditionState,
    description:
      'The person does not wait for it any more: it ends, unless somebody else waits too or it is being put into the library. Said again it changes nothing.',
    args: { id: t.arg.id({ required: true }), index: t.arg.int({ required: true }) },
    resolve: async (_root, { id, index }, { app, person }) => app.library.renditions.cancel(person.id, id, index),
  }),
}));

builder.subscriptionFields((t) => ({
  renditionChanged: t.field({
    type: RenditionState,
    description: "How it stands with making an item of one of the person's posts playable, with each change.",
    subscribe: (_root, _args, { app, person, cutOff }) => {
      const { renditions, events } = app.library;
      return mapEvents(iterateEvents<RenditionEvent>(events, 'rendition', { onTooSlow: cutOff }), async (event) =>
        renditions.stateAfter(person.id, event),
      );
    },
    resolve: (state) => state,
  }),
}));
