import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import './graphql.ts';
import { ToolsService } from './tools-service.ts';

export type { ToolsService, ToolStatus } from './tools-service.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly tools: ToolsService;
  }
}

const UPDATE = 'tools.update';
const UPDATE_EVERY = '7 days';

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const tools = new ToolsService(app.database, app.config, app.log);
    app.decorate('tools', tools);
    // What an older one could not read may be readable now.
    tools.renewals.add(async () => app.platforms.probeNow('tool_outdated'));
    const { admin } = app.system;
    admin.add('tools-list', async () => tools.list());
    admin.add('tools-update', async (_argument, signal) => tools.update(true, signal));
    admin.add('tools-rollback', async (_argument, signal) => tools.rollBack(signal));
    const ending = new AbortController();
    app.agenda.define(UPDATE, async () => {
      if (!tools.isManaged) return;
      const { result } = await tools.update(false, ending.signal);
      app.log.info({ result }, 'weekly update of the tools');
    });
    app.addHook('onReady', async () => {
      await app.agenda.every(UPDATE_EVERY, UPDATE, undefined, { skipImmediate: true });
    });
    app.addHook('preClose', async () => ending.abort());
  },
  { name: 'tools', dependencies: ['accounts', 'agenda', 'platforms', 'system'] },
);

export default plugin;
