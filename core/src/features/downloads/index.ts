import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { BulkControl } from './bulk-control.ts';
import { Claims } from './claims.ts';
import { downloadCommands } from './admin-commands.ts';
import { CodedError } from '../../errors.ts';
import { AttemptLogs } from './attempt-logs.ts';
import { viewWorker, WorkerConnections } from './connections.ts';
import { removeDownloadsOf } from './departure.ts';
import { Dispatcher } from './dispatcher.ts';
import type { DownloadsService } from './downloads-service.ts';
import { DownloadsQuery } from './downloads-query.ts';
import { DownloadEmitter } from './events.ts';
import { addFileRoutes } from './file-routes.ts';
import { Followers } from './followers.ts';
import './graphql.ts';
import './graphql-control.ts';
import './graphql-links.ts';
import { sealedHeaders } from './sealed-headers.ts';
import { secretsOf } from './job-secrets.ts';
import { HeldResults } from './held-results.ts';
import { LocalWorkers } from './local-workers.ts';
import { createDownloadModels } from './model.ts';
import type { DownloadModels } from './model.ts';
import { createLists } from './parents/create-lists.ts';
import { createPlatformGate } from './platform-gate.ts';
import { PlatformHolds } from './platform-holds.ts';
import { ProgressWriter } from './progress-writer.ts';
import { QueuePause, QueueSwitch } from './queue-switch.ts';
import { HeldQueue } from './held-queue.ts';
import { DownloadQueue } from './queue.ts';
import { DownloadRecords } from './records.ts';
import { addControlRoutes } from './control-routes.ts';
import { addDownloadRoutes } from './routes.ts';
import { Slots } from './slots.ts';
import { StoreStage } from './store-stage.ts';
import { Submission } from './submit.ts';
import { sweepStaging } from './sweeper.ts';
import { addWorkerChannel } from './worker-channel.ts';
import { RenditionOrders } from './rendition-orders.ts';
import { ThumbnailOrders } from './thumbnail-orders.ts';
import { WorkerMessages } from './worker-messages.ts';

export type { AddedLink } from './admin-commands.ts';
export type { WorkerView } from './connections.ts';
export type { EndedDownload } from './events.ts';
export type { DownloadView } from './view.ts';
export type { DownloadsService } from './downloads-service.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly downloads: DownloadsService;
  }
}

const DISPATCH = 'downloads.dispatch';
/** A net below the wake-ups: leases that ran out, retries whose time has come, slots that another server freed. */
const DISPATCH_EVERY = '5 seconds';
const SWEEP = 'downloads.sweep';
const SWEEP_EVERY = '1 hour';

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const models = createDownloadModels(app.database);
    await models.Download.init();
    app.vault.sealedValues.push(sealedHeaders(models));
    const parts = await createParts(app, models);
    const { events, dispatcher, connections, logs } = parts;
    const { control } = parts.lists;
    const submission = new Submission({ models, records: parts.records, ...app });
    const bulk = new BulkControl({ models, control });
    app.accounts.departures.add(async (userId) => removeDownloadsOf(userId, { models, control, logs }));
    app.decorate('downloads', {
      events,
      query: new DownloadsQuery(models),
      control,
      bulk,
      pause: parts.pause,
      submit: async (request) => {
        const submitted = await submission.submit(request);
        // Whoever cleans up behind a person that goes may have passed already.
        if (await app.accounts.isGone(request.userId)) {
          await removeDownloadsOf(request.userId, { models, control, logs });
          throw new CodedError('MF_ERR_UNAUTHENTICATED');
        }
        if (!submitted.existing) {
          dispatcher.wake();
          parts.holds.showNew();
        }
        return submitted;
      },
      workers: () => connections.all().map((connection) => viewWorker(connection, app.system.serverId)),
      logOf: async (userId, jobId) => logs.find(userId, jobId),
    });
    for (const [name, command] of Object.entries(downloadCommands(app.accounts, app.downloads, app.library)))
      app.system.admin.add(name, command);
    addDownloadRoutes(app, events);
    addControlRoutes(app);
    addFileRoutes(app);
    const token = app.config.workerToken ?? app.system.secrets.keyFor('worker-token').toString('base64url');
    const sweep = async () =>
      sweepStaging({ models, mediaRoot: app.system.mediaRoot, stage: parts.stage, library: app.library });
    const { messages, thumbnails, renditions } = parts;
    addWorkerChannel(app, { token, connections, dispatcher, messages, thumbnails, renditions, sweep });
    app.system.health.register('workers', async () =>
      connections.count > 0 ? { status: 'ok' } : { status: 'degraded', reason: 'No worker is connected.' },
    );
    await recover(app, models, parts);
    schedule(app, models, parts);
    runWorkers(app, token, parts);
  },
  {
    name: 'downloads',
    dependencies: [
      'accounts',
      'agenda',
      'library',
      'media',
      'platforms',
      'plugin-settings',
      'plugins',
      'system',
      'tools',
      'vault',
      'websocket',
    ],
  },
);

type Parts = Awaited<ReturnType<typeof createParts>>;

async function createParts(app: FastifyInstance, models: DownloadModels) {
  const { log, library, config, plugins } = app;
  const { mediaRoot, serverId } = app.system;
  const events = new DownloadEmitter();
  const queue = new DownloadQueue(models, events, serverId);
  const heldQueue = new HeldQueue(models, events, serverId);
  const slots = new Slots(models, serverId, async () => (await app.system.settings.read()).concurrency);
  await slots.init();
  const connections = new WorkerConnections();
  const logs = new AttemptLogs(app.database);
  await logs.init();
  const progress = new ProgressWriter(queue, config.progressThrottleMs, (error) =>
    log.error({ err: error }, 'progress'),
  );
  const stage = new StoreStage({ queue, held: heldQueue, library, mediaRoot, log });
  const followers = new Followers({ models, library, queue, events });
  const state = new QueueSwitch(app.database, events, config.mongodbUri === undefined);
  const records = new DownloadRecords(models, events);
  const dispatcher: Dispatcher = new Dispatcher({
    claims: new Claims({ queue, slots, gate: createPlatformGate(app, models, () => dispatcher.wake()) }),
    queue,
    slots,
    connections,
    plugins,
    mediaRoot,
    log,
    limits: library.limits,
    paused: async () => (await state.read()).paused,
    pluginSettings: app.pluginSettings,
    proxyFor: async (platform) => (await app.system.settings.read()).platformProxies[platform] ?? config.proxyUrl,
    secretsOf: async (job) => secretsOf(app.vault, job),
  });
  const lists = createLists(app, {
    ...{ models, events, queue, records, connections, dispatcher },
    ...{ followers, progress, stage },
  });
  const messages = new WorkerMessages({
    lists: lists.lists,
    ...{ queue, slots, progress, stage, library, dispatcher, followers, log },
    platforms: app.platforms,
    ...{ vault: app.vault, tools: app.tools, logs },
    patient: config.polite,
  });
  const thumbnails = new ThumbnailOrders(connections, mediaRoot);
  app.media.thumbnails.drawBy(thumbnails.draw);
  const renditions = new RenditionOrders({
    connections,
    mediaRoot,
    terms: async (secrets) => {
      const processors = [...(await plugins.processors())];
      const settings = await app.pluginSettings.forJob(processors, { secrets });
      const { limits } = library;
      return {
        processors,
        settings,
        maxFileBytes: await limits.maxFileBytes(),
        reserveBytes: await limits.reserveBytes(),
      };
    },
  });
  library.renditions.renderBy(renditions.render);
  const holds = new PlatformHolds({ app, models, events });
  const held = new HeldResults({ held: heldQueue, mediaRoot, store: async (message) => messages.store(message) });
  const pause = new QueuePause({ state, queue, connections, progress, dispatcher });
  return {
    ...{ events, queue, slots, connections, progress, stage, followers, records, lists },
    ...{ dispatcher, messages, thumbnails, renditions, held, holds, pause, logs },
  };
}

/** After a start: what this server had running is queued again, and staging of jobs that are over is swept. */
async function recover(
  app: FastifyInstance,
  models: DownloadModels,
  { queue, slots, stage, followers, lists }: Parts,
): Promise<void> {
  await slots.releaseOwn();
  await queue.requeueOwn();
  await queue.requeueSilent();
  await followers.releaseOrphans();
  await lists.lists.reconcile();
  await sweepStaging({ models, mediaRoot: app.system.mediaRoot, stage, library: app.library });
}

function schedule(app: FastifyInstance, models: DownloadModels, parts: Parts): void {
  const { queue, followers, dispatcher, stage, progress, held, holds, pause, lists } = parts;
  app.agenda.define(DISPATCH, async () => {
    for (const { _id } of await queue.requeueSilent()) progress.end(_id.toString());
    await followers.releaseOrphans();
    // Another server may have been told.
    await pause.enforce();
    dispatcher.wake();
    await held.release();
    await holds.sync();
    await lists.lists.reconcile();
  });
  app.platforms.events.on('plugin', () => {
    dispatcher.wake();
    holds.show();
  });
  app.agenda.define(SWEEP, async () =>
    sweepStaging({ models, mediaRoot: app.system.mediaRoot, stage, library: app.library }),
  );
  // A limit may be another one now.
  app.system.settings.listeners.add(() => dispatcher.wake());
  app.addHook('onReady', async () => {
    await app.agenda.every(DISPATCH_EVERY, DISPATCH, undefined, { skipImmediate: true });
    await app.agenda.every(SWEEP_EVERY, SWEEP, undefined, { skipImmediate: true });
  });
}

/** A worker of this server is known to be dead: its jobs need not wait for their leases. */
async function requeueOf(worker: string, { queue, slots, dispatcher }: Parts): Promise<void> {
  for (const { slot, fence } of await queue.requeueWorker(worker)) {
    if (slot !== undefined && fence !== undefined) await slots.release({ slot, fence });
  }
  dispatcher.wake();
}

function runWorkers(app: FastifyInstance, token: string, parts: Parts): void {
  const { dispatcher, messages } = parts;
  let workers: LocalWorkers | undefined;
  app.addHook('onListen', async () => {
    const url = channelAddress(app.server.address() as AddressInfo, app.config.basePath);
    workers = new LocalWorkers({
      count: app.config.workers,
      serverId: app.system.serverId,
      environment: {
        SERVER_URL: url,
        WORKER_TOKEN: token,
        DATA_DIR: app.config.dataDir,
        MEDIA_ROOT: app.config.mediaRoot,
        // Compiled code of workers and runners: a runner starts for each job.
        NODE_COMPILE_CACHE: join(app.config.dataDir, 'cache', 'node'),
      },
      log: app.log,
      onDeath: (worker) => {
        requeueOf(worker, parts).catch((error: unknown) => app.log.error({ err: error }, 'jobs of a dead worker'));
      },
    });
    workers.start();
  });
  app.drains.push(async () => {
    await dispatcher.stop();
    await workers?.close();
    await messages.settle();
    await parts.lists.lists.stop();
  });
}

/** Where this server's own workers find it. */
function channelAddress({ address, port, family }: AddressInfo, basePath: string): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `ws://${family === 'IPv6' && host.includes(':') ? `[${host}]` : host}:${port}${basePath}worker`;
}

export default plugin;
