import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Duplex, Readable } from 'node:stream';
import { createLineSplitter } from '../process/line-splitter.ts';
import { createOutputSink } from '../process/output-sink.ts';
import type { OutputSink } from '../process/output-sink.ts';
import { FORCE_KILL_MS, dropHeldPipes } from '../process/run-process.ts';
import type { ProcessOutcome, ProcessRequest } from '../process/run-process.ts';
import type { ConsoleScript } from './console-script.ts';

/** What a host says: that it is ready, and how a run went. */
interface Answer {
  readonly exit?: number;
  /** Resident bytes. */
  readonly memory?: number;
  /** False when the run has left something behind: the host ends by itself. */
  readonly reusable?: boolean;
}

export interface HostRun {
  readonly outcome: ProcessOutcome;
  /** Resident bytes after the run; undefined when the host is gone. */
  readonly memory?: number;
}

/** A Python process that runs one command line after the other (`core/python/host.py`). */
export class HostProcess {
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #stdout: Readable;
  readonly #stderr: Readable;
  /** Resolves when it is gone and all it has said is read. */
  readonly #closed: Promise<undefined>;
  #onAnswer: ((answer: Answer) => void) | undefined;
  #sinks: readonly OutputSink[] = [];

  private constructor(child: ChildProcess) {
    const [, stdout, stderr, channel] = child.stdio;
    this.#child = child;
    // The descriptors were asked for as pipes; a pipe above stderr goes both ways.
    this.#stdout = stdout as Readable;
    this.#stderr = stderr as Readable;
    this.#channel = channel as Duplex;
    this.#closed = new Promise((resolve) => child.once('close', () => resolve(undefined)));
    this.#listen();
  }

  /** Starts a host; undefined when it cannot be started, or the tool cannot be imported in it. */
  static async start(
    hostScript: string,
    { interpreter, module }: ConsoleScript,
    { file, environment, signal }: Pick<ProcessRequest, 'file' | 'environment' | 'signal'>,
  ): Promise<HostProcess | undefined> {
    const child = spawn(interpreter, ['-I', hostScript, module, file], {
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const host = new HostProcess(child);
    const kill = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    const ready = await Promise.race([host.#nextAnswer(), host.#closed]);
    signal.removeEventListener('abort', kill);
    return ready === undefined ? undefined : host;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Runs a command line as {@link runProcess} would; one at a time. A run that is stopped takes the host with it. */
  async run(request: ProcessRequest): Promise<HostRun> {
    const mark = randomBytes(16).toString('hex');
    const { promise: marked, resolve: onMarked } = Promise.withResolvers<undefined>();
    let marks = 0;
    const onMark = (): void => {
      marks += 1;
      if (marks === 2) onMarked(undefined);
    };
    const sinks = [request.onStdout, request.onStderr].map((onLine) =>
      createOutputSink({ onLine, maxLineBytes: request.maxLineBytes, mark, onMark }),
    );
    this.#sinks = sinks;
    const stop = this.#stopOn(request);
    const answered = this.#nextAnswer();
    this.#send(request, mark);
    let answer = await Promise.race([answered, this.#closed]);
    if (answer !== undefined) await Promise.race([marked, this.#closed]);
    stop.release();
    const stopped = stop.reason();
    if (stopped !== undefined || answer?.reusable === false) {
      // Its end is part of the run: nothing of it is left behind.
      await this.#closed;
      if (stopped !== undefined) answer = undefined;
    }
    const [stdout = '', stderr = ''] = sinks.map((sink) => sink.end());
    return {
      outcome: { missing: false, stdout, stderr, ...this.#exitOf(answer), ...(stopped && { stopped }) },
      ...(answer?.reusable === true && { memory: answer.memory ?? 0 }),
    };
  }

  /** Lets it go; it has nothing to do. */
  close(): void {
    this.#channel.destroy();
    this.#child.kill('SIGKILL');
  }

  #listen(): void {
    const lines = createLineSplitter(({ text }) => {
      // Our own script wrote it; a tool has no such descriptor.
      this.#onAnswer?.(JSON.parse(text) as Answer);
    });
    this.#channel.on('data', (chunk: Buffer) => lines.push(chunk));
    this.#stdout.on('data', (chunk: Buffer) => this.#sinks[0]?.push(chunk));
    this.#stderr.on('data', (chunk: Buffer) => this.#sinks[1]?.push(chunk));
    // What breaks says no more than the exit does.
    for (const emitter of [this.#child, this.#channel, this.#stdout, this.#stderr]) {
      emitter.on('error', () => undefined);
    }
    dropHeldPipes(this.#child);
  }

  #nextAnswer(): Promise<Answer> {
    return new Promise((resolve) => (this.#onAnswer = resolve));
  }

  #send({ arguments: argv, environment, directory = process.cwd() }: ProcessRequest, mark: string): void {
    const job = { argv, environment, directory, mark };
    this.#channel.write(`${JSON.stringify(job)}\n`);
  }

  #exitOf(answer: Answer | undefined): Pick<ProcessOutcome, 'exitCode' | 'signal'> {
    if (answer?.exit !== undefined) return { exitCode: answer.exit };
    const { exitCode, signalCode } = this.#child;
    return { ...(exitCode !== null && { exitCode }), ...(signalCode !== null && { signal: signalCode }) };
  }

  /** Asks it to go when the run shall end, and makes it go when it does not listen. */
  #stopOn({ signal, timeoutMs, killSignal = 'SIGINT' }: ProcessRequest): {
    reason: () => ProcessOutcome['stopped'];
    release: () => void;
  } {
    let stopped: ProcessOutcome['stopped'];
    const timers: NodeJS.Timeout[] = [];
    const stop = (reason: 'aborted' | 'timed-out'): void => {
      if (stopped !== undefined) return;
      stopped = reason;
      this.#child.kill(killSignal);
      timers.push(setTimeout(() => this.#child.kill('SIGKILL'), FORCE_KILL_MS));
      void this.#closed.then(() => timers.forEach(clearTimeout));
    };
    const onAbort = (): void => stop('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const timeout = timeoutMs === undefined ? undefined : setTimeout(() => stop('timed-out'), timeoutMs);
    return {
      reason: () => stopped,
      release() {
        signal.removeEventListener('abort', onAbort);
        clearTimeout(timeout);
      },
    };
  }
}
