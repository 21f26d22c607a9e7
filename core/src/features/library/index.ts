import fp from 'fastify-plugin';
import type { Model } from 'mongoose';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import './graphql.ts';
import { BulkWatch } from './bulk/bulk-watch.ts';
import './bulk/graphql.ts';
import './folders/graphql.ts';
import './listing/graphql.ts';
import './posts/connection.ts';
import './posts/graphql.ts';
import './storage-graphql.ts';
import './trash-graphql.ts';
import { removeLibraryOf } from './departure.ts';
import { addExportRoutes } from './export/export-routes.ts';
import { LibraryService } from './library-service.ts';
import { backfillLinks } from './listing/backfill.ts';
import { createLibraryModels } from './models.ts';
import { addLibraryRoutes } from './routes.ts';
import { addStorageRoutes } from './storage-routes.ts';
import { backfillTags } from './tags/backfill-tags.ts';
import { remakeMissingThumbnails } from './thumbnail-round.ts';
import { Tombstones } from './tombstones.ts';
import { addTrashRoutes } from './trash-routes.ts';

export type { LibraryService } from './library-service.ts';
export type { LibraryEntry } from './library-query.ts';
export { folderLoaders } from './folders/loaders.ts';
export type { FsckReport } from './fsck/finding.ts';
export type { LinkDoc, PostDoc } from './models.ts';
export type { LibraryPostView } from './view.ts';
export { LibraryPost } from './graphql.ts';
export { SHARED_SCOPE } from './models.ts';
export { Untried } from './renditions/failed-render.rules.ts';
export type { Render, RenderOrder, Rendered } from './renditions/render.ts';
export { nameOf, nameOfPost } from './download-name.rules.ts';
export { changeTags, normalizeTags } from './tags/tag.rules.ts';
export { libraryPostView, mediaItemView, titleOf } from './view.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly library: LibraryService;
  }
}

/** How often the janitor looks for what a crash left between two states. */
const RECONCILE_EVERY = '1 minute';
/** All totals anew, whatever made one wrong. */
const COUNT_EVERY = '1 day';
const PURGE_EVERY = '1 hour';
const RECOUNT_EVERY = '1 day';
const THUMBNAILS_EVERY = '1 day';
/** A lost `thumbs/` of many files takes hours; no second server begins with the same meanwhile. */
const THUMBNAILS_MS = 6 * 60 * 60_000;

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const { mediaRoot, settings, serverId } = app.system;
    const models = createLibraryModels(app.database);
    const tombstones = new Tombstones(app.database);
    await Promise.all([...Object.values(models).map(async (model: Model<never>) => model.init()), tombstones.init()]);
    await backfillLinks(app.database, models);
    const library = new LibraryService({
      models,
      tombstones,
      settings,
      mediaRoot,
      media: app.media,
      server: serverId,
      isPerson: async (id) => app.accounts.isPerson(id),
      isGone: async (id) => app.accounts.isGone(id),
      onError: (error) => app.log.error({ err: error }, 'the janitor tries again later'),
    });
    await backfillTags(app.database, models, library.tags);
    app.decorate('library', library);
    app.accounts.departures.add(async (userId) => removeLibraryOf(userId, { library, models, tombstones }));
    addLibraryRoutes(app);
    addTrashRoutes(app);
    addExportRoutes(app);
    addStorageRoutes(app);
    app.system.admin.add('fsck', async ({ repair, verifyHashes }, signal) =>
      library.fsck({ repair: repair === true, verifyHashes: verifyHashes === true, signal }),
    );
    if (await mediaRoot.mounted()) await library.reconcile(true);
    app.agenda.define('library.reconcile', async () => {
      if (await mediaRoot.mounted()) await library.reconcile(false);
    });
    app.agenda.define('library.folders', async () => {
      await library.folders.reconcile();
      await library.tags.reconcile();
    });
    app.agenda.define('library.bulk', async () => library.bulk.work());
    const onError = (error: unknown): void => app.log.error({ err: error }, 'bulk jobs elsewhere');
    const watch = new BulkWatch({ models, events: library.bulk.events, server: serverId, onError });
    watch.start();
    app.addHook('preClose', async () => {
      await watch.stop();
      await library.bulk.stop();
    });
    await library.renditions.recover();
    app.addHook('preClose', async () => library.renditions.stop());
    app.agenda.define('library.renditions', async () => library.renditions.wake());
    app.agenda.define('library.totals', async () => {
      await library.folders.totals.repair(true);
    });
    app.agenda.define('library.purge', async () => {
      if (await mediaRoot.mounted()) await library.purgeTrash();
    });
    // What only a server leaves that was killed in one certain millisecond: nobody finds it by a lease.
    app.agenda.define('library.recount', async () => {
      if (await mediaRoot.mounted()) await library.fsck({ repair: true, documentsOnly: true });
    });
    const closing = new AbortController();
    app.addHook('preClose', async () => closing.abort());
    app.agenda.define(
      'library.thumbnails',
      async () => {
        if (await mediaRoot.mounted()) await remakeMissingThumbnails(app.media, closing.signal);
      },
      { lockLifetime: THUMBNAILS_MS },
    );
    app.addHook('onReady', async () => {
      await app.agenda.every(RECONCILE_EVERY, 'library.reconcile', undefined, { skipImmediate: true });
      await app.agenda.every(PURGE_EVERY, 'library.purge', undefined, { skipImmediate: true });
      await app.agenda.every(RECOUNT_EVERY, 'library.recount', undefined, { skipImmediate: true });
      await app.agenda.every(RECONCILE_EVERY, 'library.folders');
      await app.agenda.every(RECONCILE_EVERY, 'library.bulk');
      await app.agenda.every(RECONCILE_EVERY, 'library.renditions', undefined, { skipImmediate: true });
      await app.agenda.every(COUNT_EVERY, 'library.totals', undefined, { skipImmediate: true });
      await app.agenda.every(THUMBNAILS_EVERY, 'library.thumbnails', undefined, { skipImmediate: true });
    });
  },
  { name: 'library', dependencies: ['accounts', 'agenda', 'media', 'system'] },
);

export default plugin;
