import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { PluginError } from '@mediafetcher/sdk';
import type { Assign, Staged } from '../channel/messages.ts';
import type { FromRunner, RunnerJob, RunnerResult } from '../channel/runner-messages.ts';
import { toFailure } from '../channel/to-failure.ts';
import { PYTHON_HOST } from '../places.ts';
import { startPatiently } from '../refused-start.ts';
import { buildCaFiles } from '../tools/index.ts';
import type { Failure } from '../channel/to-failure.ts';
import { startDiskWatch } from './disk-watch.ts';
import type { JobOutcome, StopReason } from './job-outcome.ts';
import { graceOfStop, keepsPartialFiles, outcomeOfExit, outcomeOfStop } from './job-outcome.ts';
import { createPrivateDirectory, removePrivateDirectories } from './private-directory.ts';
import type { PrivateDirectory } from './private-directory.ts';
import { describeGroup } from './process-group.ts';
import { logRunnerRecord } from './runner-records.ts';
import { computeRunnerKey } from './runner-key.ts';
import type { PooledRunner, RunnerPool } from './runner-pool.ts';
import { stageResult } from './stage-result.ts';
import { validateResult, writeResult } from './result-file.ts';
import { checkSentinel, prepareStaging, removeGroupRecord, removeStaging, writeGroupRecord } from './staging.ts';
import type { Watchdog } from './watchdog.ts';
import { startWatchdog } from './watchdog.ts';
import { logFileOf, withLog } from './attempt-log.ts';
import type { WorkerOptions } from './worker-options.ts';

export interface AttemptEvents {
  readonly onProgress: (message: Extract<FromRunner, { type: 'progress' }>) => void;
  readonly onResolved: (message: Extract<FromRunner, { type: 'resolved' }>) => void;
  readonly onListed: (message: Extract<FromRunner, { type: 'listed' }>) => void;
}

/** One attempt at one job. */
export interface Attempt {
  /** Never rejects. When it resolves, no process of the attempt runs any more. */
  readonly outcome: Promise<JobOutcome>;
  /** The first reason counts; a drop counts always. */
  stop(reason: StopReason): void;
  continue(): void;
}

type Verdict = { readonly kind: 'done'; readonly result: RunnerResult } | JobOutcome;

/** Starts an attempt. */
export function startAttempt(
  assign: Assign,
  options: WorkerOptions,
  runners: RunnerPool,
  events: AttemptEvents,
): Attempt {
  const log = options.log.child({ jobId: assign.jobId, attempt: assign.attempt });
  const stopping = new AbortController();
  let reason: StopReason | undefined;
  let goOn = (): void => undefined;

  const run = async (): Promise<JobOutcome> => {
    let outcome: JobOutcome;
    try {
      const onRunner = (resume: () => void): void => void (goOn = resume);
      outcome = await runAttempt({
        assign,
        options,
        runners,
        events,
        log,
        signal: stopping.signal,
        graceMs: () => graceOfStop(reason),
        onRunner,
      });
    } catch (error) {
      outcome = { kind: 'failed', failure: toFailure(error, 'MF_ERR_INTERNAL'), requeue: false };
      if (!stopping.signal.aborted) log.warn({ err: error }, 'The attempt failed.');
    }
    if (reason !== undefined) outcome = outcomeOfStop(reason);
    if (!keepsPartialFiles(outcome, reason)) {
      await removeStaging(options.mediaRoot, assign).catch((error: unknown) =>
        log.warn({ err: error }, 'Staging could not be removed.'),
      );
    }
    return outcome;
  };
  return {
    outcome: run(),
    stop(asked) {
      const drops = asked.kind === 'cancel' && asked.drop;
      if (reason === undefined || drops) reason = asked;
      stopping.abort();
    },
    continue: () => goOn(),
  };
}

interface Running {
  readonly assign: Assign;
  readonly options: WorkerOptions;
  readonly runners: RunnerPool;
  readonly events: AttemptEvents;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly graceMs: () => number | undefined;
  /** Gets what lets a runner go on that waits for the server's word. */
  readonly onRunner: (goOn: () => void) => void;
}

async function runAttempt(running: Running): Promise<JobOutcome> {
  const { assign, options, log } = running;
  await checkSentinel(options.mediaRoot);
  checkSecretsAreSafe(assign, options.serverUrl);
  const stagingDirectory = await prepareStaging(options.mediaRoot, assign, options.workerId, log);
  const own = await createPrivateDirectory(options, assign, assign.cookies);
  try {
    return await withLog(await runInDirectories(running, stagingDirectory, own), assign, own);
  } finally {
    await removePrivateDirectories(own);
  }
}

async function runInDirectories(
  running: Running,
  stagingDirectory: string,
  own: PrivateDirectory,
): Promise<JobOutcome> {
  const { assign, options, runners, events, log, signal } = running;
  const { promise, resolve } = Promise.withResolvers<Verdict>();
  const fail = (failure: Failure): void => resolve({ kind: 'failed', failure, requeue: false });
  const watchdog = startWatchdog(options.watchdogMs, stagingDirectory, () =>
    fail({
      errorCode: 'MF_ERR_TIMEOUT',
      message: `Nothing moved for ${Math.round(options.watchdogMs / 1000)} seconds.`,
    }),
  );
  const stopWatching = startDiskWatch(options.mediaRoot, assign.reserveBytes ?? 0, () =>
    fail({ errorCode: 'MF_ERR_DISK_FULL', message: 'The media folder is full: only the reserve is left.' }),
  );
  const onAbort = (): void => resolve({ kind: 'cancelled' });
  signal.addEventListener('abort', onAbort, { once: true });
  let runner: PooledRunner | undefined;
  let verdict: Verdict | undefined;
  try {
    signal.throwIfAborted();
    const key = await computeRunnerKey(assign, options);
    runner = await startPatiently(async () => runners.take(key), { signal });
    const started = runner;
    started.listen({
      onMessage: createListener({ watchdog, events, log, resolve, onTurn: (turn) => takeTurn(runners, started, turn) }),
      onMisbehaviour: (what: string) => fail({ errorCode: 'MF_ERR_PLUGIN', message: `The plugin's process ${what}.` }),
    });
    running.onRunner(() => {
      watchdog.alive();
      started.send({ type: 'continue' });
    });
    await writeGroupRecord(stagingDirectory, await describeGroup(runner.pid, options.workerId));
    runner.send({ type: 'run', job: await buildRunnerJob(running, stagingDirectory, own) });
    verdict = await Promise.race([promise, runner.exited.then((exit) => outcomeOfExit(exit, started.jobs > 1))]);
  } finally {
    // A late word of the server is not for the runner's next job.
    running.onRunner(() => undefined);
    watchdog.stop();
    stopWatching();
    signal.removeEventListener('abort', onAbort);
    if (runner !== undefined) runners.turns.leave(runner);
    const dead = await letGo(running, runner, verdict, stagingDirectory);
    if (!dead) log.error({ pid: runner?.pid }, 'A process of the job cannot be killed.');
  }
  if (verdict.kind !== 'done') return verdict;
  events.onProgress({ type: 'progress', stage: 'store', progress: 95 });
  const { jobId, attempt, maxFileBytes } = assign;
  const usedCookies = assign.cookies !== undefined;
  const result = await stageResult(verdict.result, { stagingDirectory, maxFileBytes, usedCookies, signal });
  const message: Staged = { type: 'staged', jobId, attempt, result };
  validateResult(message);
  // On the disk before it is sent: a worker that is started again can send it too.
  await writeResult(stagingDirectory, message);
  return { kind: 'staged', result };
}

/** A runner that is done may serve the next job; every other end is the end of all its processes. */
async function letGo(
  { runners, graceMs }: Running,
  runner: PooledRunner | undefined,
  verdict: Verdict | undefined,
  stagingDirectory: string,
): Promise<boolean> {
  if (runner === undefined) return true;
  if (verdict?.kind !== 'done' && verdict?.kind !== 'expanded') return runner.end(graceMs());
  // A later attempt at this job must not take the runner's next job for a part of this one.
  return runners.giveBack(runner, async () => removeGroupRecord(stagingDirectory));
}

function createListener(parts: {
  readonly watchdog: Watchdog;
  readonly events: AttemptEvents;
  readonly log: Logger;
  readonly resolve: (verdict: Verdict) => void;
  readonly onTurn: (message: Extract<FromRunner, { type: 'turn' }>) => void;
}): (message: FromRunner) => void {
  const { watchdog, events, log, resolve, onTurn } = parts;
  let last = '';
  return (message) => {
    if (message.type === 'progress') {
      // The same figures again are no sign of life.
      const { stage, progress, totalBytes } = message;
      const figures = `${stage} ${progress} ${totalBytes ?? ''}`;
      if (figures !== last) watchdog.alive();
      last = figures;
      events.onProgress(message);
    } else if (message.type === 'resolved') {
      watchdog.rest();
      events.onResolved(message);
    } else if (message.type === 'listed') {
      watchdog.rest();
      events.onListed(message);
    } else if (message.type === 'turn') onTurn(message);
    else if (message.type === 'log') logRunnerRecord(log, message);
    else if (message.type === 'expanded') resolve({ kind: 'expanded' });
    else if (message.type === 'done') resolve({ kind: 'done', result: message.result });
    else if (message.type === 'failed')
      resolve({ kind: 'failed', failure: failureIn(message), requeue: message.requeue === true });
  };
}

function takeTurn({ turns }: RunnerPool, runner: PooledRunner, { id, wanted }: { id: number; wanted: boolean }): void {
  if (wanted) turns.ask(runner, id);
  else turns.leave(runner, id);
}

function failureIn({ errorCode, message, retryAfterMs, untried }: Extract<FromRunner, { type: 'failed' }>): Failure {
  return {
    errorCode,
    message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(untried === true && { untried }),
  };
}

async function buildRunnerJob(
  { assign, options }: Running,
  stagingDirectory: string,
  own: PrivateDirectory,
): Promise<RunnerJob> {
  const { jobId, attempt, link, settings, connector, processors, maxFileBytes, listLimit } = assign;
  // What a tool keeps of a signed-in session goes with the job.
  const stateDirectory = own.secrets ?? join(options.dataDir, 'state', encodeURIComponent(link.platform));
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const caDirectory = join(options.dataDir, 'cache', 'certificates');
  // Made here once: what that takes would stay in each runner.
  if (options.extraCaFile !== undefined) await buildCaFiles(options.extraCaFile, caDirectory);
  return {
    ...{ jobId, attempt, link, settings, connector, processors, maxFileBytes, stagingDirectory, stateDirectory },
    workDirectory: own.path,
    pythonHost: PYTHON_HOST,
    options: assign.options,
    pluginDirectory: join(options.dataDir, 'plugins'),
    toolPaths: options.toolPaths,
    allowPrivateHosts: options.allowPrivateHosts,
    logFile: logFileOf(own),
    caDirectory,
    ...(listLimit !== undefined && { listLimit }),
    ...(assign.probe === true && { probe: true }),
    ...(own.cookiesFile !== undefined && { cookiesFile: own.cookiesFile }),
    ...(assign.proxy !== undefined && { proxy: assign.proxy }),
    ...(assign.headers && { headers: assign.headers }),
    ...(options.extraCaFile !== undefined && { extraCaFile: options.extraCaFile }),
  };
}

/** Secrets that came unencrypted from another machine have been read on the way: they are not used. @throws MF_ERR_INTERNAL */
function checkSecretsAreSafe({ cookies, headers }: Assign, serverUrl: string): void {
  const { protocol, hostname } = new URL(serverUrl);
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
  if ((cookies === undefined && headers === undefined) || protocol === 'wss:' || loopback) return;
  throw new PluginError(
    'MF_ERR_INTERNAL',
    'Cookies or headers came over an unencrypted connection and are not used: give this worker a wss: address.',
  );
}
