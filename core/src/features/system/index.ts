import { join } from 'node:path';
import fp from 'fastify-plugin';
import Type from 'typebox';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { AdminSocket } from './admin-socket.ts';
import { problemOf } from '../../problem.ts';
import { HealthRegistry } from './health.ts';
import type { HealthReport } from './health.ts';
import { openMediaRoot } from './media-root.ts';
import type { MediaRoot } from './media-root.ts';
import { loadSecrets } from './secrets.ts';
import { loadServerId } from './server-id.ts';
import { Settings } from './settings.ts';
import { addSettingsRoutes } from './settings-routes.ts';
import { checkTools } from './tools-check.ts';
import type { Secrets } from './secrets.ts';

export type { AdminCommand } from './admin-socket.ts';
export type { HealthCheck, HealthReport } from './health.ts';
export type { MediaRoot } from './media-root.ts';
export type { KeyPurpose, Secrets } from './secrets.ts';
export type { Settings, SettingsValues } from './settings.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly system: {
      /** Stays the same over restarts: what this server had in hand is its own again. */
      readonly serverId: string;
      readonly secrets: Secrets;
      readonly mediaRoot: MediaRoot;
      readonly health: HealthRegistry;
      readonly settings: Settings;
      /** Commands of `mediafetcher CMD`. */
      readonly admin: AdminSocket;
    };
  }
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const secrets = await loadSecrets(app.config);
    const mediaRoot = await openMediaRoot(app.config.mediaRoot, app.database);
    const health = new HealthRegistry();
    const admin = new AdminSocket(problemOf);
    const settings = new Settings(app.database, app.config);
    const serverId = await loadServerId(app.config.dataDir);
    app.decorate('system', { serverId, secrets, mediaRoot, health, settings, admin });
    health.register('database', async () => {
      await app.database.db?.command({ ping: 1 });
      return { status: 'ok' };
    });
    health.register('storage', async () =>
      (await mediaRoot.mounted())
        ? { status: 'ok' }
        : { status: 'degraded', reason: 'The media folder is not mounted.' },
    );
    health.register('tools', async () => checkTools(app.config));
    addRoutes(app, () => health.report());
    admin.add('status', async () => health.report());
    addSettingsRoutes(app);
    app.addHook('onListen', async () => admin.open(join(app.config.dataDir, 'admin.sock')));
    app.addHook('preClose', async () => admin.close());
  },
  { name: 'system', dependencies: ['mongoose', 'swagger'] },
);

function addRoutes(app: FastifyInstance, report: () => Promise<HealthReport>): void {
  const schema = {
    tags: ['system'],
    security: [],
    summary: 'Whether the server and its parts are well.',
    response: {
      '2xx': Type.Object({
        status: Type.String(),
        parts: Type.Record(Type.String(), Type.Object({ status: Type.String(), reason: Type.Optional(Type.String()) })),
      }),
    },
  };
  app.get('/health', { schema, config: { public: true } }, async (_request, reply) => {
    const result = await report();
    return reply.code(result.status === 'down' ? 503 : 200).send(result);
  });
  app.get('/health/live', { schema: { hide: true }, config: { public: true } }, async () => ({ status: 'ok' }));
  app.get('/health/ready', { schema: { hide: true }, config: { public: true } }, async (_request, reply) => {
    const { status } = await report();
    return reply.code(status === 'down' ? 503 : 200).send({ status });
  });
}

export default plugin;
