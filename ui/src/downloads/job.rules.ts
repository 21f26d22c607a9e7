import type { Job } from '../api/types.ts';
import { formatBytes, formatClock, formatSpeed, formatWait, formatMoment } from '../words/format.ts';
import { isMessageId, t, tn } from '../words/downloads.ts';
import { siteName } from '../words/names.ts';
import { describeFailure } from './failures.ts';
import { isHeld, shortLine } from './short-line.rules.ts';
import type { JobLine } from './short-line.rules.ts';

/** How a download is doing, in one line. */
export function jobLine(job: Job, now = Date.now()): JobLine {
  const short = shortLine(job, now);
  if (job.children && job.status !== 'queued') return listLine(job, job.children, short);
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

/** How the posts of a profile or a list are doing. */
function listLine(job: Job, posts: NonNullable<Job['children']>, { lead, rest, tone }: JobLine): JobLine {
  const over = posts.added + posts.existing + posts.failed + posts.cancelled + posts.declined;
  const facts = [
    ...(posts.added > 0 ? [tn('posts_added', posts.added)] : []),
    ...(posts.existing > 0 ? [tn('posts_existing', posts.existing)] : []),
    ...(posts.failed > 0 ? [tn('posts_failed', posts.failed)] : []),
    ...(posts.declined > 0 ? [tn('posts_declined', posts.declined)] : []),
    ...(posts.cancelled > 0 ? [tn('posts_cancelled', posts.cancelled)] : []),
    ...(posts.listErrorCode ? [t('posts_early')] : []),
  ];
  if (job.status === 'running' && posts.listed)
    return { lead: t('posts_of', { n: over, all: posts.total }), rest: [...rest, ...facts], tone };
  if (job.status === 'running') return { lead, rest: posts.total > 0 ? [tn('posts_found', posts.total)] : [], tone };
  if (job.status === 'failed') {
    const { sentence, hint } = describeFailure(job);
    return { lead: sentence, rest: hint ? [hint] : [], tone: 'danger' };
  }
  const [first, ...more] = facts;
  if (job.status === 'completed') return { lead: first ?? lead, rest: more, tone: posts.failed > 0 ? 'warn' : tone };
  return { lead, rest: facts, tone };
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
  return seconds < 600 ? t('held_in', { time: formatClock(seconds) }) : t('held_until', { when: formatMoment(until) });
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
