import type { FastifyBaseLogger } from 'fastify';
import type { Expanded, Failed, Listed, Resolved, Staged, Thumbnails, WorkerMessage } from '../../channel/messages.ts';
import type { LibraryService } from '../library/index.ts';
import type { PlatformsService } from '../platforms/index.ts';
import type { ToolsService } from '../tools/index.ts';
import type { VaultService } from '../vault/index.ts';
import type { AttemptLogs } from './attempt-logs.ts';
import { jobKey, send, withdraw } from './connections.ts';
import type { WorkerConnection } from './connections.ts';
import type { Dispatcher } from './dispatcher.ts';
import { endFailedAttempt } from './failed-attempt.ts';
import type { Followers } from './followers.ts';
import { noteJarOutcome } from './jar-outcome.ts';
import type { DownloadDoc } from './model.ts';
import type { Lists } from './parents/lists.ts';
import { forgetPlatformAttempt, notePlatformOutcome } from './platform-outcome.ts';
import type { ProgressWriter } from './progress-writer.ts';
import { LEASE_MS } from './queue.ts';
import type { DownloadQueue, JobRef } from './queue.ts';
import type { Slots } from './slots.ts';
import { settleResolved } from './resolved-post.ts';
import { keepsPartialFiles } from './state.rules.ts';
import type { StoreStage } from './store-stage.ts';

interface Dependencies {
  readonly queue: DownloadQueue;
  readonly slots: Slots;
  readonly progress: ProgressWriter;
  readonly stage: StoreStage;
  readonly library: LibraryService;
  readonly dispatcher: Dispatcher;
  readonly followers: Followers;
  readonly lists: Lists;
  readonly platforms: PlatformsService;
  readonly vault: VaultService;
  readonly logs: AttemptLogs;
  readonly tools: Pick<ToolsService, 'noteSuccess'>;
  readonly log: FastifyBaseLogger;
  /** False: pauses are short, and long ones are none; for a stand-in of the platforms. */
  readonly patient: boolean;
}

/** Milliseconds before a list is read again whose posts could not be taken in. */
const HICCUP_MS = 5_000;

/** What the server makes of a worker's message. Each may come late, twice or for an attempt that is over. */
export class WorkerMessages {
  readonly #deps: Dependencies;
  /** Jobs in the store stage: a doubled `staged` joins the first. */
  readonly #storing = new Map<string, Promise<void>>();
  /** Lists of which posts are being taken in. */
  readonly #listing = new Map<string, Promise<void>>();

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  async handle(worker: WorkerConnection, message: Exclude<WorkerMessage, Thumbnails>): Promise<void> {
    switch (message.type) {
      case 'hello':
      case 'heartbeat':
        await this.#renew(worker, message.running);
        return this.#forgetLost(worker, message.running);
      case 'accepted':
        // What it was given a moment ago has its lease; what it was not given is looked up.
        if (worker.jobs.has(jobKey(message))) return;
        return this.#renew(worker, [message]);
      case 'progress':
        if (worker.jobs.has(jobKey(message)) && !this.#storing.has(jobKey(message))) this.#deps.progress.write(message);
        return;
      case 'resolved':
        return this.#resolved(worker, message);
      case 'listed':
        return this.#inTurn(message, async () => this.#listed(worker, message));
      case 'expanded':
        return this.#expanded(worker, message);
      case 'staged':
        return this.#staged(worker, message);
      case 'paused':
        return this.#paused(worker, message);
      case 'failed':
        return this.#failed(worker, message);
    }
  }

  /** Waits for the posts that are just being put away. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#storing.values());
  }

  async #renew(worker: WorkerConnection, running: readonly JobRef[]): Promise<void> {
    for (const { jobId, attempt } of running) {
      const stopping = worker.stopping.get(jobKey({ jobId, attempt }));
      if (stopping !== undefined) {
        await this.#deps.slots.renew(stopping, LEASE_MS);
        continue;
      }
      const job = await this.#deps.queue.renew({ jobId, attempt });
      if (job === null || job.worker !== worker.workerId) {
        await this.#refuse(worker, { jobId, attempt });
        continue;
      }
      worker.jobs.add(jobKey({ jobId, attempt }));
      if (job.slot === undefined || job.fence === undefined) continue;
      const kept = await this.#deps.slots.renew({ slot: job.slot, fence: job.fence }, LEASE_MS);
      if (!kept) await this.#giveBack(worker, job);
    }
  }

  /** The lease of its slot ran out, and the slot has gone to another download: this one waits for its turn again. */
  async #giveBack(worker: WorkerConnection, job: DownloadDoc): Promise<void> {
    const ref = { jobId: job._id.toString(), attempt: job.attempt };
    if (this.#storing.has(jobKey(ref))) return;
    await this.#deps.queue.requeue(ref, 0, { attemptBase: job.attemptBase + 1 });
    this.#deps.progress.end(ref.jobId);
    await this.#refuse(worker, ref);
  }

  /** A job that the worker does not speak of and that is not its own any more holds no place. */
  async #forgetLost(worker: WorkerConnection, running: readonly JobRef[]): Promise<void> {
    const spoken = new Set(running.map(jobKey));
    for (const key of [...worker.stopping.keys()].filter((job) => !spoken.has(job)))
      await this.#hasStopped(worker, key);
    for (const key of [...worker.jobs].filter((job) => !spoken.has(job))) {
      const [jobId = '', attempt] = key.split(' ');
      const job = await this.#deps.queue.running({ jobId, attempt: Number(attempt) });
      if (job?.worker === worker.workerId || this.#storing.has(key)) continue;
      worker.jobs.delete(key);
      this.#deps.dispatcher.wake();
    }
  }

  /** A share link has shown its post: go on, unless it is there or on its way. */
  async #resolved(worker: WorkerConnection, message: Resolved): Promise<void> {
    const job = await this.#deps.queue.running(message);
    if (job === null) return this.#refuse(worker, message);
    if ((await settleResolved(this.#deps, job, message)) === 'drop') return this.#drop(worker, job);
    send(worker, { type: 'continue', jobId: message.jobId, attempt: message.attempt });
  }

  /** One batch of a list after the other: a doubled one would let its worker tell the end before the last is taken in. */
  async #inTurn(ref: JobRef, take: () => Promise<void>): Promise<void> {
    const key = jobKey(ref);
    const turn = (this.#listing.get(key) ?? Promise.resolve()).catch(() => undefined).then(take);
    this.#listing.set(key, turn);
    try {
      await turn;
    } finally {
      if (this.#listing.get(key) === turn) this.#listing.delete(key);
    }
  }

  /** Posts of a list: the worker may read on, unless a person has stopped it meanwhile. */
  async #listed(worker: WorkerConnection, message: Listed): Promise<void> {
    const { queue, lists, log } = this.#deps;
    const { jobId, attempt } = message;
    const job = await queue.running(message);
    if (job === null || job.list === undefined) return this.#refuse(worker, message);
    try {
      if (!(await lists.take(job, message.entries))) {
        await this.#refuse(worker, message);
        return;
      }
      send(worker, { type: 'continue', jobId, attempt });
    } catch (error) {
      log.error({ err: error, jobId }, 'posts of a list');
      // It would wait for ever: the list is read again, and what was taken in stays.
      await queue.requeue(message, HICCUP_MS, { attemptBase: job.attemptBase + 1 });
      await this.#drop(worker, job);
    }
  }

  async #expanded(worker: WorkerConnection, message: Expanded): Promise<void> {
    await this.#listing.get(jobKey(message))?.catch(() => undefined);
    const job = await this.#deps.queue.running(message);
    if (job?.list !== undefined) {
      // The first post has shown that the platform serves us: now the list is read for good.
      if (job.probe === true) await this.#deps.queue.requeue(message, 0, { attemptBase: job.attemptBase + 1 });
      else await this.#deps.lists.end(job);
      await noteJarOutcome(this.#deps.vault, job);
      await notePlatformOutcome(this.#deps.platforms, job);
      await this.#over(job);
    }
    await this.#end(worker, message);
  }

  async #staged(worker: WorkerConnection, message: Staged): Promise<void> {
    await this.store(message);
    await this.#end(worker, message);
  }

  /** Puts a staged post away; one that comes twice joins the first. */
  async store(message: Staged): Promise<void> {
    const key = jobKey(message);
    const store = this.#storing.get(key) ?? this.#store(message).finally(() => this.#storing.delete(key));
    this.#storing.set(key, store);
    await store;
  }

  async #store(message: Staged): Promise<void> {
    const job = await this.#deps.queue.running(message);
    if (job === null) return;
    const renewal = setInterval(() => {
      this.#keep(job).catch((error: unknown) => this.#deps.log.warn({ err: error }, 'lease'));
    }, LEASE_MS / 3);
    try {
      // Progress that still waits to be written would set the stage back.
      this.#deps.progress.end(message.jobId);
      const post = await this.#deps.stage.store(job, message.result);
      if (post === undefined) await forgetPlatformAttempt(this.#deps.platforms, job);
      else await this.#noteSuccess(job, message);
    } finally {
      clearInterval(renewal);
    }
    await this.#over(job);
  }

  /** The session and the tools that brought a post have shown that they work. */
  async #noteSuccess(job: DownloadDoc, { result }: Staged): Promise<void> {
    await noteJarOutcome(this.#deps.vault, job);
    await notePlatformOutcome(this.#deps.platforms, job);
    for (const engine of new Set(result.items.map((item) => item.engine)))
      await this.#deps.tools.noteSuccess(engine, job.link.platform);
  }

  async #keep(job: DownloadDoc): Promise<void> {
    await this.#deps.queue.renew({ jobId: job._id.toString(), attempt: job.attempt });
    if (job.slot !== undefined && job.fence !== undefined)
      await this.#deps.slots.renew({ slot: job.slot, fence: job.fence }, LEASE_MS);
  }

  async #paused(worker: WorkerConnection, message: JobRef): Promise<void> {
    const job = await this.#deps.queue.any(message.jobId);
    if (job !== null) await forgetPlatformAttempt(this.#deps.platforms, { ...job, attempt: message.attempt });
    await this.#end(worker, message);
  }

  async #failed(worker: WorkerConnection, message: Failed): Promise<void> {
    // What was staged before counts.
    await this.#storing.get(jobKey(message));
    await this.#listing.get(jobKey(message))?.catch(() => undefined);
    const job = await this.#deps.queue.running(message);
    if (job !== null) {
      // Before the record says that it failed: who sees that looks there.
      await this.#deps.logs.keep(job, message.log);
      await endFailedAttempt(this.#deps, job, message);
      await this.#over(job);
    }
    await this.#end(worker, message);
  }

  /** The job has left `running`: its slot is free and those who waited for its post go on. */
  async #over(job: DownloadDoc): Promise<void> {
    this.#deps.progress.end(job._id.toString());
    if (job.slot !== undefined && job.fence !== undefined)
      await this.#deps.slots.release({ slot: job.slot, fence: job.fence });
    await this.#deps.followers.release(job._id);
  }

  /** A withdrawn job's processes are dead. */
  async #hasStopped(worker: WorkerConnection, key: string): Promise<void> {
    const held = worker.stopping.get(key);
    if (held === undefined) return;
    worker.stopping.delete(key);
    await this.#deps.slots.release(held);
    this.#deps.dispatcher.wake();
  }

  /** The worker may forget the attempt. */
  async #end(worker: WorkerConnection, { jobId, attempt }: JobRef): Promise<void> {
    worker.jobs.delete(jobKey({ jobId, attempt }));
    await this.#hasStopped(worker, jobKey({ jobId, attempt }));
    send(worker, { type: 'ack', jobId, attempt });
    this.#deps.dispatcher.wake();
  }

  /** The worker stops an attempt that it need not go on with. */
  async #drop(worker: WorkerConnection, job: DownloadDoc): Promise<void> {
    const ref = { jobId: job._id.toString(), attempt: job.attempt };
    send(worker, { type: 'cancel', ...ref, drop: true });
    withdraw(worker, ref, job);
    this.#deps.progress.end(ref.jobId);
    await forgetPlatformAttempt(this.#deps.platforms, job);
    await this.#deps.followers.release(job._id);
  }

  /** The worker stops an attempt that is not running any more; files stay as long as somebody may go on with them. */
  async #refuse(worker: WorkerConnection, ref: JobRef): Promise<void> {
    const { jobId, attempt } = ref;
    worker.jobs.delete(jobKey(ref));
    if (this.#storing.has(jobKey(ref))) return;
    const job = await this.#deps.queue.any(jobId);
    send(worker, { type: 'cancel', jobId, attempt, drop: job === null || (job.attempt === attempt && isOver(job)) });
  }
}

/** Whether nobody needs what the job has fetched so far. */
function isOver({ status, errorCode }: DownloadDoc): boolean {
  if (status === 'failed') return errorCode === undefined || !keepsPartialFiles(errorCode);
  return status === 'completed' || status === 'cancelled';
}
