import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import type { Line } from './line-splitter.ts';
import { createOutputSink } from './output-sink.ts';
import type { OutputSink } from './output-sink.ts';

export interface ProcessRequest {
  /** Absolute path of the program. */
  readonly file: string;
  readonly arguments: readonly string[];
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly directory?: string;
  readonly signal: AbortSignal;
  /** Wall clock, in milliseconds. @default none */
  readonly timeoutMs?: number;
  /** `open`: a pipe that never speaks and never closes while the tool runs. @default 'ignore' */
  readonly stdin?: 'ignore' | 'open';
  /** How it is asked to go; SIGKILL follows after {@link FORCE_KILL_MS}. @default 'SIGINT' */
  readonly killSignal?: 'SIGINT' | 'SIGTERM' | 'SIGKILL';
  readonly onStdout?: (line: Line) => void;
  readonly onStderr?: (line: Line) => void;
  /** Bytes of a line that are kept. */
  readonly maxLineBytes?: number;
}

export interface ProcessOutcome {
  readonly exitCode?: number;
  readonly signal?: string;
  /** Who ended it, when we did. */
  readonly stopped?: 'aborted' | 'timed-out';
  /** The program could not be started: not there, or not executable. */
  readonly missing: boolean;
  /** Head and tail of each stream. */
  readonly stdout: string;
  readonly stderr: string;
}

/** A tool that was asked to go gets this long, in milliseconds. */
export const FORCE_KILL_MS = 3_000;
/** Pipes that a grandchild keeps open are dropped this long after the exit, in milliseconds. */
const PIPE_GRACE_MS = 1_000;

/**
 * Runs a program to its end and never rejects. It stays in our process group, so that a signal to the runner's group ends it too;
 * SIGINT lets the Python tools take their own children with them.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessOutcome> {
  const { file, environment, directory, signal, timeoutMs, stdin = 'ignore', killSignal = 'SIGINT' } = request;
  if (signal.aborted) return { stopped: 'aborted', missing: false, stdout: '', stderr: '' };
  const child = execa(file, request.arguments, {
    reject: false,
    buffer: false,
    encoding: 'buffer',
    extendEnv: false,
    env: environment,
    stdin: stdin === 'open' ? 'pipe' : 'ignore',
    cancelSignal: signal,
    killSignal,
    forceKillAfterDelay: FORCE_KILL_MS,
    ...(directory !== undefined && { cwd: directory }),
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  });
  const sinks = [
    collect(child.stdout, request.onStdout, request.maxLineBytes),
    collect(child.stderr, request.onStderr, request.maxLineBytes),
  ] as const;
  const releasePipes = dropHeldPipes(child.nodeChildProcess);
  const result = await child;
  releasePipes();
  return {
    missing: result.exitCode === undefined && result.signal === undefined && !result.isCanceled && !result.timedOut,
    stdout: sinks[0].end(),
    stderr: sinks[1].end(),
    ...(result.exitCode !== undefined && { exitCode: result.exitCode }),
    ...(result.signal !== undefined && { signal: result.signal }),
    ...stoppedBy(result),
  };
}

function stoppedBy(result: { isCanceled: boolean; timedOut: boolean }): Pick<ProcessOutcome, 'stopped'> {
  if (result.isCanceled) return { stopped: 'aborted' };
  return result.timedOut ? { stopped: 'timed-out' } : {};
}

function collect(stream: Readable, onLine: ((line: Line) => void) | undefined, maxLineBytes?: number): OutputSink {
  const sink = createOutputSink({ onLine, maxLineBytes });
  stream.on('data', (chunk: Buffer) => sink.push(chunk));
  stream.on('error', () => undefined); // A pipe that breaks says no more than the exit does.
  return sink;
}

/** A grandchild that outlives the tool may hold its pipes; the run is over all the same. @returns what ends the watch */
export function dropHeldPipes(child: ChildProcess): () => void {
  let timer: NodeJS.Timeout | undefined;
  child.once('exit', () => {
    timer = setTimeout(() => {
      for (const stream of child.stdio) stream?.destroy();
    }, PIPE_GRACE_MS);
  });
  return () => clearTimeout(timer);
}
