import type { Progress, StageName } from '../channel/messages.ts';
import type { FromRunner } from '../channel/runner-messages.ts';
import { createThrottle } from '../channel/throttle.ts';

const INTERVAL_MS = 100;

export interface ProgressSender {
  push(update: Extract<FromRunner, { type: 'progress' }>): void;
  stop(): void;
}

/** Sends an attempt's progress: at most ten times a second, each new stage at once, never backwards. */
export function createProgressSender(
  job: { jobId: string; attempt: number },
  send: (message: Progress) => unknown,
): ProgressSender {
  const throttle = createThrottle(INTERVAL_MS, send);
  let stage: StageName | undefined;
  let reached = 0;
  return {
    push(update) {
      reached = Math.max(reached, update.progress);
      const message: Progress = { ...update, jobId: job.jobId, attempt: job.attempt, progress: reached };
      if (update.stage === stage) throttle.push(message);
      else throttle.pushNow(message);
      stage = update.stage;
    },
    stop: () => throttle.stop(),
  };
}
