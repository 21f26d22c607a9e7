import type { Assign, MakeThumbnails, RunningJob, ServerMessage, WorkerMessage } from '../channel/messages.ts';
import type { Static } from 'typebox';
import type { Attempt } from './attempt.ts';
import { startAttempt } from './attempt.ts';
import type { JobOutcome, StopReason } from './job-outcome.ts';
import type { Outbox } from './outbox.ts';
import { createProgressSender } from './progress-sender.ts';
import { removeStaging } from './staging.ts';
import type { RunnerPool } from './runner-pool.ts';
import type { JobRef } from './staging.ts';
import type { WorkerOptions } from './worker-options.ts';

interface Entry {
  readonly assign: Assign;
  readonly attempt: Attempt;
  /** It has been told to end: its slot is about to be free. */
  stopping: boolean;
}

/** The jobs in hand, and what the server's messages do to them. */
export interface JobTable {
  handle(message: Exclude<ServerMessage, MakeThumbnails>): void;
  /** Answers an assignment that cannot be read, so that its job does not keep its slot. */
  handleUnreadable(job: JobRef, problem: string): void;
  /** Jobs that run or wait for a slot, and those whose end the server has not acknowledged. */
  inHand(): Static<typeof RunningJob>[];
  /** Shortest lease among the running jobs, in milliseconds. */
  shortestLeaseMs(): number | undefined;
  /** Gives back the jobs whose lease does not outlive such a silence. */
  giveUpSilent(silenceMs: number): void;
  /** Takes no more, stops all; resolves when nothing runs. */
  close(reason: StopReason): Promise<void>;
}

/** Answered by `continue`, not by `ack`. */
const AWAITS_CONTINUE: ReadonlySet<WorkerMessage['type'] | undefined> = new Set(['resolved', 'listed'] as const);
/** Ended attempts that are remembered, so that a late copy of a message starts nothing. */
const REMEMBERED = 2_000;

export function createJobTable(
  options: WorkerOptions,
  runners: RunnerPool,
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
      [...outbox.list(), ...[...running.values()].map(({ assign }) => assign), ...waiting.values()].map((job) => [
        `${job.jobId}/${job.attempt}`,
        job,
      ]),
    );
    return [...jobs.values()].map(({ jobId, attempt }) => ({ jobId, attempt }));
  };
  const remember = ({ jobId, attempt }: JobRef): void => {
    const latest = Math.max(attempt, ended.get(jobId) ?? 0);
    ended.delete(jobId);
    ended.set(jobId, latest);
    const [oldest] = ended.keys();
    if (ended.size > REMEMBERED && oldest !== undefined) ended.delete(oldest);
  };
  const accept = ({ jobId, attempt }: JobRef): boolean => send({ type: 'accepted', jobId, attempt });
  const refuse = ({ jobId, attempt }: JobRef, message: string): void => {
    remember({ jobId, attempt });
    outbox.add({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_INTERNAL', message, requeue: true });
  };
  const refuseWaiting = (assign: Assign, message: string): void => {
    waiting.delete(assign.jobId);
    refuse(assign, message);
  };
  const end = (entry: Entry, reason: StopReason): void => {
    entry.stopping = true;
    entry.attempt.stop(reason);
  };
  /** Jobs that will still need their slot when all that are stopping have ended. */
  const countTaken = (jobId: string): number =>
    [...running.values()].filter(({ stopping }) => !stopping).length +
    [...waiting.keys()].filter((other) => other !== jobId).length;

  const start = (assign: Assign): void => {
    const { jobId, attempt } = assign;
    outbox.removeOthers(assign);
    accept(assign);
    const progress = createProgressSender(assign, send);
    const made = startAttempt(assign, options, runners, {
      onProgress: (update) => progress.push(update),
      onResolved: ({ key, url, post }) =>
        outbox.add({ type: 'resolved', jobId, attempt, key, url, ...(post !== undefined && { post }) }),
      onListed: ({ entries }) => outbox.add({ type: 'listed', jobId, attempt, entries }),
    });
    running.set(jobId, { assign, attempt: made, stopping: false });
    void made.outcome.then((outcome) => {
      progress.stop();
      running.delete(jobId);
      outbox.remove(assign);
      remember(assign);
      report(assign, outcome);
      for (const next of [...waiting.values()]) {
        waiting.delete(next.jobId);
        onAssign(next);
      }
    });
  };

  const report = ({ jobId, attempt }: JobRef, outcome: JobOutcome): void => {
    log.info({ jobId, attempt, outcome: outcome.kind }, 'An attempt has ended.');
    if (outcome.kind === 'staged') outbox.add({ type: 'staged', jobId, attempt, result: outcome.result });
    else if (outcome.kind === 'expanded') outbox.add({ type: 'expanded', jobId, attempt });
    else if (outcome.kind === 'paused') outbox.add({ type: 'paused', jobId, attempt });
    else if (outcome.kind === 'failed') {
      outbox.add({ type: 'failed', jobId, attempt, ...outcome.failure, ...(outcome.requeue && { requeue: true }) });
    } else send({ type: 'heartbeat', running: inHand() });
  };

  const onAssign = (assign: Assign): void => {
    const { jobId, attempt } = assign;
    const current = running.get(jobId);
    const kept = outbox.find(assign);
    const newest = Math.max(current?.assign.attempt ?? 0, waiting.get(jobId)?.attempt ?? 0);
    if (newest > attempt) return;
    if (current?.assign.attempt === attempt) accept(assign);
    else if (kept !== undefined) {
      accept(assign);
      send(kept);
    } else if ((ended.get(jobId) ?? 0) >= attempt) log.debug({ jobId, attempt }, 'This attempt has ended already.');
    else if (closing !== undefined) refuse(assign, 'The worker is shutting down.');
    else if (current !== undefined) {
      waiting.set(jobId, assign);
      end(current, { kind: 'superseded' });
    } else if (countTaken(jobId) >= slots) refuse(assign, 'The worker has no free slot.');
    else if (running.size >= slots) waiting.set(jobId, assign);
    else start(assign);
  };

  const stop = (job: JobRef, reason: StopReason): void => {
    const waited = waiting.get(job.jobId)?.attempt === job.attempt;
    if (waited) waiting.delete(job.jobId);
    const current = running.get(job.jobId);
    if (current?.assign.attempt === job.attempt) {
      outbox.remove(job);
      end(current, reason);
    } else if (reason.kind === 'pause') {
      const known =
        outbox.find(job) !== undefined || (ended.get(job.jobId) ?? 0) >= job.attempt || current !== undefined;
      if (known && !waited) return;
      remember(job);
      outbox.add({ type: 'paused', jobId: job.jobId, attempt: job.attempt });
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
        if (!AWAITS_CONTINUE.has(outbox.find(message)?.type)) outbox.remove(message);
      } else if (running.get(message.jobId)?.assign.attempt === message.attempt) {
        outbox.remove(message);
        running.get(message.jobId)?.attempt.continue();
      }
    },
    handleUnreadable({ jobId, attempt }, problem) {
      const current = running.get(jobId);
      if (current !== undefined && current.assign.attempt >= attempt) return;
      if (current !== undefined) end(current, { kind: 'superseded' });
      waiting.delete(jobId);
      remember({ jobId, attempt });
      const message = `The worker cannot read the job that it was given: ${problem.slice(0, 500)}`;
      outbox.add({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_INTERNAL', message });
    },
    shortestLeaseMs() {
      const assigns = [...[...running.values()].map(({ assign }) => assign), ...waiting.values()];
      const leases = assigns.map(({ leaseMs }) => leaseMs);
      return leases.length === 0 ? undefined : Math.min(...leases);
    },
    giveUpSilent(silenceMs) {
      const message = 'The worker lost its connection to the server.';
      for (const entry of running.values()) {
        if (silenceMs > entry.assign.leaseMs / 2) end(entry, { kind: 'requeue', message, gently: false });
      }
      for (const assign of [...waiting.values()]) {
        if (silenceMs > assign.leaseMs / 2) refuseWaiting(assign, message);
      }
    },
    async close(reason) {
      closing = reason;
      for (const assign of [...waiting.values()]) {
        if (reason.kind === 'requeue') refuseWaiting(assign, reason.message);
      }
      waiting.clear();
      const entries = [...running.values()];
      for (const entry of entries) end(entry, reason);
      await Promise.all(entries.map(({ attempt }) => attempt.outcome));
    },
  };
}
