import { builder } from '../../graphql/builder.ts';
import type { GraphQLContext, Requester } from '../../graphql/builder.ts';
import { CodedError } from '../../errors.ts';
import { DEPART } from './departures.ts';
import { mayEnter } from './household.rules.ts';
import type { UserDoc } from './models.ts';

const User = builder.objectRef<Requester>('User').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    username: t.exposeString('username'),
    role: t.exposeString('role'),
  }),
});

const Role = builder.enumType('Role', { values: ['admin', 'user'] as const });

const Account = builder.objectRef<UserDoc>('Account').implement({
  description: 'An account of the household, as admins see it.',
  fields: (t) => ({
    id: t.id({ resolve: ({ _id }) => _id.toHexString() }),
    username: t.exposeString('username'),
    role: t.field({ type: Role, resolve: ({ role }) => role }),
    disabled: t.boolean({ description: 'May not sign in.', resolve: ({ disabled }) => disabled === true }),
    leaving: t.boolean({
      description: 'Deleted; what it had is still being removed.',
      resolve: ({ leaving }) => leaving === true,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

/** @throws MF_ERR_FORBIDDEN */
async function asAdmin({ app, person }: GraphQLContext) {
  await app.accounts.assertAdmin(person.id);
  return app.accounts;
}

const Member = builder.objectRef<UserDoc>('Member').implement({
  description: 'Somebody of the household, by name only.',
  fields: (t) => ({ id: t.id({ resolve: ({ _id }) => _id.toHexString() }), username: t.exposeString('username') }),
});

builder.queryFields((t) => ({
  members: t.field({
    type: [Member],
    description: 'Everybody else who may sign in: whom a folder can be shared with.',
    resolve: async (_root, _args, { app, person }) =>
      (await app.accounts.household.list()).filter((user) => mayEnter(user) && user._id.toHexString() !== person.id),
  }),
  viewer: t.field({ type: User, description: 'Who is signed in.', resolve: (_root, _args, { person }) => person }),
  accounts: t.field({
    type: [Account],
    description: 'Everybody of the household, oldest first. Admins only, like all that changes accounts.',
    resolve: async (_root, _args, context) => (await asAdmin(context)).household.list(),
  }),
}));

builder.mutationFields((t) => ({
  createAccount: t.field({
    type: Account,
    args: {
      username: t.arg.string({ required: true }),
      password: t.arg.string({ required: true }),
      role: t.arg({ type: Role, defaultValue: 'user' }),
    },
    resolve: async (_root, { username, password, role }, context) =>
      (await asAdmin(context)).create({ username, password }, role ?? 'user'),
  }),
  setAccountRole: t.field({
    type: Account,
    description: 'The last admin stays one.',
    args: { id: t.arg.id({ required: true }), role: t.arg({ type: Role, required: true }) },
    resolve: async (_root, { id, role }, context) => (await asAdmin(context)).household.change(id, { role }),
  }),
  setAccountDisabled: t.field({
    type: Account,
    description: 'Who is disabled is signed out everywhere at once and may not sign in; nothing of theirs goes.',
    args: { id: t.arg.id({ required: true }), disabled: t.arg.boolean({ required: true }) },
    resolve: async (_root, { id, disabled }, context) => (await asAdmin(context)).household.change(id, { disabled }),
  }),
  resetPassword: t.field({
    type: Account,
    description: 'Gives somebody a new password; they are signed out everywhere at once.',
    args: { id: t.arg.id({ required: true }), password: t.arg.string({ required: true }) },
    resolve: async (_root, { id, password }, context) => (await asAdmin(context)).household.reset(id, password),
  }),
  deleteAccount: t.field({
    type: 'ID',
    description: 'Signs somebody out for good and removes all that is theirs; files that others keep stay.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, context) => {
      await (await asAdmin(context)).household.change(id, { leaving: true });
      await context.app.agenda.now(DEPART);
      return id;
    },
  }),
  changePassword: t.field({
    type: 'ID',
    description: 'Of the person who asks; they are signed out everywhere at once.',
    args: { current: t.arg.string({ required: true }), password: t.arg.string({ required: true }) },
    resolve: async (_root, { current, password }, { app, person }) => {
      const { _id } = await app.accounts
        .verify({ username: person.username, password: current })
        .catch((error: unknown) => {
          throw error instanceof CodedError && error.code === 'MF_ERR_CREDENTIALS'
            ? new CodedError('MF_ERR_FORBIDDEN', 'The present password is another one.', { cause: error })
            : error;
        });
      await app.accounts.household.reset(_id.toHexString(), password);
      return person.id;
    },
  }),
}));
