import type { Progress } from '../../channel/messages.ts';
import type { DownloadQueue, JobRef } from './queue.ts';

interface Entry {
  readonly job: JobRef;
  progress: number;
  pending: Progress | undefined;
  timer: NodeJS.Timeout | undefined;
  stage: string | undefined;
}

/** Stores progress at most once in `throttleMs` for each job, the newest value wins; a change of stage goes at once. */
export class ProgressWriter {
  readonly #queue: DownloadQueue;
  readonly #throttleMs: number;
  readonly #onError: (error: unknown) => void;
  readonly #entries = new Map<string, Entry>();

  constructor(queue: DownloadQueue, throttleMs: number, onError: (error: unknown) => void) {
    this.#queue = queue;
    this.#throttleMs = throttleMs;
    this.#onError = onError;
  }

  write(message: Progress): void {
    const entry = this.#entryOf(message);
    if (message.progress < entry.progress) return;
    entry.progress = message.progress;
    entry.pending = message;
    if (entry.stage !== message.stage) {
      entry.stage = message.stage;
      this.#flush(entry);
    } else entry.timer ??= setTimeout(() => this.#flush(entry), this.#throttleMs).unref();
  }

  /** Forgets a job that is over: a late message then writes nothing. */
  end(jobId: string): void {
    const entry = this.#entries.get(jobId);
    clearTimeout(entry?.timer);
    this.#entries.delete(jobId);
  }

  #entryOf({ jobId, attempt }: JobRef): Entry {
    const known = this.#entries.get(jobId);
    if (known?.job.attempt === attempt) return known;
    clearTimeout(known?.timer);
    const entry: Entry = {
      job: { jobId, attempt },
      progress: 0,
      pending: undefined,
      timer: undefined,
      stage: undefined,
    };
    this.#entries.set(jobId, entry);
    return entry;
  }

  #flush(entry: Entry): void {
    const { pending, job } = entry;
    clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.pending = undefined;
    if (pending === undefined) return;
    const { stage, progress, speed, eta, totalBytes, filename, indeterminate = false } = pending;
    const set = {
      stage,
      progress,
      indeterminate,
      ...(totalBytes !== undefined && { totalBytes }),
      ...(filename !== undefined && { filename }),
      ...(speed !== undefined && { speed }),
      ...(eta !== undefined && { eta }),
    };
    const unset = { ...(speed === undefined && { speed: 1 }), ...(eta === undefined && { eta: 1 }) };
    this.#queue
      .update(job, { $set: set, ...(Object.keys(unset).length > 0 && { $unset: unset }) })
      .catch(this.#onError);
  }
}
