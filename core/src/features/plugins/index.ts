import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { PluginRegistry } from './registry.ts';
import { addLinkRoute } from './routes.ts';

export type { PluginRef, PluginRegistry } from './registry.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly plugins: PluginRegistry;
  }
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const registry = await PluginRegistry.load(import.meta.dirname);
    for (const { package: name, state, reason } of registry.plugins) {
      if (reason !== undefined) app.log.warn({ plugin: name, state }, reason);
    }
    app.decorate('plugins', registry);
    addLinkRoute(app);
  },
  { name: 'plugins', dependencies: ['accounts', 'swagger'] },
);

export default plugin;
