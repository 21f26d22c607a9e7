import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { addPluginCommands } from './commands.ts';
import './graphql.ts';
import { createPlatformModel } from './model.ts';
import { PlatformsService } from './platforms-service.ts';
import { checkPlatforms } from './platforms-check.ts';

export { accountKey, ANONYMOUS, ownerOf } from './accounts.ts';
export { REST_CODES, verdictOf } from './outcome.rules.ts';
export type { PluginRow } from './commands.ts';
export type { Attempt, Closed, Outcome, PlatformsService } from './platforms-service.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly platforms: PlatformsService;
  }
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const model = createPlatformModel(app.database);
    await model.init();
    const clock = { now: Date.now, random: Math.random };
    const platforms = new PlatformsService(model, { clock, polite: app.config.polite });
    app.decorate('platforms', platforms);
    tellOfPlugins(app, platforms);
    app.accounts.departures.add(async (userId) => {
      await platforms.forgetPerson(userId);
      return true;
    });
    addPluginCommands(app);
    app.system.health.register('platforms', async () => checkPlatforms(await platforms.closed()));
  },
  { name: 'platforms', dependencies: ['accounts', 'plugins', 'system'] },
);

/** What becomes of a platform becomes of its plugins. */
function tellOfPlugins({ plugins }: FastifyInstance, { events }: PlatformsService): void {
  events.on('change', ({ platform, account }) => {
    for (const { id } of plugins.connectors.filter((connector) => connector.platform === platform))
      events.emit('plugin', { id, account });
  });
  plugins.events.on('change', ({ id }) => events.emit('plugin', { id }));
}

export default plugin;
