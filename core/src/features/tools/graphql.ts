import { builder } from '../../graphql/builder.ts';
import type { ToolVersions, UpdateReport } from '../../tools/index.ts';
import type { ToolStatus, ToolSuccess } from './tools-service.ts';

const ToolSource = builder.enumType('ToolSource', { values: ['setting', 'path', 'managed'] as const });
const UpdateResult = builder.enumType('ToolUpdateResult', {
  values: ['updated', 'current', 'offline', 'held'] as const,
});

const Success = builder.objectRef<ToolSuccess>('ToolSuccess').implement({
  description: 'When a tool last brought a post of a platform.',
  fields: (t) => ({ platform: t.exposeString('platform'), at: t.expose('at', { type: 'DateTime' }) }),
});

const Tool = builder.objectRef<ToolStatus>('Tool').implement({
  description: 'An outside program.',
  fields: (t) => ({
    name: t.exposeString('name'),
    found: t.exposeBoolean('found', { description: 'It is there and tells its version.' }),
    source: t.field({
      type: ToolSource,
      description: 'Where it comes from: a setting, PATH, or the environment that MediaFetcher keeps current.',
      resolve: ({ source }) => source,
    }),
    version: t.string({ nullable: true, resolve: ({ version }) => version ?? null }),
    installedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ installedAt }) => installedAt ?? null }),
    releasedAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ releasedAt }) => releasedAt ?? null }),
    successes: t.field({ type: [Success], resolve: ({ successes }) => [...successes] }),
  }),
});

const Versions = builder.objectRef<ToolVersions>('ToolVersions').implement({
  fields: (t) => ({
    ytDlp: t.string({ resolve: (versions) => versions['yt-dlp'] }),
    galleryDl: t.string({ resolve: (versions) => versions['gallery-dl'] }),
  }),
});

const Update = builder.objectRef<UpdateReport>('ToolUpdate').implement({
  fields: (t) => ({
    result: t.field({
      type: UpdateResult,
      description: '`offline`: the package index was not reached; what is there stays.',
      resolve: ({ result }) => result,
    }),
    from: t.field({ type: Versions, resolve: ({ from }) => from }),
    to: t.field({ type: Versions, resolve: ({ to }) => to }),
  }),
});

builder.queryFields((t) => ({
  tools: t.field({
    type: [Tool],
    description: 'The outside programs; admins only.',
    resolve: async (_root, _args, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      return app.tools.list();
    },
  }),
}));

builder.mutationFields((t) => ({
  updateTools: t.field({
    type: Update,
    description:
      'Puts the newest yt-dlp and gallery-dl beside the present ones, tries them, and switches; admins only.',
    resolve: async (_root, _args, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      return app.tools.update(true);
    },
  }),
  rollBackTools: t.field({
    type: Versions,
    description: 'Goes back to the yt-dlp and gallery-dl of before; admins only.',
    resolve: async (_root, _args, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      return app.tools.rollBack();
    },
  }),
}));
