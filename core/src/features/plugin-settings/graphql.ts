import { CodedError } from '../../errors.ts';
import { builder } from '../../graphql/builder.ts';
import type { SettingsView } from './plugin-settings.ts';

const Settings = builder.objectRef<SettingsView>('PluginSettings').implement({
  description: 'What an admin can set for a plugin.',
  fields: (t) => ({
    id: t.exposeID('id', { description: "The plugin's." }),
    schema: t.field({ type: 'JSON', description: 'JSON Schema: the form is drawn from it.', resolve: (s) => s.schema }),
    values: t.field({
      type: 'JSON',
      description: 'With the defaults; secrets are not among them.',
      resolve: ({ values }) => values,
    }),
    secrets: t.exposeStringList('secrets', { description: 'Names of the secrets that are set.' }),
  }),
});

builder.queryFields((t) => ({
  pluginSettings: t.field({
    type: Settings,
    description: 'Admins only.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      return app.pluginSettings.view(id);
    },
  }),
}));

builder.mutationFields((t) => ({
  changePluginSettings: t.field({
    type: Settings,
    description:
      'Takes the place of what was set, for downloads that begin from now on. A secret that is not given stays; null takes it away. Admins only.',
    args: { id: t.arg.id({ required: true }), values: t.arg({ type: 'JSON', required: true }) },
    resolve: async (_root, { id, values }, { app, person }) => {
      await app.accounts.assertAdmin(person.id);
      if (typeof values !== 'object' || values === null || Array.isArray(values))
        throw new CodedError('MF_ERR_VALIDATION', 'The settings are not an object.');
      return app.pluginSettings.change(id, { ...values }, person.id);
    },
  }),
}));
