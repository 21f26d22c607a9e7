import { builder } from '../../graphql/builder.ts';
import type { Requester } from '../../graphql/builder.ts';

const User = builder.objectRef<Requester>('User').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    username: t.exposeString('username'),
    role: t.exposeString('role'),
  }),
});

builder.queryFields((t) => ({
  viewer: t.field({ type: User, description: 'Who is signed in.', resolve: (_root, _args, { person }) => person }),
}));
