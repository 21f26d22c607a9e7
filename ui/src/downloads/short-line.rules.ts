import type { Job } from '../api/types.ts';
import { t } from '../words/t.ts';

export interface JobLine {
  readonly lead: string;
  readonly rest: readonly string[];
  readonly tone: 'signal' | 'plain' | 'warn' | 'danger';
}

/** How a download is doing in few words, as a card has room for. What failed has more to say than this. */
export function shortLine(job: Job, now = Date.now()): JobLine {
  switch (job.status) {
    case 'running': {
      const rest = job.indeterminate ? [] : [t('percent', { n: Math.floor(job.progress) })];
      return { lead: t(job.stage ? `stage_${job.stage}` : 'stage_probe'), rest, tone: 'signal' };
    }
    case 'paused':
      return { lead: t('paused'), rest: [], tone: 'plain' };
    case 'queued':
      if (isHeld(job, now)) return { lead: t('held'), rest: [], tone: 'warn' };
      return { lead: job.attempts > 0 ? t('queued_again') : t('queued'), rest: [], tone: 'plain' };
    case 'cancelled':
      return { lead: t('cancelled'), rest: [], tone: 'plain' };
    case 'completed':
      return { lead: t('done'), rest: [], tone: 'plain' };
    case 'failed':
      return { lead: t('failed'), rest: [], tone: 'danger' };
  }
}

export const isHeld = (job: Job, now = Date.now()): boolean =>
  job.status === 'queued' && (job.heldUntil ? Date.parse(job.heldUntil) > now : !!job.heldReason);
