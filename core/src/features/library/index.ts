import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import './graphql.ts';
import { LibraryService } from './library-service.ts';
import { backfillLinks } from './listing/backfill.ts';
import { createLibraryModels } from './models.ts';
import { addLibraryRoutes } from './routes.ts';

export type { LibraryService } from './library-service.ts';
export type { LibraryEntry } from './library-query.ts';
export type { LinkDoc, PostDoc } from './models.ts';
export type { LibraryPostView } from './view.ts';
export { LibraryPost } from './graphql.ts';
export { SHARED_SCOPE } from './models.ts';
export { nameOf } from './routes.ts';
export { libraryPostView, mediaItemView, titleOf } from './view.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly library: LibraryService;
  }
}

/** How often the janitor looks for what a crash left between two states. */
const RECONCILE_EVERY = '1 minute';

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const models = createLibraryModels(app.database);
    await Promise.all([models.Post.init(), models.Link.init()]);
    await backfillLinks(app.database, models);
    const library = new LibraryService({
      models,
      media: app.media,
      server: app.system.serverId,
      maxFileBytes: app.config.maxFileBytes,
      onError: (error) => app.log.error({ err: error }, 'the janitor tries again later'),
    });
    app.decorate('library', library);
    addLibraryRoutes(app);
    if (await app.system.mediaRoot.mounted()) await library.reconcile(true);
    app.agenda.define('library.reconcile', async () => {
      if (await app.system.mediaRoot.mounted()) await library.reconcile(false);
    });
    app.addHook('onReady', async () => {
      await app.agenda.every(RECONCILE_EVERY, 'library.reconcile', undefined, { skipImmediate: true });
    });
  },
  { name: 'library', dependencies: ['accounts', 'agenda', 'media', 'system'] },
);

export default plugin;
