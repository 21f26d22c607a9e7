import { FAILURE_CODES } from '@mediafetcher/sdk';
import type { FailureCode } from '@mediafetcher/sdk';

/** How a class of failures is tried again by itself. */
interface Patience {
  /** Attempts in all. */
  readonly attempts: number;
  /** Milliseconds before the second attempt. */
  readonly firstMs: number;
  /** Each further pause is so many times longer. */
  readonly growth: number;
}

/** What waiting can mend. Everything else ends at the first attempt: asked again, a post that is gone is still gone. */
const PATIENCE: Partial<Record<FailureCode, Patience>> = {
  MF_ERR_NETWORK: { attempts: 3, firstMs: 10_000, growth: 4 },
  MF_ERR_TIMEOUT: { attempts: 3, firstMs: 2_000, growth: 2 },
  // Where the server sees room: others have made it meanwhile, or a disk of the worker's own is full.
  MF_ERR_DISK_FULL: { attempts: 3, firstMs: 60_000, growth: 4 },
};
/** A job that takes its runner down again and again is not worth more. */
const REQUEUES = 5;
/** Hours before what did not fit on the disk is tried without room for it: a quota shows nowhere, and all others stop. */
const BLIND_HOURS = [1, 2, 4, 8, 24];
const HOUR_MS = 60 * 60_000;
/** Pauses differ by so much, up and down, so that what failed together does not come back together. */
const JITTER = 0.2;

export interface EndedAttempt {
  readonly code: FailureCode;
  /** Since a person last asked for it, from 1. */
  readonly attempt: number;
  /** The worker gave the job back: the post is not to blame. */
  readonly requeue: boolean;
  /** From 0 to 1. */
  readonly random: number;
}

/** Milliseconds until the next attempt; undefined when the job has failed. */
export function retryDelay({ code, attempt, requeue, random }: EndedAttempt): number | undefined {
  if (requeue) return attempt < REQUEUES ? 0 : undefined;
  const patience = PATIENCE[code];
  if (patience === undefined || attempt >= patience.attempts) return undefined;
  const pause = patience.firstMs * patience.growth ** (attempt - 1);
  return Math.round(pause * (1 - JITTER + 2 * JITTER * random));
}

/**
 * Milliseconds before a download that did not fit on the disk begins although no room was made; undefined when it has been
 * tried so often enough.
 * @param tries how often it has begun so before
 */
export function blindPause(tries: number): number | undefined {
  const hours = BLIND_HOURS[tries];
  return hours === undefined ? undefined : hours * HOUR_MS;
}

/** How often each class is tried, for people. */
export const ATTEMPTS: ReadonlyMap<FailureCode, number> = new Map(
  FAILURE_CODES.map((code) => [code, PATIENCE[code]?.attempts ?? 1]),
);
