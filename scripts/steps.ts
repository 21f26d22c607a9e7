import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The project's root folder. */
export const ROOT = join(import.meta.dirname, '..');

/** A failed step whose message says what to do. */
export class StepError extends Error {
  override readonly name = 'StepError';
}

/** Says what is being done and how long it took; `undefined` from the task means that nothing had to be done. */
export async function step<T>(title: string, task: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    const result = await task();
    const seconds = (performance.now() - started) / 1000;
    if (result !== undefined) process.stderr.write(`✓ ${title} (${seconds.toFixed(1)} s)\n`);
    return result;
  } catch (error) {
    process.stderr.write(`✗ ${title}: ${error instanceof Error ? error.message : String(error)}\n`);
    throw error;
  }
}

/** Runs a program of the project's own set-up; its output is shown only when it fails. */
export async function run(
  command: string,
  argv: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const child = spawn(command, argv, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0)
    throw new StepError(
      `${[command, ...argv].join(' ')} ended with ${String(code)}.\n${Buffer.concat(output).toString()}`,
    );
}
