import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../steps.ts';

export interface ProgramResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it printed, both streams as they came. */
  readonly output: string;
  /** It was ended because it took too long. */
  readonly hung: boolean;
  readonly seconds: number;
}

export interface ProgramOptions {
  /** Milliseconds after which it counts as hanging and is ended with all that it started. */
  readonly limitMs: number;
  /** Relative to the project. @default the project */
  readonly folder?: string;
}

/** What it left behind in a group of its own may hold its pipes: they are waited for so long. */
const READ_MS = 2_000;

const running = new Set<number>();

/** Runs a script by Node as leader of an own process group, and waits for its end. */
export async function runProgram(argv: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const started = performance.now();
  const child = spawn(process.execPath, argv, {
    cwd: join(ROOT, options.folder ?? '.'),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A test of this very code runs inside a test runner; what it starts does not.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  const closed = once(child, 'close').catch(() => undefined);
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const { pid = 0 } = child;
  running.add(pid);
  let hung = false;
  const limit = setTimeout(() => {
    hung = true;
    killGroup(pid);
  }, options.limitMs);
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (...end) => resolve(end));
    });
    killGroup(pid);
    await Promise.race([closed, delay(READ_MS, undefined, { ref: false })]);
    const seconds = (performance.now() - started) / 1000;
    return { code, signal, output: Buffer.concat(output).toString(), hung, seconds };
  } finally {
    clearTimeout(limit);
    running.delete(pid);
  }
}

/** Ends everything that runs at the moment. */
export function killPrograms(): void {
  for (const pid of running) killGroup(pid);
}

/** The group of a child that has ended holds only what it left behind. */
function killGroup(pid: number): void {
  try {
    if (pid > 0) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}
