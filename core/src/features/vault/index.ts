import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import './graphql.ts';
import { KeyRing } from './key-ring.ts';
import { rotateSecrets } from './rotate-secrets.ts';
import { addCookieRoutes } from './routes.ts';
import { VaultService } from './vault-service.ts';

export type { RotationReport } from './rotate-secrets.ts';
export { sealedField } from './sealed-values.ts';
export type { SealedValues } from './sealed-values.ts';
export type { JarRef, VaultService } from './vault-service.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly vault: VaultService;
  }
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const { secrets, health, admin } = app.system;
    const ring = new KeyRing(app.database, secrets.keyFor('vault'));
    await ring.init();
    const vault = new VaultService(app.database, ring);
    await vault.init();
    app.decorate('vault', vault);
    app.accounts.departures.add(async (userId) => {
      await vault.removeAll(userId);
      return true;
    });
    health.register('vault', async () =>
      (await ring.isReadable())
        ? { status: 'ok' }
        : { status: 'degraded', reason: 'Cookies and headers were sealed under another SECRET_KEY.' },
    );
    admin.add('rotate-secrets', async () => rotateSecrets(vault, ring, secrets));
    addCookieRoutes(app, vault);
  },
  { name: 'vault', dependencies: ['accounts', 'platforms', 'plugins', 'system'] },
);

export default plugin;
