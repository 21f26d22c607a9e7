import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { createCipher } from './cipher.ts';
import { addCookieRoutes } from './routes.ts';
import { VaultService } from './vault-service.ts';

export type { VaultService } from './vault-service.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly vault: VaultService;
  }
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const vault = new VaultService(app.database, createCipher(app.system.secrets.keyFor('vault')));
    await vault.init();
    app.decorate('vault', vault);
    app.accounts.departures.add(async (userId) => {
      await vault.removeAll(userId);
      return true;
    });
    addCookieRoutes(app, vault);
  },
  { name: 'vault', dependencies: ['accounts', 'plugins', 'system'] },
);

export default plugin;
