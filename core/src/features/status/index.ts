import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { DailyCounts } from './daily-counts.ts';
import './graphql.ts';
import { StorageDays } from './storage-days.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What the status page tells of the server over time. */
    readonly status: { readonly counts: DailyCounts; readonly storage: StorageDays; readonly startedAt: Date };
  }
}

const SAMPLE = 'status.storage';
const SAMPLE_EVERY = '1 hour';

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const counts = new DailyCounts(app.database);
    await counts.init();
    const storage = new StorageDays(app.database, { media: app.media, mediaRoot: app.system.mediaRoot });
    app.decorate('status', { counts, storage, startedAt: new Date() });
    app.downloads.events.on('ended', (download) => {
      counts.count(download).catch((error: unknown) => app.log.error({ err: error }, 'daily counts'));
    });
    app.accounts.departures.add(async (userId) => {
      await counts.forgetPerson(userId);
      return true;
    });
    app.agenda.define(SAMPLE, async () => storage.sample());
    app.addHook('onReady', async () => {
      await app.agenda.every(SAMPLE_EVERY, SAMPLE);
    });
  },
  { name: 'status', dependencies: ['accounts', 'agenda', 'downloads', 'media', 'system'] },
);

export default plugin;
