import fp from 'fastify-plugin';
import { Agenda, InMemoryNotificationChannel } from 'agenda';
import { MongoBackend } from '@agendajs/mongo-backend';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The cluster's clock. Handlers take milliseconds; the truth is in the documents they look at. */
    readonly agenda: Agenda;
  }
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const { db } = app.database;
    if (db === undefined) throw new Error('The database connection is closed.');
    const agenda = new Agenda({
      // The driver that mongoose brings and the backend's own are one package; their types are declared twice.
      backend: new MongoBackend({ mongo: db }),
      notificationChannel: new InMemoryNotificationChannel(),
      processEvery: '5 seconds',
      // Also the time that agenda's timers outlive a close, twice over.
      defaultLockLifetime: 5_000,
      removeOnComplete: true,
    });
    agenda.on('error', (error: Error) => app.log.error({ err: error }, 'agenda'));
    agenda.on('fail', (error: Error) => app.log.error({ err: error }, 'scheduled job failed'));
    app.decorate('agenda', agenda);
    app.addHook('onReady', async () => agenda.start());
    app.addHook('preClose', async () => agenda.stop());
  },
  { name: 'agenda', dependencies: ['mongoose'] },
);

export default plugin;
