import type { VariablesOf } from 'gql.tada';
import type { Api } from '../api/api.ts';
import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import {
  ActiveDownloadsQuery,
  CancelMutation,
  ControlMutation,
  DismissMutation,
  DownloadQuery,
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

/** So many of what has ended out of sight are asked for; of more nobody wants to be told. */
const LOOKED_UP = 10;
/** So many that are over are kept, besides those that somebody has asked for. */
const KEPT = 200;

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
  /** How many that are over have been read. */
  #read = 0;
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

  /** How many wait behind those of {@link waiting}. */
  get moreWaiting(): number {
    return Math.max(0, this.counts.queued + this.counts.paused - this.waiting.length);
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
      for (const job of told) this.#take(job);
      this.counts = downloadCounts;
      void this.#lookUp(gone);
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
      this.#read += downloads.items.length;
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
    if (!isActive(job)) this.#forgetOldest();
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
    this.#read = 0;
    this.#pages.finished = this.#pages.failed = UNREAD;
    this.loaded = false;
    this.changed();
  }

  #take(job: Job): void {
    this.#jobs.set(job.id, mergeJob(this.#jobs.get(job.id), job));
  }

  /** What is no longer on its way may have ended in any way. */
  async #lookUp(gone: readonly Job[]): Promise<void> {
    for (const { id } of gone.slice(LOOKED_UP)) this.#jobs.delete(id);
    await Promise.all(
      gone.slice(0, LOOKED_UP).map(async (job) => {
        try {
          const { download } = await this.#api.query(DownloadQuery, { id: job.id });
          // What was told meanwhile is newer.
          if (download && this.#jobs.get(job.id) === job) this.take(download);
        } catch (error) {
          // Taken off the list elsewhere.
          if (toApiError(error).code === 'MF_ERR_UNKNOWN') this.#jobs.delete(job.id);
        }
      }),
    );
    if (gone.length > 0) this.changed();
  }

  /** A page that stays open for weeks does not keep all that has ended. */
  #forgetOldest(): void {
    const over = this.#list((job) => !isActive(job));
    for (const { id } of over.slice(KEPT + this.#read)) this.#jobs.delete(id);
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
