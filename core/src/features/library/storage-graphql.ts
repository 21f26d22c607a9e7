import { builder } from '../../graphql/builder.ts';
import type { StorageFigures, StorageTotal } from './storage.ts';

const PlatformStorage = builder.objectRef<StorageTotal['platforms'][number]>('PlatformStorage').implement({
  fields: (t) => ({
    platform: t.exposeString('platform'),
    posts: t.exposeInt('posts'),
    bytes: t.exposeFloat('bytes'),
  }),
});

const PersonStorage = builder.objectRef<StorageTotal['people'][number]>('PersonStorage').implement({
  fields: (t) => ({ id: t.exposeID('id'), posts: t.exposeInt('posts'), bytes: t.exposeFloat('bytes') }),
});

const Total = builder.objectRef<StorageTotal>('StorageTotal').implement({
  description: 'Sums of everybody, in bytes.',
  fields: (t) => ({
    files: t.exposeInt('files'),
    bytes: t.exposeFloat('bytes', { description: 'On the disk: what several posts share counts once.' }),
    free: t.exposeFloat('free'),
    size: t.exposeFloat('size', { description: 'Of the disk.' }),
    reserve: t.exposeFloat('reserve', { description: 'That stay free.' }),
    platforms: t.field({
      type: [PlatformStorage],
      description: 'Sizes of posts: what several share counts for each.',
      resolve: ({ platforms }) => platforms,
    }),
    people: t.field({ type: [PersonStorage], resolve: ({ people }) => people }),
  }),
});

const Storage = builder.objectRef<StorageFigures>('Storage').implement({
  description: 'How much is kept, in bytes.',
  fields: (t) => ({
    used: t.exposeFloat('used', { description: "The person's own, what is in the trash included." }),
    quota: t.exposeFloat('quota', { nullable: true, description: 'How much they may keep; null without a limit.' }),
    total: t.field({
      type: Total,
      nullable: true,
      description: 'For admins only.',
      resolve: ({ total }) => total ?? null,
    }),
  }),
});

builder.queryFields((t) => ({
  storage: t.field({
    type: Storage,
    description: 'Space that is used: of the person, and for admins of all.',
    resolve: async (_root, _args, { app, person }) => {
      // Looked at anew: a socket outlives a role.
      const isAdmin = (await app.accounts.byId(person.id))?.role === 'admin';
      return app.library.storage.of(person.id, isAdmin);
    },
  }),
}));
