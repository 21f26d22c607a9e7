import type { StagedResult } from '../channel/messages.ts';
import type { Failure } from '../channel/to-failure.ts';
import type { RunnerExit } from './runner-process.ts';

/** Why a job is stopped from outside. */
export type StopReason =
  | { readonly kind: 'pause' }
  /** `drop`: nobody wants its files. */
  | { readonly kind: 'cancel'; readonly drop: boolean }
  /** The job goes back to the queue. `gently`: there is time to end well. */
  | { readonly kind: 'requeue'; readonly message: string; readonly gently: boolean }
  /** The server has begun another attempt. */
  | { readonly kind: 'superseded' };

/** How an attempt ended. */
export type JobOutcome =
  | { readonly kind: 'staged'; readonly result: StagedResult }
  /** A list has been told to its end. */
  | { readonly kind: 'expanded' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly requeue: boolean }
  | { readonly kind: 'paused' }
  | { readonly kind: 'cancelled' };

/** A runner that is asked to stop gets this long, in milliseconds. */
const STOP_GRACE_MS = 3_000;

/** How long a runner may take to end; undefined where nobody waits for what it still has to do. */
export function graceOfStop(reason: StopReason | undefined): number | undefined {
  const gently = reason?.kind === 'pause' || (reason?.kind === 'requeue' && reason.gently);
  return gently ? STOP_GRACE_MS : undefined;
}

/** What a stop makes of an attempt. */
export function outcomeOfStop(reason: StopReason): JobOutcome {
  if (reason.kind === 'pause') return { kind: 'paused' };
  if (reason.kind !== 'requeue') return { kind: 'cancelled' };
  return { kind: 'failed', failure: { errorCode: 'MF_ERR_INTERNAL', message: reason.message }, requeue: true };
}

/**
 * What an end without a result makes of an attempt. Somebody's kill is no fault of the job, nor what an earlier job may have
 * left in its runner (`used`): it may be done again at once.
 */
export function outcomeOfExit({ code, signal, output }: RunnerExit, used = false): JobOutcome {
  const killed = signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT' || signal === 'SIGHUP';
  const how = signal === null ? `with exit code ${code ?? 'unknown'}` : `by ${signal}`;
  const last = output.split('\n').at(-1)?.slice(0, 300) ?? '';
  const message = `The plugin's process ended ${how} before the download was done.${last === '' ? '' : ` Its last words: ${last}`}`;
  return { kind: 'failed', failure: { errorCode: 'MF_ERR_PLUGIN', message }, requeue: killed || used };
}

/** True when what an attempt has staged is worth keeping for the next one. */
export function keepsPartialFiles(outcome: JobOutcome, reason: StopReason | undefined): boolean {
  if (outcome.kind === 'cancelled') return !(reason?.kind === 'cancel' && reason.drop);
  if (outcome.kind === 'expanded') return false;
  if (outcome.kind !== 'failed' || outcome.requeue) return true;
  // Broken connections are taken up again where they broke; everything else starts clean.
  return outcome.failure.errorCode === 'MF_ERR_NETWORK' || outcome.failure.errorCode === 'MF_ERR_TIMEOUT';
}
