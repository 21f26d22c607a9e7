import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import './graphql.ts';
import { createPluginSettingsModel } from './model.ts';
import { PluginSettings } from './plugin-settings.ts';

export type { PluginSettings } from './plugin-settings.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly pluginSettings: PluginSettings;
  }
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const { plugins, vault, database } = app;
    app.decorate('pluginSettings', new PluginSettings({ model: createPluginSettingsModel(database), plugins, vault }));
  },
  { name: 'plugin-settings', dependencies: ['accounts', 'mongoose', 'plugins', 'vault'] },
);

export default plugin;
