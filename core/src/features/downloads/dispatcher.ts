import type { FastifyBaseLogger } from 'fastify';
import type { FailureCode } from '@mediafetcher/sdk';
import type { Assign } from '../../channel/messages.ts';
import { CodedError, isFailure } from '../../errors.ts';
import type { LibraryService } from '../library/index.ts';
import type { PluginSettings } from '../plugin-settings/index.ts';
import type { PluginsService } from '../plugins/index.ts';
import type { MediaRoot } from '../system/index.ts';
import type { Claims } from './claims.ts';
import { jobKey, send } from './connections.ts';
import type { WorkerConnection, WorkerConnections } from './connections.ts';
import type { JobSecrets } from './job-secrets.ts';
import type { DownloadDoc } from './model.ts';
import { LEASE_MS } from './queue.ts';
import type { DownloadQueue } from './queue.ts';
import type { Slots } from './slots.ts';

/** Milliseconds before an assignment that broke is tried again. */
const HICCUP_MS = 5_000;
/** A hiccup that comes so often is none. */
const HICCUPS = 5;

interface Dependencies {
  readonly claims: Claims;
  readonly queue: DownloadQueue;
  readonly slots: Slots;
  readonly connections: WorkerConnections;
  readonly plugins: PluginsService;
  readonly mediaRoot: MediaRoot;
  readonly log: FastifyBaseLogger;
  readonly limits: LibraryService['limits'];
  readonly pluginSettings: PluginSettings;
  /** The way to a platform, where it is not the direct one. */
  readonly proxyFor: (platform: string) => Promise<string | undefined>;
  /** Whether an admin has stopped all downloads. */
  readonly paused: () => Promise<boolean>;
  readonly secretsOf: (job: DownloadDoc) => Promise<JobSecrets>;
}

/** Gives queued jobs to workers, as long as there are a job, a slot and a worker. */
export class Dispatcher {
  readonly #deps: Dependencies;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Looks for work, at once; calls while it looks make it look once more. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again) this.wake();
    });
  }

  /** Resolves when nothing is just being assigned. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Assigns nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        while (await this.#assignOne());
      } catch (error) {
        this.#deps.log.error({ err: error }, 'dispatch failed');
      }
    }
  }

  async #assignOne(): Promise<boolean> {
    const { claims, connections, mediaRoot, paused } = this.#deps;
    const worker = this.#stopped ? undefined : connections.free();
    if (worker === undefined || !(await mediaRoot.mounted()) || (await paused())) return false;
    const job = await claims.next(worker.workerId);
    if (job === null) return false;
    await this.#assign(worker, job);
    return true;
  }

  async #assign(worker: WorkerConnection, job: DownloadDoc): Promise<void> {
    const { queue, slots, plugins, log } = this.#deps;
    const ref = { jobId: job._id.toString(), attempt: job.attempt };
    try {
      const { jar, ...secrets } = await this.#deps.secretsOf(job);
      const given = worker.confidential ? secrets : {};
      const message = await this.#messageFor(job, given, worker.confidential);
      // Before they leave: what an attempt with cookies has fetched is nobody else's, whoever finishes it.
      if (given.cookies !== undefined && jar !== undefined)
        await queue.update(ref, { $set: { usesCookies: true, jar } });
      if (Object.keys(given).length < Object.keys(secrets).length)
        await queue.update(ref, { $set: { secretsWithheld: true } });
      worker.jobs.add(jobKey(ref));
      send(worker, message);
      log.info(
        {
          jobId: ref.jobId,
          attempt: ref.attempt,
          worker: worker.workerId,
          plugin: plugins.connector(job.link.connector).id,
        },
        'assigned',
      );
    } catch (error) {
      log.error({ err: error, jobId: ref.jobId }, 'assign failed');
      worker.jobs.delete(jobKey(ref));
      // A refusal is about the job; a hiccup of the database is not.
      const isOver = error instanceof CodedError || job.attempt - job.attemptBase >= HICCUPS;
      // It waits with all others until there is room.
      const isFull = error instanceof CodedError && error.code === 'MF_ERR_DISK_FULL';
      if (isFull) await queue.requeue(ref, HICCUP_MS, { attemptBase: job.attemptBase + 1 });
      else if (isOver) await queue.finish(ref, { status: 'failed', ...failureOf(error) });
      else await queue.requeue(ref, HICCUP_MS);
      await this.#deps.claims.giveBack(job);
      if (job.slot !== undefined && job.fence !== undefined) await slots.release({ slot: job.slot, fence: job.fence });
    }
  }

  async #messageFor(job: DownloadDoc, secrets: JobSecrets, confidential: boolean): Promise<Assign> {
    const { plugins, limits, pluginSettings, proxyFor } = this.#deps;
    const connector = plugins.connector(job.link.connector);
    const processors = [...(await plugins.processors())];
    const proxy = await proxyFor(job.link.platform);
    await limits.assertRoom(job.user.toString(), 1);
    return {
      type: 'assign',
      jobId: job._id.toString(),
      attempt: job.attempt,
      link: job.link,
      options: job.options,
      settings: await pluginSettings.forJob([connector, ...processors], { secrets: confidential }),
      connector: { id: connector.id, package: connector.package },
      processors,
      leaseMs: LEASE_MS,
      maxFileBytes: await limits.maxFileBytes(),
      reserveBytes: await limits.reserveBytes(),
      // The probe of a platform reads one post of a list.
      ...(job.list && { listLimit: job.probe === true ? 1 : job.list.limit }),
      ...(job.probe === true && { probe: true }),
      ...secrets,
      ...(proxy !== undefined && { proxy }),
    };
  }
}

function failureOf(error: unknown): { errorCode: FailureCode; errorMessage: string } {
  if (isFailure(error)) return { errorCode: error.code, errorMessage: error.message };
  if (error instanceof CodedError && error.code === 'MF_ERR_COOKIES')
    return { errorCode: 'MF_ERR_LOGIN_REQUIRED', errorMessage: error.message };
  if (error instanceof CodedError && error.code === 'MF_ERR_UNAVAILABLE')
    return { errorCode: 'MF_ERR_INTERNAL', errorMessage: error.message };
  if (error instanceof CodedError)
    return { errorCode: 'MF_ERR_PLUGIN', errorMessage: 'The plugin of this platform is not active.' };
  return { errorCode: 'MF_ERR_INTERNAL', errorMessage: 'The server could not start this download. Its log says more.' };
}
