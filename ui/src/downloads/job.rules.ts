import type { Job } from '../api/types.ts';
import { formatBytes, formatClock, formatSpeed, formatWait, formatWhen } from '../words/format.ts';
import { isMessageId, t, tn } from '../words/downloads.ts';
import { siteName } from '../words/names.ts';
import { describeFailure } from './failures.ts';
import { isHeld, shortLine } from './short-line.rules.ts';
import type { JobLine } from './short-line.rules.ts';

/** How a download is doing, in one line. */
export function jobLine(job: Job, now = Date.now()): JobLine {
  const short = shortLine(job, now);
  switch (job.status) {
    case 'running':
      return { ...short, rest: [...short.rest, ...runningFacts(job)] };
    case 'paused':
      return { ...short, rest: [t('paused_kept')] };
    case 'queued':
      return isHeld(job, now) ? { ...short, rest: heldFacts(job, now) } : short;
    case 'failed': {
      const { sentence, hint } = describeFailure(job);
      return { lead: sentence, rest: hint ? [hint] : [], tone: 'danger' };
    }
    case 'cancelled':
      return short;
    case 'completed':
      return { ...short, lead: completedLine(job) };
  }
}

const runningFacts = (job: Job): string[] => [
  ...(job.totalBytes ? [formatBytes(job.totalBytes)] : []),
  ...(job.speed ? [formatSpeed(job.speed)] : []),
  ...(job.eta ? [t('left', { time: formatWait(job.eta) })] : []),
];

const heldFacts = (job: Job, now: number): string[] =>
  [heldReason(job), job.heldUntil ? heldUntil(job.heldUntil, now) : ''].filter(Boolean);

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
