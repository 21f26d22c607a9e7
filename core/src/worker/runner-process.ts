import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { lazily } from '../channel/codec.ts';
import { FromRunner, MAX_RUNNER_LINE_BYTES, RUNNER_PIPE_FD, formatRunnerLine } from '../channel/runner-messages.ts';
import type { ToRunner } from '../channel/runner-messages.ts';
import { createLineSplitter } from '../tools/process/line-splitter.ts';
import { IS_BUILT, RUNNER_ENTRY } from '../places.ts';
import { buildRunnerEnvironment } from './runner-environment.ts';
import { killGroup, signalGroup } from './process-group.ts';

/** How a runner went. */
export interface RunnerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last that it printed. */
  readonly output: string;
}

export interface RunnerProcess {
  readonly pid: number;
  readonly exited: Promise<RunnerExit>;
  /** Who is told of it from now on; what it prints is counted anew. */
  listen(events: RunnerEvents): void;
  send(message: ToRunner): void;
  /** Ends the whole group: asked first when `graceMs` is given. @returns false when a process of it could not be killed */
  end(graceMs?: number): Promise<boolean>;
}

export interface RunnerEvents {
  readonly onMessage: (message: FromRunner) => void;
  /** It prints without end, or says what no runner may say. */
  readonly onMisbehaviour: (what: string) => void;
}

/** Bytes of printed text after which a runner counts as flooding. */
const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;
const MAX_MESSAGES_A_SECOND = 2_000;
const TAIL = 2_000;
/** What a runner that has ended still had to say is read within this time. */
const READ_GRACE_MS = 500;
/** Memory that plugin code may use, in MB. */
const MAX_HEAP_MB = 768;

/** A built runner takes the built form of the plugins of the project. */
const NODE_OPTIONS = [
  `--max-old-space-size=${MAX_HEAP_MB}`,
  // What a job makes is small or lives as long as the job: a large nursery only takes memory.
  '--max-semi-space-size=1',
  '--optimize-for-size',
  ...(IS_BUILT ? ['--enable-source-maps', '--conditions=mediafetcher-built'] : []),
];
const parseMessage = lazily(FromRunner);

/** Starts a runner as leader of an own process group. @throws when the system can start no process */
export async function startRunner(directory: string): Promise<RunnerProcess> {
  const child = spawn(process.execPath, [...NODE_OPTIONS, RUNNER_ENTRY], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: buildRunnerEnvironment(process.env),
  });
  await started(child);
  const pipe = pipeOf(child);
  const { pid } = child;
  if (pid === undefined) throw new TypeError('A started process has a number.');
  let events: RunnerEvents = { onMessage: () => undefined, onMisbehaviour: () => undefined };
  const output = watchOutput(child, (what) => events.onMisbehaviour(what));
  watchMessages(pipe, {
    onMessage: (message) => events.onMessage(message),
    onMisbehaviour: (what) => events.onMisbehaviour(what),
  });
  const exited = awaitExit(child, pipe, output.tail);
  return {
    pid,
    exited,
    listen(next) {
      events = next;
      output.restart();
    },
    send(message) {
      // It may be gone already; its exit tells.
      if (pipe.writable) pipe.write(formatRunnerLine(message));
    },
    async end(graceMs) {
      if (graceMs !== undefined) {
        signalGroup(pid, 'SIGTERM');
        const timer = new AbortController();
        await Promise.race([exited, delay(graceMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
        timer.abort();
      }
      const dead = await killGroup(pid);
      if (dead) await exited;
      child.stdout?.destroy();
      child.stderr?.destroy();
      pipe.destroy();
      return dead;
    },
  };
}

function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
    // Later errors (a message to a process that has gone) are told by its exit.
    child.on('error', () => undefined);
  });
}

function pipeOf(child: ChildProcess): Duplex {
  const pipe = child.stdio[RUNNER_PIPE_FD];
  if (pipe === null || pipe === undefined) throw new TypeError('A started runner has a pipe.');
  // A pipe that is neither stdin, stdout nor stderr goes both ways.
  const duplex = pipe as Duplex;
  // A runner that is gone breaks it; its exit says why.
  duplex.on('error', () => undefined);
  return duplex;
}

/** The exit can be known before the last message has been read: the pipe's end comes after that. */
async function awaitExit(child: ChildProcess, pipe: Duplex, readTail: () => string): Promise<RunnerExit> {
  const { promise, resolve } = Promise.withResolvers<Omit<RunnerExit, 'output'>>();
  child.once('exit', (code, signal) => resolve({ code, signal }));
  const exit = await promise;
  if (!pipe.readableEnded && !pipe.destroyed) {
    const read = Promise.withResolvers<undefined>();
    pipe.once('close', () => read.resolve(undefined));
    const timer = setTimeout(() => read.resolve(undefined), READ_GRACE_MS);
    await read.promise;
    clearTimeout(timer);
  }
  return { ...exit, output: readTail() };
}

function watchOutput(
  child: ChildProcess,
  onMisbehaviour: (what: string) => void,
): { tail: () => string; restart: () => void } {
  let bytes = 0;
  let tail = '';
  const read = (chunk: Buffer): void => {
    const before = bytes;
    bytes += chunk.length;
    tail = (tail + chunk.subarray(-TAIL).toString('utf8')).slice(-TAIL);
    if (before <= MAX_OUTPUT_BYTES && bytes > MAX_OUTPUT_BYTES) onMisbehaviour('printed without end');
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  return {
    tail: () => tail.trim(),
    restart() {
      bytes = 0;
      tail = '';
    },
  };
}

function watchMessages(pipe: Duplex, { onMessage, onMisbehaviour }: RunnerEvents): void {
  let second = 0;
  let count = 0;
  const lines = createLineSplitter(({ text, cut }) => {
    const now = Math.floor(performance.now() / 1000);
    count = now === second ? count + 1 : 1;
    second = now;
    if (count > MAX_MESSAGES_A_SECOND) {
      onMisbehaviour('sent messages without end');
      return;
    }
    const parsed = cut ? { problem: 'too long' } : parseLine(text);
    if ('message' in parsed) onMessage(parsed.message);
    else onMisbehaviour(`sent a message that is refused (${parsed.problem})`);
  }, MAX_RUNNER_LINE_BYTES);
  let waiting = 0;
  pipe.on('data', (chunk: Buffer) => {
    waiting = chunk.includes(10) ? 0 : waiting + chunk.length;
    if (waiting > MAX_RUNNER_LINE_BYTES) onMisbehaviour('sent a line that is too long');
    lines.push(chunk);
  });
}

function parseLine(text: string): ReturnType<typeof parseMessage> {
  try {
    return parseMessage(JSON.parse(text));
  } catch {
    return { problem: 'not JSON' };
  }
}
