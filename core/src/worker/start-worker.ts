import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { WorkerMessage } from '../channel/messages.ts';
import { createChannelClient } from './channel-client.ts';
import { createJobTable } from './job-table.ts';
import type { JobTable } from './job-table.ts';
import { createOutbox } from './outbox.ts';
import { removePrivateRoot, sweepPrivateRoots } from './private-directory.ts';
import { findGroupState, killGroup } from './process-group.ts';
import { findUndelivered, listAttemptDirectories } from './result-file.ts';
import { createPlayableTasks } from './playable-tasks.ts';
import { createRunnerPool } from './runner-pool.ts';
import { readGroupRecord } from './staging.ts';
import { createThumbnailTasks } from './thumbnail-tasks.ts';
import type { Worker, WorkerOptions } from './worker-options.ts';

/** Heartbeat of an idle worker, and the longest time between two, in milliseconds. */
const IDLE_HEARTBEAT_MS = 5_000;
const RESEND_MS = 3_000;
/** A server that does not acknowledge what a worker gives back at its end is waited for so long. */
const FAREWELL_MS = 2_000;

/** Starts a worker: a channel client with slots, each slot a runner process. Sweeps first what an earlier life of it has left. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const log = options.log.child({ workerId: options.workerId });
  await sweepLeftovers(options);
  const undelivered = await findUndelivered(options.mediaRoot, options.workerId);

  const send = (message: WorkerMessage): boolean => client.send(message);
  const outbox = createOutbox(send);
  const runners = createRunnerPool(options);
  const jobs = createJobTable({ ...options, log }, runners, outbox, send);
  const thumbnails = createThumbnailTasks(options, send);
  const playables = createPlayableTasks(options, send);
  const client = createChannelClient({
    url: options.serverUrl,
    token: options.token,
    log,
    onMessage: (message) => {
      if (message.type === 'cancel') for (const tasks of [thumbnails, playables]) tasks.cancel(message);
      if (message.type === 'make-thumbnails') thumbnails.begin(message);
      else if (message.type === 'make-playable') playables.begin(message);
      else jobs.handle(message);
    },
    onUnreadable: (job, problem) => jobs.handleUnreadable(job, problem),
    onOpen: () => {
      const { workerId, slots, plugins = [] } = options;
      send({
        type: 'hello',
        workerId,
        version: packageJson.version,
        slots,
        plugins: [...plugins],
        running: jobs.inHand(),
        makes: ['playable'],
      });
      outbox.resend();
    },
  });
  for (const message of undelivered) outbox.add(message);

  const stopHeartbeat = startHeartbeat(
    jobs,
    () => client.silence(),
    (leaseMs) => {
      send({ type: 'heartbeat', running: jobs.inHand() });
      client.ping(leaseMs / 2);
    },
  );
  const resending = setInterval(() => outbox.resend(), options.resendMs ?? RESEND_MS);

  const hurry = new AbortController();
  let closed: Promise<void> | undefined;
  const close = async (drain: boolean): Promise<void> => {
    // A worker that ends must not push a newer life of itself off a server that has just come back.
    const disconnected = client.retire();
    const aside = Promise.all([thumbnails.close(), playables.close()]);
    await jobs.close(
      drain ? { kind: 'requeue', message: 'The worker is shutting down.', gently: true } : { kind: 'superseded' },
    );
    await aside;
    await runners.close();
    stopHeartbeat();
    if (drain) await farewell(Promise.race([outbox.drained(), disconnected]), hurry.signal);
    clearInterval(resending);
    await client.close();
    await removePrivateRoot(options.dataDir, options.workerId);
  };
  return {
    close({ drain }) {
      if (!drain) hurry.abort();
      return (closed ??= close(drain));
    },
  };
}

/** Runs at a quarter of the shortest lease, and watches for the silence in which the leases run out. */
function startHeartbeat(jobs: JobTable, silence: () => number, beat: (leaseMs: number) => void): () => void {
  let timer: NodeJS.Timeout;
  let beatenAt = 0;
  const schedule = (): void => {
    const leaseMs = jobs.shortestLeaseMs();
    // Looks more often than it beats: a job with a short lease may have come meanwhile.
    timer = setTimeout(tick, Math.min(IDLE_HEARTBEAT_MS, (leaseMs ?? 2_000) / 8));
  };
  const tick = (): void => {
    const leaseMs = jobs.shortestLeaseMs() ?? IDLE_HEARTBEAT_MS * 4;
    jobs.giveUpSilent(silence());
    if (performance.now() - beatenAt >= Math.min(IDLE_HEARTBEAT_MS, leaseMs / 4)) {
      beatenAt = performance.now();
      beat(leaseMs);
    }
    schedule();
  };
  schedule();
  return () => clearTimeout(timer);
}

/** Runners of an earlier life of this worker that did not notice its end, and what was private to jobs of dead workers. */
async function sweepLeftovers({ mediaRoot, dataDir, workerId }: WorkerOptions): Promise<void> {
  for (const directory of await listAttemptDirectories(join(mediaRoot, 'tmp'))) await endGroupOf(directory, workerId);
  await sweepPrivateRoots(dataDir, async (root) => {
    for (const name of await readdir(root)) await endGroupOf(join(root, name));
  });
}

/** Ends the processes that are recorded in a directory. @param workerId whose they must be @default anybody's */
async function endGroupOf(directory: string, workerId?: string): Promise<void> {
  const record = await readGroupRecord(directory);
  if (typeof record !== 'object' || (workerId !== undefined && record.workerId !== workerId)) return;
  if ((await findGroupState(record, record.workerId)) === 'alive') await killGroup(record.pid);
}

async function farewell(over: Promise<void>, hurry: AbortSignal): Promise<void> {
  const timer = new AbortController();
  const signal = AbortSignal.any([timer.signal, hurry]);
  await Promise.race([over, delay(FAREWELL_MS, undefined, { signal }).catch(() => undefined)]);
  timer.abort();
}
