import { statfs } from 'node:fs/promises';
import { PluginError } from '@mediafetcher/sdk';
import { parseAskedWait } from './failure/asked-wait.ts';
import { judgeRun } from './failure/judge-run.ts';
import type { StopReason, ToolId, ToolRun } from './failure/tool-run.ts';
import { redactLog } from './failure/redact-log.ts';
import type { ProcessOutcome, ProcessRequest } from './process/run-process.ts';
import { appendRun } from './run-log.ts';
import type { ToolContext } from './tool-context.ts';

export interface RunProcess extends Omit<ProcessRequest, 'signal' | 'environment'> {
  readonly tool: ToolId;
}

export interface RunFacts extends Pick<ToolRun, 'tool' | 'files' | 'documents' | 'wants'> {
  readonly outcome: ProcessOutcome;
}

/** What the body of a run works with. */
export interface RunHandle<Info> {
  /** Hands the first piece of information to whoever waits for it. */
  tell(info: Info): void;
  /** Ends the process for a reason of ours. */
  stop(reason: StopReason): void;
  process(request: RunProcess): Promise<ProcessOutcome>;
  /** Passes when the run went well. @throws PluginError, or the abort's reason */
  judge(facts: RunFacts): Promise<void>;
}

export interface StartedRun<Info, Result> {
  readonly info: Promise<Info>;
  readonly finished: Promise<Result>;
  cancel(): void;
}

/** Starts a tool run whose first facts come before its end. It ends with the job's signal. */
export function startRun<Info, Result>(
  context: ToolContext,
  body: (run: RunHandle<Info>) => Promise<Result>,
): StartedRun<Info, Result> {
  const own = new AbortController();
  const signal = AbortSignal.any([context.signal, own.signal]);
  const first = Promise.withResolvers<Info>();
  let stopped: StopReason | undefined;

  const finished = body({
    tell: first.resolve,
    stop(reason) {
      stopped ??= reason;
      own.abort();
    },
    async process(request) {
      const { environment } = await context.trust();
      const started = performance.now();
      const outcome = await context.launch(request.tool, { ...request, environment, signal });
      const { exitCode, signal: killedBy, stopped: end } = outcome;
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      await appendRun(context.logFile, { tool: request.tool, arguments: request.arguments, outcome, seconds });
      context.log.debug({ tool: request.tool, exitCode, killedBy, stopped: stopped ?? end, seconds }, 'tool ended');
      return outcome;
    },
    judge: (facts) => judge(context, signal, facts, stopped),
  });
  finished.catch(first.reject);
  // Whoever waits for one of the two need not wait for the other.
  first.promise.catch(() => undefined);
  return { info: first.promise, finished, cancel: () => own.abort() };
}

async function judge(context: ToolContext, signal: AbortSignal, facts: RunFacts, stopped?: StopReason): Promise<void> {
  const { outcome, ...rest } = facts;
  const { stopped: end, ...process } = outcome;
  const reason = stopped ?? end;
  const run: ToolRun = {
    ...process,
    ...rest,
    platform: context.platform,
    withCookies: context.cookiesFile !== undefined,
    hasFfmpeg: context.paths.ffmpeg !== undefined,
    ...(reason !== undefined && { stopped: reason }),
  };
  if (judgeRun(run).kind === 'ok') return;
  const free = await freeBytes(context.stagingDirectory);
  const verdict = judgeRun({ ...run, ...(free !== undefined && { freeBytes: free }) });
  if (verdict.kind === 'ok') return;
  if (verdict.kind === 'cancelled') throw cancelReason(signal, facts.tool);
  const cause = new Error(redactLog(outcome.stderr === '' ? outcome.stdout : outcome.stderr));
  const { code, message } = verdict.failure;
  const retryAfterMs = code === 'MF_ERR_RATE_LIMITED' ? parseAskedWait(outcome.stderr) : undefined;
  throw new PluginError(code, message, { cause, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

function cancelReason(signal: AbortSignal, tool: ToolId): Error {
  if (!signal.aborted) return new PluginError('MF_ERR_INTERNAL', `${tool} was stopped from outside.`);
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('The run was stopped.', 'AbortError');
}

async function freeBytes(directory: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return undefined; // The folder itself is gone: the tool's own words say so.
  }
}
