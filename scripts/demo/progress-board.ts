import type { StreamEvent } from './watch-events.ts';

/** Progress of the demo's downloads: one line for each change of stage. */
export class ProgressBoard {
  readonly #total: number;
  readonly #names = new Map<string, string>();
  readonly #stages = new Map<string, string>();
  readonly #events = new Map<string, number>();
  #done = 0;

  constructor(total: number) {
    this.#total = total;
  }

  name(jobId: string, name: string): void {
    this.#names.set(jobId, name);
  }

  progressEvents(jobId: string): number {
    return this.#events.get(jobId) ?? 0;
  }

  show({ name, data }: StreamEvent): void {
    const { jobId, stage, progress, size, errorCode } = data;
    if (name === 'progress') {
      this.#events.set(jobId, this.progressEvents(jobId) + 1);
      if (stage === undefined || this.#stages.get(jobId) === stage) return;
      this.#stages.set(jobId, stage);
      this.#line(jobId, `${stage} ${Math.round(progress ?? 0)} %`);
    }
    if (name === 'completed') {
      this.#done += 1;
      this.#line(jobId, `✓ ${((size ?? 0) / 1e6).toFixed(2)} MB  (${this.#done} of ${this.#total})`);
    }
    if (name === 'failed') this.#line(jobId, `✗ ${errorCode ?? ''}`);
  }

  #line(jobId: string, text: string): void {
    process.stdout.write(`${(this.#names.get(jobId) ?? jobId).padEnd(24)} ${text}\n`);
  }
}
