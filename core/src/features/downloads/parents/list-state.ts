import type { FailureCode } from '@mediafetcher/sdk';
import type { ListWish, Tally } from './tally.rules.ts';
import { NO_POSTS } from './tally.rules.ts';

/** What is being done to each post of a list. `retry-all`: also to those that were cancelled with the list. */
export type FanOut = 'cancel' | 'pause' | 'resume' | 'retry' | 'retry-all';

/** Of a download that is a profile or a list: what its posts make. */
export interface ListState {
  /** So many posts are wanted. */
  readonly limit: number;
  /** True once the list has been read to its end: from then on its posts alone decide its state. */
  readonly expanded: boolean;
  readonly tally: Tally;
  readonly wish?: ListWish;
  /** Being done to each post; a crash does not end it. */
  readonly fanOut?: FanOut;
  /** The list could not be read to its end. */
  readonly errorCode?: FailureCode;
  readonly errorMessage?: string;
  /** True while its state may still change by itself. */
  readonly open: boolean;
  /** Counts changes: of two that count posts at the same time one counts again. */
  readonly rev: number;
}

/** A list of which nothing is known yet. */
export function newList(limit: number): ListState {
  return { limit, expanded: false, tally: NO_POSTS, open: true, rev: 0 };
}

/** Posts of a list that are fetched when nobody says how many. */
export const DEFAULT_LIMIT = 50;
/** And at most, whoever says so: what a day or two can fetch at the pace that platforms bear. */
export const MAX_LIMIT = 3_000;

/** How many posts of a list are wanted. */
export function limitOf({ count }: Readonly<Record<string, unknown>>): number {
  return typeof count === 'number' ? Math.min(MAX_LIMIT, Math.max(1, Math.trunc(count))) : DEFAULT_LIMIT;
}
