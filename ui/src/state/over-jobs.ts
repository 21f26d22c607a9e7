import type { Api } from '../api/api.ts';
import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import { DownloadQuery, DownloadsPageQuery } from '../api/download-documents.ts';
import type { DownloadStatus, Job } from '../api/types.ts';
import { isActive } from './job-book.ts';
import type { JobBook } from './job-book.ts';

/** Statuses on the tabs of what is over. */
const OVER = { finished: ['completed'], failed: ['failed', 'cancelled'] } as const satisfies Record<
  string,
  readonly DownloadStatus[]
>;
export type OverTab = keyof typeof OVER;

/** So many of what has ended out of sight are asked for; of more nobody wants to be told. */
const LOOKED_UP = 10;
/** So many that are over are kept, besides those that somebody has asked for. */
const KEPT = 200;

export interface PageState {
  readonly cursor: string | null;
  readonly loading: boolean;
  readonly loaded: boolean;
  readonly error?: ApiError;
}

const UNREAD: PageState = { cursor: null, loading: false, loaded: false };

interface Parts {
  readonly jobs: JobBook;
  /** Takes a record as one that the server tells. */
  readonly take: (job: Job) => void;
  readonly changed: () => void;
}

/** What is over: read page after page, looked up where it ended out of sight, and forgotten where it is too much. */
export class OverJobs {
  readonly #api: Api;
  readonly #parts: Parts;
  readonly #pages: Record<OverTab, PageState> = { finished: UNREAD, failed: UNREAD };
  /** How many have been read. */
  #read = 0;

  constructor(api: Api, parts: Parts) {
    this.#api = api;
    this.#parts = parts;
  }

  /** The latest first. */
  list(tab: OverTab): Job[] {
    const statuses: readonly DownloadStatus[] = OVER[tab];
    const end = (job: Job): string => job.finishedAt ?? job.createdAt;
    return this.#parts.jobs.list((job) => statuses.includes(job.status)).sort((a, b) => end(b).localeCompare(end(a)));
  }

  page(tab: OverTab): PageState {
    return this.#pages[tab];
  }

  /** Fetches the next page. @param again - the first one */
  async load(tab: OverTab, again: boolean): Promise<void> {
    const { jobs, changed } = this.#parts;
    const page = this.#pages[tab];
    if (page.loading || (page.loaded && page.cursor === null && !again)) return;
    this.#pages[tab] = { ...page, loading: true };
    changed();
    try {
      const { downloads } = await this.#api.query(DownloadsPageQuery, {
        status: [...OVER[tab]],
        cursor: again ? null : page.cursor,
      });
      for (const job of downloads.items) jobs.put(job);
      this.#read += downloads.items.length;
      this.#pages[tab] = { cursor: downloads.nextCursor, loading: false, loaded: true };
    } catch (error) {
      this.#pages[tab] = { ...page, loading: false, error: toApiError(error) };
    }
    changed();
  }

  /** What is no longer on its way may have ended in any way. */
  async lookUp(gone: readonly Job[]): Promise<void> {
    const { jobs, take, changed } = this.#parts;
    for (const { id } of gone.slice(LOOKED_UP)) jobs.drop(id);
    await Promise.all(
      gone.slice(0, LOOKED_UP).map(async (job) => {
        try {
          const { download } = await this.#api.query(DownloadQuery, { id: job.id });
          // What was told meanwhile is newer.
          if (download && jobs.get(job.id) === job) take(download);
        } catch (error) {
          // Taken off the list elsewhere.
          if (toApiError(error).code === 'MF_ERR_UNKNOWN') jobs.drop(job.id);
        }
      }),
    );
    if (gone.length > 0) changed();
  }

  /** A page that stays open for weeks does not keep all that has ended. */
  forgetOldest(): void {
    const { jobs } = this.#parts;
    const over = jobs.list((job) => !isActive(job));
    for (const { id } of over.slice(KEPT + this.#read)) jobs.drop(id);
  }

  clear(): void {
    this.#read = 0;
    this.#pages.finished = this.#pages.failed = UNREAD;
  }
}
