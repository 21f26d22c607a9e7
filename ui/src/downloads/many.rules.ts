import type { DownloadStatus, Job } from '../api/types.ts';

/** What can be done with many downloads at once. */
export const MANY = ['pause', 'resume', 'retry', 'cancel'] as const;
export type ManyAction = (typeof MANY)[number];

const FITS: Readonly<Record<ManyAction, readonly DownloadStatus[]>> = {
  pause: ['running', 'queued'],
  resume: ['paused'],
  retry: ['failed', 'cancelled'],
  cancel: ['running', 'queued', 'paused'],
};

/** Ids of those that an action fits. */
export const fitting = (action: ManyAction, jobs: readonly Job[]): string[] =>
  jobs.filter(({ status }) => FITS[action].includes(status)).map(({ id }) => id);

type Counts = Readonly<Record<'queued' | 'running' | 'paused' | 'failed', number>>;

/** What is worth a button for all of them: less than two have their own. Nothing is cancelled by one press. */
export function forAll({ queued, running, paused, failed }: Counts): ManyAction[] {
  const many: Readonly<Record<Exclude<ManyAction, 'cancel'>, number>> = {
    pause: queued + running,
    resume: paused,
    retry: failed,
  };
  return (['pause', 'resume', 'retry'] as const).filter((action) => many[action] > 1);
}
