import type { Assign, RunningJob, ServerMessage, WorkerMessage } from '../channel/messages.ts';
import type { Static } from 'typebox';
import type { Attempt } from './attempt.ts';
import { startAttempt } from './attempt.ts';
import type { JobOutcome, StopReason } from './job-outcome.ts';
import type { Outbox } from './outbox.ts';
import { createProgressSender } from './progress-sender.ts';
import { removeStaging } from './staging.ts';
import type { JobRef } from './staging.ts';
import type { WorkerOptions } from './worker-options.ts';

interface Entry {
  readonly assign: Assign;
  readonly attempt: Attempt;
}

/** The jobs in hand, and what the server's messages do to them. */
export interface JobTable {
  handle(message: ServerMessage): void;
  /** Jobs that run, and those whose end the server has not acknowledged. */
  inHand(): Static<typeof RunningJob>[];
  /** Shortest lease among the running jobs, in milliseconds. */
  shortestLeaseMs(): number | undefined;
  /** Gives back the jobs whose lease does not outlive such a silence. */
  giveUpSilent(silenceMs: number): void;
  /** Takes no more, stops all; resolves when nothing runs. */
  close(reason: StopReason): Promise<void>;
}

/** Ended attempts that are remembered, so that a late copy of a message starts nothing. */
const REMEMBERED = 2_000;

export function createJobTable(
  options: WorkerOptions,
  outbox: Outbox,
  send: (message: WorkerMessage) => boolean,
): JobTable {
  const { log, slots, mediaRoot } = options;
  const running = new Map<string, Entry>();
  const waiting = new Map<string, Assign>();
  const ended = new Map<string, number>();
  let closing: StopReason | undefined;

  const inHand = (): JobRef[] => {
    const jobs = new Map(
      [...outbox.list(), ...[...running.values()].map(({ assign }) => assign)].map((job) => [
        `${job.jobId}/${job.attempt}`,
        job,
      ]),
    );
    return [...jobs.values()].map(({ jobId, attempt }) => ({ jobId, attempt }));
  };
  const remember = ({ jobId, attempt }: JobRef): void => {
    ended.delete(jobId);
    ended.set(jobId, attempt);
    const [oldest] = ended.keys();
    if (ended.size > REMEMBERED && oldest !== undefined) ended.delete(oldest);
  };
  const accept = ({ jobId, attempt }: JobRef): boolean => send({ type: 'accepted', jobId, attempt });
  const refuse = ({ jobId, attempt }: JobRef, message: string): void => {
    remember({ jobId, attempt });
    outbox.add({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_INTERNAL', message, requeue: true });
  };

  const start = (assign: Assign): void => {
    const { jobId, attempt } = assign;
    outbox.removeOthers(assign);
    accept(assign);
    const progress = createProgressSender(assign, send);
    const made = startAttempt(assign, options, {
      onProgress: (update) => progress.push(update),
      onResolved: ({ key, url, post }) =>
        outbox.add({ type: 'resolved', jobId, attempt, key, url, ...(post !== undefined && { post }) }),
    });
    running.set(jobId, { assign, attempt: made });
    void made.outcome.then((outcome) => {
      progress.stop();
      running.delete(jobId);
      outbox.remove(assign);
      remember(assign);
      report(assign, outcome);
      const next = waiting.get(jobId);
      waiting.delete(jobId);
      if (next !== undefined) onAssign(next);
    });
  };

  const report = ({ jobId, attempt }: JobRef, outcome: JobOutcome): void => {
    log.info({ jobId, attempt, outcome: outcome.kind }, 'An attempt has ended.');
    if (outcome.kind === 'staged') outbox.add({ type: 'staged', jobId, attempt, result: outcome.result });
    else if (outcome.kind === 'paused') outbox.add({ type: 'paused', jobId, attempt });
    else if (outcome.kind === 'failed') {
      outbox.add({ type: 'failed', jobId, attempt, ...outcome.failure, ...(outcome.requeue && { requeue: true }) });
    } else send({ type: 'heartbeat', running: inHand() });
  };

  const onAssign = (assign: Assign): void => {
    const { jobId, attempt } = assign;
    const current = running.get(jobId);
    const kept = outbox.find(assign);
    if (current !== undefined && current.assign.attempt > attempt) return;
    if (current?.assign.attempt === attempt) accept(assign);
    else if (kept !== undefined) {
      accept(assign);
      send(kept);
    } else if ((ended.get(jobId) ?? 0) >= attempt) log.debug({ jobId, attempt }, 'This attempt has ended already.');
    else if (closing !== undefined) refuse(assign, 'The worker is shutting down.');
    else if (current !== undefined) {
      waiting.set(jobId, assign);
      current.attempt.stop({ kind: 'superseded' });
    } else if (running.size >= slots) refuse(assign, 'The worker has no free slot.');
    else start(assign);
  };

  const stop = (job: JobRef, reason: StopReason): void => {
    if (waiting.get(job.jobId)?.attempt === job.attempt) waiting.delete(job.jobId);
    const current = running.get(job.jobId);
    if (current?.assign.attempt === job.attempt) {
      outbox.remove(job);
      current.attempt.stop(reason);
    } else if (reason.kind === 'pause') {
      const known =
        outbox.find(job) !== undefined || (ended.get(job.jobId) ?? 0) >= job.attempt || current !== undefined;
      if (!known) outbox.add({ type: 'paused', jobId: job.jobId, attempt: job.attempt });
    } else if (reason.kind === 'cancel') {
      outbox.remove(job);
      remember(job);
      if (reason.drop)
        void removeStaging(mediaRoot, job).catch((error: unknown) =>
          log.warn({ err: error }, 'Staging could not be removed.'),
        );
    }
  };

  return {
    inHand,
    handle(message) {
      if (message.type === 'assign') onAssign(message);
      else if (message.type === 'cancel') stop(message, { kind: 'cancel', drop: message.drop });
      else if (message.type === 'pause') stop(message, { kind: 'pause' });
      else if (message.type === 'ack') {
        if (outbox.find(message)?.type !== 'resolved') outbox.remove(message);
      } else if (running.get(message.jobId)?.assign.attempt === message.attempt) {
        outbox.remove(message);
        running.get(message.jobId)?.attempt.continue();
      }
    },
    shortestLeaseMs() {
      const leases = [...running.values()].map(({ assign }) => assign.leaseMs);
      return leases.length === 0 ? undefined : Math.min(...leases);
    },
    giveUpSilent(silenceMs) {
      for (const { assign, attempt } of running.values()) {
        if (silenceMs > assign.leaseMs / 2)
          attempt.stop({ kind: 'requeue', message: 'The worker lost its connection to the server.', gently: false });
      }
    },
    async close(reason) {
      closing = reason;
      waiting.clear();
      const entries = [...running.values()];
      for (const { attempt } of entries) attempt.stop(reason);
      await Promise.all(entries.map(({ attempt }) => attempt.outcome));
    },
  };
}
