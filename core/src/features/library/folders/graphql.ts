import { builder } from '../../../graphql/builder.ts';
import { iterateEvents, mapEvents } from '../../../graphql/events.ts';
import { LibraryPost } from '../graphql.ts';
import { libraryPostView } from '../view.ts';
import type { FolderContent, FolderDoc, FolderShare, ShareRight } from './folder-model.ts';
import { parseIds } from './folders-service.ts';

interface FoldersEvent {
  readonly owner: string;
  readonly seenBy: ReadonlySet<string>;
}

const Content = builder.enumType('FolderContent', {
  description:
    'What becomes of the posts: `keep` (in no other folder: to the inbox), `parent` (to the folder above), `trash` (what is in no other folder).',
  values: ['keep', 'parent', 'trash'] as const satisfies readonly FolderContent[],
});
const Right = builder.enumType('ShareRight', { values: ['read', 'add'] as const satisfies readonly ShareRight[] });

const Share = builder.objectRef<FolderShare>('FolderShare').implement({
  fields: (t) => ({
    userId: t.id({ resolve: ({ user }) => user.toHexString() }),
    right: t.field({ type: Right, resolve: ({ right }) => right }),
  }),
});

const Folder = builder.objectRef<FolderDoc>('Folder').implement({
  description: "A folder of the person's, or one that is shared with them.",
  fields: (t) => ({
    id: t.id({ resolve: ({ _id }) => _id.toHexString() }),
    name: t.exposeString('name'),
    parentId: t.id({ nullable: true, resolve: ({ parent }) => parent?.toHexString() ?? null }),
    ownerId: t.id({ resolve: ({ user }) => user.toHexString() }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    count: t.int({
      description: 'Posts in it, those of folders inside not counted; up to 1,000 in a folder of somebody else.',
      resolve: async (folder, _args, { app, person }) => {
        if (folder.user.toHexString() === person.id) return folder.count;
        return (await app.library.query.count(person.id, { folder: folder._id.toHexString() })).value;
      },
    }),
    shares: t.field({
      type: [Share],
      description: 'With whom it is shared; only its owner sees that.',
      resolve: ({ user, shares }, _args, { person }) => (user.toHexString() === person.id ? shares : []),
    }),
    right: t.field({
      type: Right,
      nullable: true,
      description: 'What the person who asks may do in a folder of somebody else; none for their own.',
      resolve: async ({ _id, user }, _args, { app, person }) => {
        if (user.toHexString() === person.id) return null;
        const { right } = await app.library.access.open(person.id, _id.toHexString());
        return right === 'own' ? null : right;
      },
    }),
    cover: t.field({
      type: LibraryPost,
      nullable: true,
      description: 'The post whose picture stands for it: the chosen one, else its newest.',
      resolve: async (folder, _args, { app, person }) => {
        const entry = await app.library.query.coverOf(person.id, folder);
        return entry && libraryPostView(entry);
      },
    }),
  }),
});

builder.queryFields((t) => ({
  folders: t.field({
    type: [Folder],
    description: "All folders of the person's, each behind the one it lies in.",
    resolve: async (_root, _args, { app, person }) => app.library.folders.list(person.id),
  }),
  folder: t.field({
    type: Folder,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => (await app.library.access.open(person.id, id)).folder,
  }),
  sharedFolders: t.field({
    type: [Folder],
    description: 'Folders of others that are shared with the person.',
    resolve: async (_root, _args, { app, person }) => app.library.access.sharedWith(person.id),
  }),
  foldersInside: t.field({
    type: [Folder],
    description: 'Folders that lie in this one, at any depth; also for one that is shared.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => app.library.access.inside(person.id, id),
  }),
}));

builder.subscriptionFields((t) => ({
  foldersChanged: t.field({
    type: 'ID',
    description: 'Id of a person whose folders have changed: who asks, or one who shares a folder with them.',
    subscribe: (_root, _args, { app, person, cutOff }) =>
      mapEvents(
        iterateEvents<FoldersEvent>(app.library.events, 'folders', {
          wanted: ({ seenBy }) => seenBy.has(person.id),
          onTooSlow: cutOff,
        }),
        ({ owner }) => owner,
      ),
    resolve: (owner) => owner,
  }),
}));

builder.mutationFields((t) => ({
  createFolder: t.field({
    type: Folder,
    args: { name: t.arg.string({ required: true }), parentId: t.arg.id() },
    resolve: async (_root, { name, parentId }, { app, person }) =>
      app.library.folders.create(person.id, name, parentId ?? null),
  }),
  renameFolder: t.field({
    type: Folder,
    args: { id: t.arg.id({ required: true }), name: t.arg.string({ required: true }) },
    resolve: async (_root, { id, name }, { app, person }) => app.library.folders.rename(person.id, id, name),
  }),
  moveFolder: t.field({
    type: Folder,
    description: 'Into another folder (none: to the top), before a sibling or last.',
    args: { id: t.arg.id({ required: true }), parentId: t.arg.id(), beforeId: t.arg.id() },
    resolve: async (_root, { id, parentId, beforeId }, { app, person }) =>
      app.library.folders.move(person.id, id, parentId ?? null, beforeId ?? undefined),
  }),
  deleteFolder: t.field({
    type: 'ID',
    description: 'With all folders inside.',
    args: { id: t.arg.id({ required: true }), content: t.arg({ type: Content, required: true }) },
    resolve: async (_root, { id, content }, { app, person }) => {
      await app.library.folders.remove(person.id, id, content);
      return id;
    },
  }),
  setFolderCover: t.field({
    type: Folder,
    args: { id: t.arg.id({ required: true }), postId: t.arg.id() },
    resolve: async (_root, { id, postId }, { app, person }) =>
      app.library.folders.setCover(person.id, id, postId ?? null),
  }),
  shareFolder: t.field({
    type: Folder,
    description: 'With somebody of this server; without a right it ends.',
    args: {
      id: t.arg.id({ required: true }),
      userId: t.arg.id({ required: true }),
      right: t.arg({ type: Right }),
    },
    resolve: async (_root, { id, userId, right }, { app, person }) =>
      app.library.sharing.share(person.id, id, userId, right ?? null),
  }),
  addToFolder: t.field({
    type: 'Int',
    description: 'Says how many were not in it before. At most 1,000 posts.',
    args: { folderId: t.arg.id({ required: true }), postIds: t.arg.idList({ required: true }) },
    resolve: async (_root, { folderId, postIds }, { app, person }) =>
      app.library.sharing.addTo(person.id, folderId, parseIds(postIds)),
  }),
  removeFromFolder: t.field({
    type: 'Int',
    args: { folderId: t.arg.id({ required: true }), postIds: t.arg.idList({ required: true }) },
    resolve: async (_root, { folderId, postIds }, { app, person }) => {
      const { _id, user } = await app.library.folders.get(person.id, folderId);
      return app.library.folders.filing.remove({ user, links: parseIds(postIds) }, _id);
    },
  }),
  moveToFolder: t.field({
    type: 'Int',
    description: 'Into one folder and out of another; without one to leave, from the inbox.',
    args: {
      folderId: t.arg.id({ required: true }),
      fromId: t.arg.id(),
      postIds: t.arg.idList({ required: true }),
    },
    resolve: async (_root, { folderId, fromId, postIds }, { app, person }) => {
      const { folders } = app.library;
      const { _id, user } = await folders.get(person.id, folderId);
      const from = fromId === null || fromId === undefined ? null : (await folders.get(person.id, fromId))._id;
      return folders.filing.move({ user, links: parseIds(postIds) }, from, _id);
    },
  }),
}));
