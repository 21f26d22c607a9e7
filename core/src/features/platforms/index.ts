import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { createPlatformModel } from './model.ts';
import { PlatformsService } from './platforms-service.ts';

export { ANONYMOUS } from './model.ts';
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
    app.decorate('platforms', new PlatformsService(model, { clock, polite: app.config.polite }));
  },
  { name: 'platforms', dependencies: ['plugins', 'system'] },
);

export default plugin;
