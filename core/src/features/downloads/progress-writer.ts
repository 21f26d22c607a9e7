import type { Progress } from '../../channel/messages.ts';
import { createThrottle } from '../../channel/throttle.ts';
import type { Throttle } from '../../channel/throttle.ts';
import type { DownloadQueue } from './queue.ts';

interface Entry {
  readonly attempt: number;
  readonly throttle: Throttle<Progress>;
  progress: number;
}

/** Stores a job's progress with `throttleMs` between the end of a write and the next; the newest value wins, and the last is never lost. */
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
    entry.throttle.push(message);
  }

  /** Forgets a job that is over, or that is being put away: what waits is not written any more. */
  end(jobId: string): void {
    this.#entries.get(jobId)?.throttle.stop();
    this.#entries.delete(jobId);
  }

  #entryOf({ jobId, attempt }: Progress): Entry {
    const known = this.#entries.get(jobId);
    if (known?.attempt === attempt) return known;
    this.end(jobId);
    // One write after the other: two at once could arrive in the wrong order.
    const throttle = createThrottle<Progress>(this.#throttleMs, async (message) =>
      this.#store(message).catch(this.#onError),
    );
    const entry = { attempt, throttle, progress: 0 };
    this.#entries.set(jobId, entry);
    return entry;
  }

  async #store(message: Progress): Promise<void> {
    const { jobId, attempt, stage, progress, speed, eta, totalBytes, filename, indeterminate = false } = message;
    // The job was put away while this waited for its turn.
    if (this.#entries.get(jobId)?.attempt !== attempt) return;
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
    const update = { $set: set, ...(Object.keys(unset).length > 0 && { $unset: unset }) };
    if ((await this.#queue.update({ jobId, attempt }, update)) === null) this.end(jobId);
  }
}
