import type { Api } from '../api/api.ts';
import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import { ListPostsQuery } from '../api/download-documents.ts';
import type { Job } from '../api/types.ts';

/** The posts of a profile or a list that somebody looks into. */
export interface ListPosts {
  readonly jobs: readonly Job[];
  readonly cursor: string | null;
  readonly loading: boolean;
  readonly error?: ApiError;
}

interface Entry {
  readonly jobs: Map<string, Job>;
  cursor: string | null;
  loading: boolean;
  error?: ApiError | undefined;
}

/** Posts of lists, fetched when a list is opened; what changes is kept up for those only. */
export class ListPostsBook {
  readonly #api: Api;
  readonly #lists = new Map<string, Entry>();

  constructor(api: Api) {
    this.#api = api;
  }

  of(listId: string): ListPosts | undefined {
    const entry = this.#lists.get(listId);
    if (!entry) return undefined;
    const { jobs, cursor, loading, error } = entry;
    return { jobs: [...jobs.values()], cursor, loading, ...(error && { error }) };
  }

  find(id: string): Job | undefined {
    for (const { jobs } of this.#lists.values()) {
      const job = jobs.get(id);
      if (job) return job;
    }
    return undefined;
  }

  /** Fetches the first posts of a list, or those after what is known. */
  async load(listId: string, more: boolean): Promise<void> {
    const entry = this.#lists.get(listId) ?? { jobs: new Map<string, Job>(), cursor: null, loading: false };
    this.#lists.set(listId, entry);
    if (entry.loading) return;
    entry.loading = true;
    try {
      const { downloads } = await this.#api.query(ListPostsQuery, {
        parent: listId,
        cursor: more ? entry.cursor : null,
      });
      for (const job of downloads.items) entry.jobs.set(job.id, job);
      entry.cursor = downloads.nextCursor;
      entry.error = undefined;
    } catch (error) {
      entry.error = toApiError(error);
    }
    entry.loading = false;
  }

  /** A change that the server tells. @returns whether somebody looks at it */
  take(job: Job): boolean {
    const entry = this.#lists.get(job.parentId ?? '');
    // What is not fetched yet comes in its place, with its page.
    if (!entry || (!entry.jobs.has(job.id) && entry.cursor !== null)) return false;
    entry.jobs.set(job.id, job);
    return true;
  }

  close(listId: string): void {
    this.#lists.delete(listId);
  }

  clear(): void {
    this.#lists.clear();
  }
}
