import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PLAYABLE_STALL_MS } from '../../channel/messages.ts';
import type { MakePlayable, Rendition, RenditionProgress } from '../../channel/messages.ts';
import { CodedError } from '../../errors.ts';
import { Untried } from '../library/index.ts';
import type { Render, RenderOrder, Rendered } from '../library/index.ts';
import type { MediaRoot } from '../system/index.ts';
import { send } from './connections.ts';
import type { WorkerConnection, WorkerConnections } from './connections.ts';

/** Milliseconds without a word after which an answer does not come any more: the worker's own limit is shorter. */
const SILENCE_MS = 1.5 * PLAYABLE_STALL_MS;

interface Order {
  readonly worker: WorkerConnection;
  readonly attempt: number;
  readonly onProgress: (progress: number) => void;
  readonly resolve: (answer: Rendition) => void;
  readonly reject: (error: Error) => void;
}

/** What every order is given besides the file. */
export type RenditionTerms = Pick<MakePlayable, 'processors' | 'settings' | 'maxFileBytes' | 'reserveBytes'>;

interface Dependencies {
  readonly connections: WorkerConnections;
  readonly mediaRoot: Pick<MediaRoot, 'staging'>;
  /** @param secrets - whether plugins' secrets may go over the connection */
  readonly terms: (secrets: boolean) => Promise<RenditionTerms>;
  /** Milliseconds that a worker may say nothing. @default a little more than after which it gives up by itself */
  readonly silenceMs?: number;
}

/** Has files made playable by the workers that can. A worker tells itself when nothing goes on any more; one that does not is given up. */
export class RenditionOrders {
  readonly #deps: Dependencies;
  readonly #orders = new Map<string, Order>();

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  readonly render: Render = async (order) => {
    const { connections, mediaRoot, terms } = this.#deps;
    const worker = connections.leastBusy('playable');
    if (worker === undefined) throw new Untried('MF_ERR_UNAVAILABLE', 'No worker is there that makes files playable.');
    const { jobId, attempt } = order;
    const given = await terms(worker.confidential);
    const answer = await this.#ask(worker, order, given);
    const sweep = async (): Promise<void> =>
      rm(join(mediaRoot.staging, jobId), { recursive: true, force: true, maxRetries: 3 });
    if (answer.file === undefined) {
      await sweep();
      throw new CodedError(answer.errorCode ?? 'MF_ERR_INTERNAL', answer.message);
    }
    const made: Rendered = {
      directory: join(mediaRoot.staging, jobId, String(attempt)),
      file: answer.file,
      [Symbol.asyncDispose]: sweep,
    };
    return made;
  };

  /** A worker's word. What comes when nobody waits any more goes with the next sweep of staging. */
  take(worker: WorkerConnection, message: Rendition | RenditionProgress): void {
    const order = this.#orders.get(message.jobId);
    if (order?.worker !== worker || order.attempt !== message.attempt) return;
    if (message.type === 'rendition') order.resolve(message);
    else order.onProgress(message.progress);
  }

  /** The connection is gone: what it was asked for is asked of another one. */
  forget(worker: WorkerConnection): void {
    for (const order of this.#orders.values())
      if (order.worker === worker) order.reject(new CodedError('MF_ERR_UNAVAILABLE', 'Its worker has gone.'));
  }

  async #ask(
    worker: WorkerConnection,
    { jobId, attempt, media: { sha256, ext, kind }, signal, onProgress }: RenderOrder,
    terms: RenditionTerms,
  ): Promise<Rendition> {
    const { promise, resolve, reject } = Promise.withResolvers<Rendition>();
    const onStop = (): void => reject(new CodedError('MF_ERR_UNAVAILABLE', 'Nobody waits for it any more.'));
    signal.addEventListener('abort', onStop, { once: true });
    const onSilence = (): void => reject(new CodedError('MF_ERR_UNAVAILABLE', 'Its worker says nothing any more.'));
    const listen = (): NodeJS.Timeout => setTimeout(onSilence, this.#deps.silenceMs ?? SILENCE_MS);
    let silence = listen();
    const onWord = (progress: number): void => {
      clearTimeout(silence);
      silence = listen();
      onProgress(progress);
    };
    this.#orders.set(jobId, { worker, attempt, onProgress: onWord, resolve, reject });
    try {
      if (signal.aborted) onStop();
      else send(worker, { type: 'make-playable', jobId, attempt, sha256, ext, kind, ...terms });
      return await promise;
    } catch (error) {
      send(worker, { type: 'cancel', jobId, attempt, drop: true });
      throw error;
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', onStop);
      this.#orders.delete(jobId);
    }
  }
}
