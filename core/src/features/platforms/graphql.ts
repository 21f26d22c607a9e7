import { CodedError } from '../../errors.ts';
import { builder } from '../../graphql/builder.ts';
import type { GraphQLContext } from '../../graphql/builder.ts';
import { iterateEvents, mapEvents } from '../../graphql/events.ts';
import { pluginId } from '../plugins/index.ts';
import { ANONYMOUS, ownerOf } from './accounts.ts';
import type { Health, HealthHour } from './health.rules.ts';
import { viewPlugin } from './plugin-view.rules.ts';
import type { PluginView, RestView } from './plugin-view.rules.ts';

const Kind = builder.enumType('PluginKind', { values: ['connector', 'processor'] as const });
const State = builder.enumType('PluginState', {
  description: 'suspended: left alone after a refusal, see rests; disabled: switched off by a person.',
  values: ['active', 'disabled', 'suspended', 'incompatible', 'failed', 'missing'] as const,
});

const Rest = builder.objectRef<RestView>('PlatformRest').implement({
  description: 'A platform is left alone. Downloads of it are held meanwhile.',
  fields: (t) => ({
    account: t.exposeString('account', {
      nullable: true,
      description: 'Which account of who asks; null: without any account, for all.',
    }),
    code: t.exposeString('code', { description: 'MF_ERR_…' }),
    message: t.exposeString('message'),
    since: t.expose('since', { type: 'DateTime' }),
    until: t.expose('until', {
      type: 'DateTime',
      nullable: true,
      description:
        'When one download tries again; null: when a person has done something, such as sending new cookies.',
    }),
  }),
});

const Plugin = builder.objectRef<PluginView>('Plugin').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    package: t.exposeString('package'),
    official: t.exposeBoolean('official', { description: 'Came with MediaFetcher.' }),
    displayName: t.exposeString('displayName'),
    version: t.exposeString('version', { nullable: true }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'What the package says of itself, in a sentence.',
    }),
    hasSettings: t.exposeBoolean('hasSettings', { description: 'There is something that an admin can set.' }),
    kind: t.field({ type: Kind, nullable: true, resolve: ({ kind }) => kind }),
    platform: t.exposeString('platform', { nullable: true }),
    state: t.field({ type: State, resolve: ({ state }) => state }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it is not active, in a sentence.' }),
    nextTry: t.expose('nextTry', { type: 'DateTime', nullable: true }),
    rests: t.field({ type: [Rest], resolve: ({ rests }) => [...rests] }),
  }),
});

const FailureCount = builder.objectRef<{ code: string; count: number }>('FailureCount').implement({
  fields: (t) => ({ code: t.exposeString('code'), count: t.exposeInt('count') }),
});

const Hour = builder.objectRef<HealthHour>('PlatformHour').implement({
  fields: (t) => ({
    at: t.field({ type: 'DateTime', description: 'Start of the hour.', resolve: ({ at }) => new Date(at) }),
    successes: t.exposeInt('successes'),
    failures: t.field({
      type: [FailureCount],
      resolve: ({ failures }) => Object.entries(failures).map(([code, count]) => ({ code, count })),
    }),
  }),
});

const PlatformHealth = builder.objectRef<Health & { platform: string }>('PlatformHealth').implement({
  description: 'How a platform did in the last day, over all accounts.',
  fields: (t) => ({
    platform: t.exposeString('platform'),
    lastSuccessAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ lastSuccess }) => dateOf(lastSuccess) }),
    lastFailureAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ lastFailure }) => dateOf(lastFailure?.at) }),
    lastFailureCode: t.string({ nullable: true, resolve: ({ lastFailure }) => lastFailure?.code ?? null }),
    hours: t.field({
      type: [Hour],
      description: 'Hours that saw an attempt, newest first.',
      resolve: ({ hours }) => [...hours],
    }),
  }),
});

const dateOf = (time: number | undefined): Date | null => (time === undefined ? null : new Date(time));

async function listPlugins({ app, person }: GraphQLContext): Promise<PluginView[]> {
  const [plugins, statuses] = await Promise.all([app.plugins.list(), app.platforms.statuses()]);
  return plugins.map((plugin) => viewPlugin(plugin, pluginId(plugin), statuses, person.id));
}

async function findPlugin(id: string, context: GraphQLContext): Promise<PluginView> {
  const found = (await listPlugins(context)).find((plugin) => plugin.id === id);
  if (found === undefined) throw new CodedError('MF_ERR_UNKNOWN', `There is no plugin ${id}.`);
  return found;
}

builder.queryFields((t) => ({
  plugins: t.field({
    type: [Plugin],
    description: 'What is installed and how it is. Of rests only those that concern who asks.',
    resolve: async (_root, _args, context) => listPlugins(context),
  }),
  platformHealth: t.field({
    type: [PlatformHealth],
    resolve: async (_root, _args, { app }) => app.platforms.health(),
  }),
}));

builder.mutationFields((t) => ({
  setPluginEnabled: t.field({
    type: Plugin,
    description:
      'Switches a plugin at once, for all servers: new links are refused, downloads that wait are held, running ones end. Admins only.',
    args: { id: t.arg.id({ required: true }), enabled: t.arg.boolean({ required: true }) },
    resolve: async (_root, { id, enabled }, context) => {
      await context.app.accounts.assertAdmin(context.person.id);
      await context.app.plugins.setEnabled(id, enabled, context.person.id);
      return findPlugin(id, context);
    },
  }),
  answerChallenge: t.field({
    type: 'Boolean',
    description:
      'An admin has met the challenge of a platform in a browser of this house: one download without an account tries. For an account new cookies are sent.',
    args: { platform: t.arg.string({ required: true }) },
    resolve: async (_root, { platform }, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      await app.platforms.probeNow('challenge', { platform, account: ANONYMOUS });
      return true;
    },
  }),
}));

builder.subscriptionFields((t) => ({
  pluginChanged: t.field({
    type: Plugin,
    description: 'A plugin was switched, or its platform begins or ends a rest that concerns who asks.',
    subscribe: (_root, _args, context) => {
      const { app, person, cutOff } = context;
      const wanted = ({ account }: { account?: string }): boolean =>
        account === undefined || account === ANONYMOUS || ownerOf(account)?.userId === person.id;
      const changes = iterateEvents<{ id: string; account?: string }>(app.platforms.events, 'plugin', {
        wanted,
        onTooSlow: cutOff,
      });
      return mapEvents(changes, async ({ id }) => findPlugin(id, context));
    },
    resolve: (plugin) => plugin,
  }),
}));
