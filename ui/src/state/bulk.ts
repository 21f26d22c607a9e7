import type { Api } from '../api/api.ts';
import { BulkJobsQuery, CancelBulkMutation, StartBulkMutation, UndoBulkMutation } from '../api/bulk-documents.ts';
import type { BulkJob } from '../api/types.ts';
import type { Filter } from '../router/filter.ts';
import type { Change } from '../select/change.rules.ts';
import { toInput } from './passes.rules.ts';
import { Store } from './store.ts';

/** Milliseconds between two looks at what runs, while nobody tells. */
const LOOK = 1200;

/** Some posts by their ids, or all that a filter shows. */
export type Target = { readonly ids: readonly string[] } | { readonly filter: Filter };

export const isOver = ({ status }: BulkJob): boolean => status !== 'queued' && status !== 'running';

/**
 * Changes of many posts that the server is at work on.
 * @fires over - one has ended (detail)
 * @fires elsewhere - one has ended that another tab or device had started
 */
export class Bulk extends Store {
  /** Not over yet. */
  running: readonly BulkJob[] = [];
  readonly #api: Api;
  readonly #waiting = new Map<string, (job: BulkJob) => void>();
  #looking: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api) {
    super();
    this.#api = api;
  }

  /** Starts a change and waits for its end. @throws ApiError */
  async run({ action, options }: Change, target: Target): Promise<BulkJob> {
    const { startBulk } = await this.#api.query(StartBulkMutation, {
      action,
      options: options ?? null,
      ids: 'ids' in target ? [...target.ids] : null,
      filter: 'filter' in target ? toInput(target.filter) : null,
    });
    return this.#endOf(startBulk);
  }

  /** Has all that a change did taken back, and waits for its end. @throws ApiError */
  async undo(id: string): Promise<BulkJob> {
    return this.#endOf((await this.#api.query(UndoBulkMutation, { id })).undoBulk);
  }

  /** How a job stands, as the server tells. */
  take(job: BulkJob): void {
    const known = this.running.find(({ id }) => id === job.id);
    if (known && known.done > job.done && !isOver(job)) return;
    const others = this.running.filter(({ id }) => id !== job.id);
    this.running = isOver(job) ? others : [...others, job];
    if (isOver(job)) {
      if (!this.#waiting.has(job.id)) this.dispatchEvent(new Event('elsewhere'));
      this.#waiting.get(job.id)?.(job);
      this.#waiting.delete(job.id);
      this.dispatchEvent(new CustomEvent('over', { detail: job }));
    }
    this.changed();
  }

  /** Stops after the posts that are being changed; what is done stays. */
  async stop(id: string): Promise<void> {
    const { cancelBulk } = await this.#api.query(CancelBulkMutation, { id });
    this.take(cancelBulk);
  }

  clear(): void {
    clearTimeout(this.#looking);
    this.running = [];
    this.#waiting.clear();
    this.changed();
  }

  async #endOf(job: BulkJob): Promise<BulkJob> {
    const over = new Promise<BulkJob>((resolve) => this.#waiting.set(job.id, resolve));
    this.take(job);
    this.#lookLater();
    return over;
  }

  /** The live connection tells sooner; this is for when it is down. */
  #lookLater(): void {
    clearTimeout(this.#looking);
    if (this.#waiting.size === 0) return;
    this.#looking = setTimeout(() => void this.#look(), LOOK);
  }

  async #look(): Promise<void> {
    try {
      const { bulkJobs } = await this.#api.query(BulkJobsQuery, {});
      for (const job of bulkJobs) if (this.#waiting.has(job.id)) this.take(job);
    } catch {
      // Asked again in a moment.
    }
    this.#lookLater();
  }
}
