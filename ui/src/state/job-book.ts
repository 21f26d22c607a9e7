import type { DownloadStatus, Job } from '../api/types.ts';

const ACTIVE = new Set<DownloadStatus>(['queued', 'running', 'paused']);
export const isActive = (job: Job): boolean => ACTIVE.has(job.status);

/** The downloads that are known here, each by its newest record. */
export class JobBook {
  readonly #jobs = new Map<string, Job>();

  get(id: string): Job | undefined {
    return this.#jobs.get(id);
  }

  put(job: Job): void {
    this.#jobs.set(job.id, mergeJob(this.#jobs.get(job.id), job));
  }

  drop(id: string): void {
    this.#jobs.delete(id);
  }

  clear(): void {
    this.#jobs.clear();
  }

  /** Those that are wanted, the one that was asked for last first. */
  list(wanted: (job: Job) => boolean): Job[] {
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
