import type { Api } from '../api/api.ts';
import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import {
  ActiveDownloadsQuery,
  CancelMutation,
  DismissMutation,
  DownloadsPageQuery,
  PauseMutation,
  ResumeMutation,
  RetryMutation,
  SubmitMutation,
} from '../api/download-documents.ts';
import type { DownloadStatus, Job } from '../api/types.ts';
import { ListPostsBook } from './list-posts.ts';
import type { ListPosts } from './list-posts.ts';
import { Store } from './store.ts';

const ACTIVE = new Set<DownloadStatus>(['queued', 'running', 'paused']);
export const isActive = (job: Job): boolean => ACTIVE.has(job.status);

/** Statuses on the tabs of what is over. */
const OVER = { finished: ['completed'], failed: ['failed', 'cancelled'] } as const satisfies Record<
  string,
  readonly DownloadStatus[]
>;
type OverTab = keyof typeof OVER;

interface PageState {
  readonly cursor: string | null;
  readonly loading: boolean;
  readonly loaded: boolean;
  readonly error?: ApiError;
}

const UNREAD: PageState = { cursor: null, loading: false, loaded: false };

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
  readonly #jobs = new Map<string, Job>();
  readonly #pages: Record<OverTab, PageState> = { finished: UNREAD, failed: UNREAD };
  readonly #api: Api;
  readonly #posts: ListPostsBook;
  #counting: ReturnType<typeof setTimeout> | undefined;

  constructor(api: Api) {
    super();
    this.#api = api;
    this.#posts = new ListPostsBook(api);
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
    return this.#list(isActive);
  }

  get running(): Job[] {
    return this.#list((job) => job.status === 'running').reverse();
  }

  /** In the order in which they will run. */
  get waiting(): Job[] {
    return this.#list((job) => job.status === 'queued' || job.status === 'paused').reverse();
  }

  get failed(): Job[] {
    return this.#list((job) => job.status === 'failed');
  }

  /** What is over, the latest first. */
  over(tab: OverTab): Job[] {
    const statuses: readonly DownloadStatus[] = OVER[tab];
    const end = (job: Job): string => job.finishedAt ?? job.createdAt;
    return this.#list((job) => statuses.includes(job.status)).sort((a, b) => end(b).localeCompare(end(a)));
  }

  page(tab: OverTab): PageState {
    return this.#pages[tab];
  }

  /** Fetches everything that is on its way; what has ended meanwhile settles. */
  async load(): Promise<void> {
    try {
      const { active, failed, downloadCounts } = await this.#api.query(ActiveDownloadsQuery, {});
      const seen = new Set([...active.items, ...failed.items].map((job) => job.id));
      const gone = this.active.filter((job) => !seen.has(job.id));
      for (const job of gone) this.#jobs.delete(job.id);
      for (const job of [...active.items, ...failed.items]) this.#take(job);
      for (const job of gone) this.#settle({ ...job, status: 'completed' });
      this.counts = downloadCounts;
      this.error = undefined;
    } catch (error) {
      this.error = toApiError(error);
    }
    this.loaded = this.loaded || !this.error;
    this.changed();
  }

  /** Fetches the next page of what is over. */
  async loadOver(tab: OverTab, again = false): Promise<void> {
    const page = this.#pages[tab];
    if (page.loading || (page.loaded && page.cursor === null && !again)) return;
    this.#pages[tab] = { ...page, loading: true };
    this.changed();
    try {
      const { downloads } = await this.#api.query(DownloadsPageQuery, {
        status: [...OVER[tab]],
        cursor: again ? null : page.cursor,
      });
      for (const job of downloads.items) this.#take(job);
      this.#pages[tab] = { cursor: downloads.nextCursor, loading: false, loaded: true };
    } catch (error) {
      this.#pages[tab] = { ...page, loading: false, error: toApiError(error) };
    }
    this.changed();
  }

  /** A change that the server tells. */
  take(job: Job): void {
    // A list stands for its posts.
    if (job.parentId !== null) {
      if (this.#posts.take(job)) this.changed();
      return;
    }
    const before = this.#jobs.get(job.id);
    this.#take(job);
    if (before?.status !== job.status) this.#countSoon();
    if (!isActive(job) && (!before || isActive(before))) this.#settle(job);
    this.changed();
  }

  /** @throws ApiError */
  async submit(url: string, wishes: SubmitWishes = {}): Promise<{ job: Job; existing: boolean }> {
    const { submitDownload } = await this.#api.query(SubmitMutation, { url, ...wishes });
    // A post of a list that is on its way already is shown there.
    if (submitDownload.download.parentId === null) this.#take(submitDownload.download);
    this.#countSoon();
    this.changed();
    return { job: submitDownload.download, existing: submitDownload.existing };
  }

  /** @throws ApiError */
  async cancel(id: string): Promise<void> {
    this.take((await this.#api.query(CancelMutation, { id })).cancelDownload);
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

  /** Takes one that is over off the list; it comes back if the server refuses. @throws ApiError */
  async dismiss(id: string): Promise<void> {
    const job = this.#jobs.get(id);
    this.#jobs.delete(id);
    this.changed();
    try {
      await this.#api.query(DismissMutation, { id });
    } catch (error) {
      if (job) this.#jobs.set(id, job);
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
    this.#pages.finished = this.#pages.failed = UNREAD;
    this.loaded = false;
    this.changed();
  }

  #take(job: Job): void {
    this.#jobs.set(job.id, mergeJob(this.#jobs.get(job.id), job));
  }

  #settle(job: Job): void {
    this.dispatchEvent(new CustomEvent<Settled>('settled', { detail: { job } }));
  }

  /** Counts come from the server: it knows more downloads than this page. */
  #countSoon(): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => void this.load(), 400);
  }

  #list(wanted: (job: Job) => boolean): Job[] {
    return [...this.#jobs.values()]
      .filter(wanted)
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id));
  }
}

/** The newer record; progress never goes back within an attempt, whatever overtook what. */
export function mergeJob(before: Job | undefined, next: Job): Job {
  if (!before || before.attempts !== next.attempts || before.status !== next.status) return next;
  return before.progress > next.progress ? { ...next, progress: before.progress, stage: before.stage } : next;
}
