import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { PluginsService } from './plugins-service.ts';
import { PluginRegistry } from './registry.ts';
import { addLinkRoute } from './routes.ts';
import { PluginSwitches } from './switches.ts';

export { pluginId } from './manifest-reader.ts';
export type { InstalledPlugin } from './manifest-reader.ts';
export type { PluginsService } from './plugins-service.ts';
export { SchemaValues } from './schema-values.ts';
export type { PluginRef } from './registry.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly plugins: PluginsService;
  }
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const registry = await PluginRegistry.load(import.meta.dirname, { officialOnly: app.config.safeMode });
    for (const { package: name, state, reason } of registry.plugins) {
      if (reason !== undefined) app.log.warn({ plugin: name, state }, reason);
    }
    app.decorate(
      'plugins',
      new PluginsService(registry, new PluginSwitches(app.database, app.config.mongodbUri === undefined)),
    );
    addLinkRoute(app);
  },
  { name: 'plugins', dependencies: ['accounts', 'mongoose', 'swagger'] },
);

export default plugin;
