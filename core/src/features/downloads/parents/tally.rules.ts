import { findMostTelling, PluginError } from '@mediafetcher/sdk';
import type { FailureCode } from '@mediafetcher/sdk';
import type { DownloadStatus } from '../statuses.ts';

/** How many posts of a list are in which state. */
export interface Tally {
  readonly total: number;
  readonly queued: number;
  readonly running: number;
  readonly paused: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Fetched, or linked without a fetch: new in the person's library. */
  readonly added: number;
  /** In the person's library before. */
  readonly existing: number;
  /** Left out: the person has deleted them. */
  readonly declined: number;
}

export const NO_POSTS: Tally = {
  total: 0,
  queued: 0,
  running: 0,
  paused: 0,
  failed: 0,
  cancelled: 0,
  added: 0,
  existing: 0,
  declined: 0,
};

/** What a person has asked of the whole list, for as long as it counts. */
export type ListWish = 'pause' | 'cancel';

/** What makes the state of a list. */
export interface ListFacts {
  readonly tally: Tally;
  readonly wish?: ListWish;
  /** 0-100 each, of the posts that run. */
  readonly running: readonly number[];
}

/** Percent of the whole that reading the list takes. */
const LISTED = 5;

/** The state of a list that has been read: nothing but its posts and the person's wish decide. */
export function statusOfList({ tally, wish }: Pick<ListFacts, 'tally' | 'wish'>): DownloadStatus {
  if (wish === 'cancel') return 'cancelled';
  const moving = tally.queued + tally.running;
  if (moving > 0) return wish === 'pause' ? 'paused' : 'running';
  if (tally.paused > 0) return 'paused';
  if (tally.added + tally.existing > 0) return 'completed';
  if (tally.failed > 0 || tally.total === 0) return 'failed';
  return tally.cancelled > 0 ? 'cancelled' : 'completed';
}

/** 0-100: each post counts the same; what has ended, however it did, is whole. */
export function progressOfList({ tally, running }: Pick<ListFacts, 'tally' | 'running'>): number {
  const { total, queued, paused } = tally;
  if (total === 0) return LISTED;
  const over = total - queued - paused - tally.running;
  const parts = running.reduce((sum, percent) => sum + percent / 100, 0);
  const share = Math.min(1, (over + Math.min(parts, tally.running)) / total);
  return Math.round((LISTED + (100 - LISTED) * share) * 10) / 10;
}

/** The code that stands for all posts that failed. */
export function codeOfFailures(codes: readonly FailureCode[]): FailureCode {
  return findMostTelling(codes.map((code) => new PluginError(code, code)))?.code ?? 'MF_ERR_NO_MEDIA';
}
