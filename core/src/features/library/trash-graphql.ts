import { builder } from '../../graphql/builder.ts';
import { RemovalResult } from './graphql.ts';

builder.mutationFields((t) => ({
  trashPost: t.field({
    type: 'ID',
    description: 'Puts a post into the trash; everything is kept for some days.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => (await app.library.trash(id, person.id))._id.toHexString(),
  }),
  restorePost: t.field({
    type: 'ID',
    description: 'Takes a post out of the trash.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => (await app.library.restore(id, person.id))._id.toHexString(),
  }),
  emptyTrash: t.field({
    type: [RemovalResult],
    description: "Removes for good what is in the person's trash.",
    resolve: async (_root, _args, { app, person }) => app.library.emptyTrash(person.id),
  }),
}));
