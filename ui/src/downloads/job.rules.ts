import type { Job } from '../api/types.ts';
import { formatBytes, formatClock, formatSpeed, formatWait, formatWhen } from '../words/format.ts';
import { siteName } from '../words/names.ts';
import { isMessageId, t, tn } from '../words/t.ts';
import { describeFailure } from './failures.ts';

export interface JobLine {
  readonly lead: string;
  readonly rest: readonly string[];
  readonly tone: 'signal' | 'plain' | 'warn' | 'danger';
}

/** How a download is doing, in one line. `short` is for cards. */
export function jobLine(job: Job, options: { short?: boolean; now?: number } = {}): JobLine {
  switch (job.status) {
    case 'running':
      return {
        lead: t(job.stage ? `stage_${job.stage}` : 'stage_probe'),
        rest: runningFacts(job, options.short ?? false),
        tone: 'signal',
      };
    case 'paused':
      return { lead: t('paused'), rest: options.short ? [] : [t('paused_kept')], tone: 'plain' };
    case 'queued':
      return queuedLine(job, options.now ?? Date.now(), options.short ?? false);
    case 'failed': {
      const { sentence, hint } = describeFailure(job);
      return { lead: sentence, rest: hint ? [hint] : [], tone: 'danger' };
    }
    case 'cancelled':
      return { lead: t('cancelled'), rest: [], tone: 'plain' };
    case 'completed':
      return { lead: completedLine(job), rest: [], tone: 'plain' };
  }
}

export const isHeld = (job: Job, now = Date.now()): boolean =>
  job.status === 'queued' && (job.heldUntil ? Date.parse(job.heldUntil) > now : !!job.heldReason);

function runningFacts(job: Job, short: boolean): string[] {
  const percent = job.indeterminate ? [] : [t('percent', { n: Math.floor(job.progress) })];
  if (short) return percent;
  return [
    ...percent,
    ...(job.totalBytes ? [formatBytes(job.totalBytes)] : []),
    ...(job.speed ? [formatSpeed(job.speed)] : []),
    ...(job.eta ? [t('left', { time: formatWait(job.eta) })] : []),
  ];
}

function queuedLine(job: Job, now: number, short: boolean): JobLine {
  if (!isHeld(job, now)) return { lead: job.attempts > 0 ? t('queued_again') : t('queued'), rest: [], tone: 'plain' };
  const when = job.heldUntil ? heldUntil(job.heldUntil, now) : '';
  return { lead: t('held'), rest: short ? [] : [heldReason(job), when].filter(Boolean), tone: 'warn' };
}

function heldUntil(until: string, now: number): string {
  const seconds = (Date.parse(until) - now) / 1000;
  return seconds < 600 ? t('held_in', { time: formatClock(seconds) }) : t('held_until', { time: formatWhen(until) });
}

/** The reason may be a code of ours or a sentence of the server's. */
function heldReason({ heldReason: reason, platform }: Job): string {
  if (!reason) return '';
  const id = `held_${reason}`;
  return isMessageId(id) ? t(id, { platform: siteName(platform) }) : /^MF_ERR_/.test(reason) ? '' : reason;
}

function completedLine({ post }: Job): string {
  if (!post) return t('done');
  const what = post.kind === 'carousel' ? tn('items', post.items.length) : t(`kind_${post.kind}`);
  return `${what} · ${formatBytes(post.size)}`;
}
