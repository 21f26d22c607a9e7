import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Types } from 'mongoose';
import type { MakeThumbnails, Thumbnails } from '../../channel/messages.ts';
import { CodedError } from '../../errors.ts';
import type { Draw, Drawing } from '../media/index.ts';
import type { MediaRoot } from '../system/index.ts';
import { send } from './connections.ts';
import type { WorkerConnection, WorkerConnections } from './connections.ts';

/** Milliseconds after which an answer does not come any more: the worker's own limit is shorter. */
const LIMIT_MS = 90_000;

interface Order {
  readonly worker: WorkerConnection;
  readonly resolve: (answer: Thumbnails) => void;
  readonly reject: (error: Error) => void;
}

/** Has thumbnails drawn by the workers: no picture is decoded in the server's own process. */
export class ThumbnailOrders {
  readonly #connections: WorkerConnections;
  readonly #mediaRoot: Pick<MediaRoot, 'staging'>;
  readonly #orders = new Map<string, Order>();

  constructor(connections: WorkerConnections, mediaRoot: Pick<MediaRoot, 'staging'>) {
    this.#connections = connections;
    this.#mediaRoot = mediaRoot;
  }

  /** @throws MF_ERR_UNAVAILABLE without a worker, or when it goes · MF_ERR_CORRUPT when no picture can be made of the file */
  readonly draw: Draw = async ({ sha256, ext, kind }) => {
    const worker = this.#connections.leastBusy();
    if (worker === undefined) throw unavailable('No worker is there to make the picture again.');
    const jobId = new Types.ObjectId().toHexString();
    const answer = await this.#ask(worker, { type: 'make-thumbnails', jobId, attempt: 1, sha256, ext, kind });
    const { thumbnails, thumbhash, problem } = answer;
    if (problem !== undefined) throw new CodedError('MF_ERR_CORRUPT', problem);
    const drawing: Drawing = {
      directory: join(this.#mediaRoot.staging, jobId, '1'),
      thumbnails,
      ...(thumbhash !== undefined && { thumbhash }),
      [Symbol.asyncDispose]: async () => this.#sweep(jobId),
    };
    return drawing;
  };

  /** A worker's answer. What comes when nobody waits any more goes with the next sweep of staging. */
  take(worker: WorkerConnection, answer: Thumbnails): void {
    const order = this.#orders.get(answer.jobId);
    if (order?.worker === worker) order.resolve(answer);
  }

  /** The connection is gone: what it was asked for is asked of another one, when somebody looks again. */
  forget(worker: WorkerConnection): void {
    for (const order of this.#orders.values())
      if (order.worker === worker) order.reject(unavailable('The worker that made the picture has gone.'));
  }

  async #ask(worker: WorkerConnection, order: MakeThumbnails): Promise<Thumbnails> {
    const { jobId, attempt } = order;
    const { promise, resolve, reject } = Promise.withResolvers<Thumbnails>();
    const timer = setTimeout(() => reject(unavailable('The picture could not be made in time.')), LIMIT_MS).unref();
    this.#orders.set(jobId, { worker, resolve, reject });
    try {
      send(worker, order);
      return await promise;
    } catch (error) {
      send(worker, { type: 'cancel', jobId, attempt, drop: true });
      throw error;
    } finally {
      clearTimeout(timer);
      this.#orders.delete(jobId);
    }
  }

  async #sweep(jobId: string): Promise<void> {
    await rm(join(this.#mediaRoot.staging, jobId), { recursive: true, force: true, maxRetries: 3 });
  }
}

function unavailable(detail: string): CodedError {
  return new CodedError('MF_ERR_UNAVAILABLE', detail, { retryAfter: 10 });
}
