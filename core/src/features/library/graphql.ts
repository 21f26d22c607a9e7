import { builder } from '../../graphql/builder.ts';
import type { GraphQLContext } from '../../graphql/builder.ts';
import { iterateEvents, mapEvents } from '../../graphql/events.ts';
import { LIBRARY_SORTS } from './listing/list-sort.ts';
import type { FileGone } from './post-deletion.ts';
import { present } from './present.rules.ts';
import { Rendition } from './renditions/graphql.ts';
import type { RemovalResult as Removed } from './removal.ts';
import { libraryPostView } from './view.ts';
import type { LibraryPostView, MediaItemView } from './view.ts';

const MediaKind = builder.enumType('MediaKind', { values: ['video', 'image', 'audio'] as const });
const PostKind = builder.enumType('PostKind', {
  description: 'How a post is shown: `carousel` has more than one item.',
  values: ['video', 'image', 'audio', 'carousel'] as const,
});
export const Sort = builder.enumType('LibrarySort', {
  values: LIBRARY_SORTS,
});

const MediaItem = builder.objectRef<MediaItemView>('MediaItem').implement({
  description: 'One file of a post.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id for `/api/media/:id/file` and `/api/media/:id/thumbnail?size=`.' }),
    index: t.exposeInt('index'),
    kind: t.field({ type: MediaKind, resolve: ({ kind }) => kind as 'video' }),
    mime: t.exposeString('mime'),
    size: t.exposeFloat('size', { description: 'Bytes.' }),
    width: t.exposeInt('width', { nullable: true }),
    height: t.exposeInt('height', { nullable: true }),
    duration: t.exposeFloat('duration', { nullable: true, description: 'Seconds.' }),
    sha256: t.exposeString('sha256'),
    thumbhash: t.exposeString('thumbhash', { nullable: true, description: 'Base64 of the thumbhash.' }),
    thumbnails: t.exposeIntList('thumbnails', {
      description: 'Widths for which a thumbnail exists; empty for sound without a cover.',
    }),
    rendition: t.field({
      type: Rendition,
      nullable: true,
      description: 'A form of it that every browser plays, where one was made.',
      resolve: ({ rendition }) => rendition,
    }),
  }),
});

/** Used by every feature that shows a post. */
export const LibraryPost = builder.objectRef<LibraryPostView>('LibraryPost').implement({
  description: "A post in the person's library.",
  fields: (t) => ({
    id: t.exposeID('id', { description: "The link's id: for the REST routes and the viewer's address." }),
    key: t.exposeString('key'),
    platform: t.exposeString('platform'),
    kind: t.field({ type: PostKind, resolve: ({ kind }) => kind as 'video' }),
    title: t.exposeString('title', {
      nullable: true,
      description: "Own title, else the post's title, else the first line of its caption.",
    }),
    caption: t.exposeString('caption', { nullable: true }),
    authorHandle: t.exposeString('authorHandle', { nullable: true }),
    authorName: t.exposeString('authorName', { nullable: true }),
    authorUrl: t.exposeString('authorUrl', { nullable: true }),
    url: t.exposeString('url', { description: 'Canonical address of the original.' }),
    postedAt: t.expose('postedAt', { type: 'DateTime', nullable: true }),
    addedAt: t.expose('addedAt', { type: 'DateTime' }),
    hashtags: t.exposeStringList('hashtags'),
    nsfw: t.exposeBoolean('nsfw'),
    size: t.exposeFloat('size', { description: 'Bytes of all items.' }),
    items: t.field({
      type: [MediaItem],
      description: 'Without those that the person has hidden.',
      resolve: ({ items }) => items,
    }),
    favourite: t.exposeBoolean('favourite'),
    tags: t.stringList({ description: "The person's own.", resolve: ({ tags }) => [...tags] }),
    note: t.exposeString('note', { nullable: true }),
    ownTitle: t.exposeString('ownTitle', { nullable: true }),
    folderIds: t.idList({ resolve: ({ folders }) => [...folders] }),
    hiddenItems: t.intList({
      description: 'Indexes of items that are not shown.',
      resolve: ({ hiddenItems }) => [...hiddenItems],
    }),
    foreign: t.exposeBoolean('foreign', { description: 'Seen in a folder that somebody else shares.' }),
  }),
});

const LibraryPage = builder
  .objectRef<{ items: LibraryPostView[]; nextCursor: string | null }>('LibraryPage')
  .implement({
    fields: (t) => ({
      items: t.field({ type: [LibraryPost], resolve: ({ items }) => items }),
      nextCursor: t.exposeString('nextCursor', { nullable: true }),
    }),
  });

export const Count = builder.objectRef<{ value: number; more: boolean }>('Count').implement({
  description: 'Exact to 1,000; `more` says there are more than that.',
  fields: (t) => ({ value: t.exposeInt('value'), more: t.exposeBoolean('more') }),
});

const RemovalImpact = builder
  .objectRef<{ files: number; bytes: number; keptFiles: number }>('RemovalImpact')
  .implement({
    description: 'What removing a post for good would do.',
    fields: (t) => ({
      files: t.exposeInt('files', { description: 'Files that nobody else keeps.' }),
      bytes: t.exposeFloat('bytes', { description: 'Bytes that become free.' }),
      keptFiles: t.exposeInt('keptFiles', { description: 'Files that stay because somebody else keeps them.' }),
    }),
  });

const FileGone = builder.objectRef<FileGone>('FileGone').implement({
  fields: (t) => ({
    mediaId: t.exposeID('mediaId'),
    sha256: t.exposeString('sha256'),
    size: t.exposeFloat('size', { description: 'Bytes.' }),
    deleted: t.exposeBoolean('deleted', { description: 'False: another post or person keeps it.' }),
  }),
});

export const RemovalResult = builder.objectRef<Removed>('RemovalResult').implement({
  fields: (t) => ({
    id: t.exposeID('linkId'),
    deletedFiles: t.exposeInt('deletedFiles'),
    freedBytes: t.exposeFloat('freedBytes'),
    keptFiles: t.exposeInt('keptFiles'),
    files: t.field({ type: [FileGone], resolve: ({ files }) => [...files] }),
  }),
});

/** What lists show; bulk jobs take the same. */
export const LibraryFilter = builder.inputType('LibraryFilter', {
  fields: (t) => ({
    kind: t.field({ type: PostKind }),
    platform: t.string(),
    q: t.string({ description: 'Words or beginnings of words in title, caption, author, tags and source.' }),
    from: t.field({ type: 'DateTime', description: 'When it was added.' }),
    to: t.field({ type: 'DateTime' }),
    postedFrom: t.field({ type: 'DateTime' }),
    postedTo: t.field({ type: 'DateTime' }),
    folder: t.id({ description: "A folder's id, or `inbox` for posts that are in no folder." }),
    subfolders: t.boolean({ description: 'With the posts of all folders inside.' }),
    tag: t.string(),
    author: t.string({ description: 'Handle.' }),
    favourite: t.boolean({ description: 'True: favourites only.' }),
    minDuration: t.float({ description: 'Seconds of the longest item.' }),
    maxDuration: t.float({ description: 'Seconds of the longest item.' }),
    trash: t.boolean({ description: 'What is in the trash, instead of what is not.' }),
  }),
});

builder.queryFields((t) => ({
  library: t.field({
    type: LibraryPage,
    args: {
      filter: t.arg({ type: LibraryFilter }),
      sort: t.arg({ type: Sort, defaultValue: 'added_desc' }),
      seed: t.arg.int({ description: 'Of a random order: the same seed, the same order.' }),
      limit: t.arg.int({ defaultValue: 60 }),
      cursor: t.arg.string(),
    },
    resolve: async (_root, { filter, sort, seed, limit, cursor }, { app, person }) => {
      const page = await app.library.query.page(person.id, {
        filter: present(filter),
        sort: sort ?? 'added_desc',
        seed: seed ?? 0,
        limit: limit ?? 60,
        cursor: cursor ?? undefined,
      });
      return { items: page.items.map(libraryPostView), nextCursor: page.nextCursor };
    },
  }),
  libraryCount: t.field({
    type: Count,
    args: { filter: t.arg({ type: LibraryFilter }) },
    resolve: async (_root, { filter }, { app, person }) => app.library.query.count(person.id, present(filter)),
  }),
  libraryPost: t.field({
    type: LibraryPost,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => {
      const entry = await app.library.query.entry(person.id, id);
      return entry && libraryPostView(entry);
    },
  }),
  removalImpact: t.field({
    type: RemovalImpact,
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => app.library.impact(id, person.id),
  }),
}));

builder.mutationFields((t) => ({
  removePost: t.field({
    type: RemovalResult,
    description: 'Removes the post from the library for good; a file goes with its last reference.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => app.library.remove(id, person.id),
  }),
}));

interface LibraryEvent {
  readonly userId: string;
  readonly linkId: string;
}

/** What happens to the person's own library. */
function iterateOwn({ app, person, cutOff }: GraphQLContext, event: string): AsyncIterableIterator<LibraryEvent> {
  const wanted = ({ userId }: LibraryEvent): boolean => userId === person.id;
  return iterateEvents(app.library.events, event, { wanted, onTooSlow: cutOff });
}

builder.subscriptionFields((t) => ({
  postAdded: t.field({
    type: LibraryPost,
    description: "A post that has just come into the person's library.",
    subscribe: (_root, _args, context) =>
      mapEvents(iterateOwn(context, 'added'), async ({ userId, linkId }) => {
        const entry = await context.app.library.query.entry(userId, linkId);
        return entry === null ? undefined : libraryPostView(entry);
      }),
    resolve: (post) => post,
  }),
  postRemoved: t.field({
    type: 'ID',
    description: 'Id of a post that has left it.',
    subscribe: (_root, _args, context) => mapEvents(iterateOwn(context, 'removed'), ({ linkId }) => linkId),
    resolve: (id) => id,
  }),
}));
