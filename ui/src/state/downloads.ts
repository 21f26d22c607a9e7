import type { VariablesOf } from 'gql.tada';
import type { Api } from '../api/api.ts';
import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import {
  ActiveDownloadsQuery,
  CancelMutation,
  ControlMutation,
  DismissMutation,
  PauseMutation,
  ResumeMutation,
  RetryMutation,
  SubmitMutation,
} from '../api/download-documents.ts';
import type { Job } from '../api/types.ts';
import { isActive, JobBook } from './job-book.ts';
import { ListPostsBook } from './list-posts.ts';
import type { ListPosts } from './list-posts.ts';
import { OverJobs } from './over-jobs.ts';
import type { OverTab, PageState } from './over-jobs.ts';
import { Store } from './store.ts';

/** How a link is to be saved, and where. */
export interface SubmitWishes {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly folder?: string;
  readonly tags?: string[];
}

/** Detail of a `settled` event. */
export interface Settled {
  readonly job: Job;
}

/**
 * The person's downloads, as far as they are known here.
 * @fires settled - a download that was on its way has ended
 */
export class Downloads extends Store {
  loaded = false;
  error: ApiError | undefined;
  counts = { queued: 0, running: 0, paused: 0, failed: 0, completed: 0 };
  readonly #jobs = new JobBook();
  readonly #over: OverJobs;
  readonly #api: Api;
  readonly #posts: ListPostsBook;
  /** Those that are being cancelled. */
  readonly #leaving = new Set<string>();
  #counting: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api) {
    super();
    this.#api = api;
    this.#posts = new ListPostsBook(api);
    this.#over = new OverJobs(api, {
      jobs: this.#jobs,
      take: (job) => this.take(job),
      changed: () => this.changed(),
    });
  }

  get(id: string): Job | undefined {
    return this.#jobs.get(id) ?? this.#posts.find(id);
  }

  /** The posts of a profile or a list that has been opened. */
  postsOf(listId: string): ListPosts | undefined {
    return this.#posts.of(listId);
  }

  /** Fetches the posts of a list, page after page. */
  async loadPosts(listId: string, more = false): Promise<void> {
    const loading = this.#posts.load(listId, more);
    this.changed();
    await loading;
    this.changed();
  }

  /** Nobody looks into the list any more. */
  closePosts(listId: string): void {
    this.#posts.close(listId);
  }

  /** What is on its way, the one that was asked for last first. */
  get active(): Job[] {
    return this.#jobs.list(isActive);
  }

  get running(): Job[] {
    return this.#jobs.list((job) => job.status === 'running').reverse();
  }

  /** In the order in which they will run. */
  get waiting(): Job[] {
    return this.#jobs.list((job) => job.status === 'queued' || job.status === 'paused').reverse();
  }

  /** How many wait behind those of {@link waiting}. */
  get moreWaiting(): number {
    return Math.max(0, this.counts.queued + this.counts.paused - this.waiting.length);
  }

  get failed(): Job[] {
    return this.#jobs.list((job) => job.status === 'failed');
  }

  /** What is over, the latest first. */
  over(tab: OverTab): Job[] {
    return this.#over.list(tab);
  }

  page(tab: OverTab): PageState {
    return this.#over.page(tab);
  }

  /** Fetches what is on its way, those that run next first; what has ended meanwhile settles. */
  async load(): Promise<void> {
    const before = this.active;
    try {
      const { running, waiting, failed, downloadCounts } = await this.#api.query(ActiveDownloadsQuery, {});
      const told = [...running.items, ...waiting.items, ...failed.items];
      const seen = new Set(told.map((job) => job.id));
      const last = waiting.nextCursor === null ? undefined : waiting.items.at(-1);
      // Nothing was said of what waits behind the last one.
      const isTold = ({ status, createdAt }: Job): boolean =>
        status === 'running' || !last || createdAt < last.createdAt;
      const gone = before.filter((job) => !seen.has(job.id) && isTold(job));
      for (const job of told) this.#jobs.put(job);
      this.counts = downloadCounts;
      void this.#over.lookUp(gone);
      this.error = undefined;
    } catch (error) {
      this.error = toApiError(error);
    }
    this.loaded = this.loaded || !this.error;
    this.changed();
  }

  /** Fetches the next page of what is over. */
  async loadOver(tab: OverTab, again = false): Promise<void> {
    await this.#over.load(tab, again);
  }

  /** A change that the server tells. */
  take(job: Job): void {
    // A list stands for its posts.
    if (job.parentId !== null) {
      if (this.#posts.take(job)) this.changed();
      return;
    }
    const before = this.#jobs.get(job.id);
    this.#jobs.put(job);
    if (before?.status !== job.status) this.#countSoon();
    if (!isActive(job) && (!before || isActive(before))) this.#settle(job);
    if (!isActive(job)) this.#over.forgetOldest();
    this.changed();
  }

  /** @throws ApiError */
  async submit(url: string, wishes: SubmitWishes = {}): Promise<{ job: Job; existing: boolean }> {
    const { submitDownload } = await this.#api.query(SubmitMutation, { url, ...wishes });
    // A post of a list that is on its way already is shown there.
    if (submitDownload.download.parentId === null) this.#jobs.put(submitDownload.download);
    this.#countSoon();
    this.changed();
    return { job: submitDownload.download, existing: submitDownload.existing };
  }

  /** @throws ApiError */
  async cancel(id: string): Promise<void> {
    this.#leaving.add(id);
    this.changed();
    try {
      this.take((await this.#api.query(CancelMutation, { id })).cancelDownload);
    } finally {
      this.#leaving.delete(id);
      this.changed();
    }
  }

  /** Whether it is being cancelled, and the server has not answered yet. */
  isLeaving(id: string): boolean {
    return this.#leaving.has(id);
  }

  /** @throws ApiError */
  async retry(id: string): Promise<void> {
    this.take((await this.#api.query(RetryMutation, { id })).retryDownload);
  }

  /** @throws ApiError */
  async pause(id: string): Promise<void> {
    this.take((await this.#api.query(PauseMutation, { id })).pauseDownload);
  }

  /** @throws ApiError */
  async resume(id: string): Promise<void> {
    this.take((await this.#api.query(ResumeMutation, { id })).resumeDownload);
  }

  /**
   * Does the same to many: to those that are named, else to all that it fits, in as many calls as that takes.
   * @throws ApiError
   */
  async control(
    action: VariablesOf<typeof ControlMutation>['action'],
    ids?: readonly string[],
  ): Promise<{ changed: number; refused: number }> {
    const which = ids ? { ids: [...ids] } : { all: true };
    const sum = { changed: 0, refused: 0 };
    for (let goesOn = true; goesOn;) {
      const { controlDownloads } = await this.#api.query(ControlMutation, { action, ...which });
      const { changed, refused, left } = controlDownloads;
      sum.changed += changed;
      sum.refused += refused;
      // What is refused each time would be asked for ever.
      goesOn = left > 0 && changed > 0;
    }
    await this.load();
    return sum;
  }

  /** Takes one that is over off the list; it comes back if the server refuses. @throws ApiError */
  async dismiss(id: string): Promise<void> {
    const job = this.#jobs.get(id);
    this.#jobs.drop(id);
    this.changed();
    try {
      await this.#api.query(DismissMutation, { id });
    } catch (error) {
      if (job) this.#jobs.put(job);
      this.changed();
      throw error;
    }
    this.#countSoon();
  }

  /** Forgets everything, for the next person. */
  clear(): void {
    clearTimeout(this.#counting);
    this.#jobs.clear();
    this.#posts.clear();
    this.#over.clear();
    this.loaded = false;
    this.changed();
  }

  #settle(job: Job): void {
    this.dispatchEvent(new CustomEvent<Settled>('settled', { detail: { job } }));
  }

  /** Counts come from the server: it knows more downloads than this page. */
  #countSoon(): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => void this.load(), 400);
  }
}
