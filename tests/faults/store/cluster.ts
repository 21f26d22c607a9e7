import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { GOING_ON, HANGING, HANG_IN_FILE_STEP } from './protocol.ts';
import type { Answer, Operation, ServerSetup } from './protocol.ts';

/** One server process that can be killed, stopped for a while and started again. */
export class ServerProcess {
  readonly #setup: ServerSetup;
  readonly #waiting = new Map<number, (refused: string | undefined) => void>();
  #child: ChildProcess | undefined;
  #next = 0;

  constructor(setup: ServerSetup) {
    this.#setup = setup;
  }

  async start(): Promise<void> {
    const child = fork(join(import.meta.dirname, 'server.ts'), [JSON.stringify(this.#setup)], { stdio: 'inherit' });
    this.#child = child;
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`A server ended at its start: ${String(code)} ${String(signal)}.`);
    });
    await Promise.race([once(child, 'message'), ended]);
    // From now on an end is what a fault does.
    ended.catch(() => undefined);
    child.on('message', (answer: Answer | string) => {
      if (typeof answer === 'string') return;
      this.#waiting.get(answer.id)?.(answer.refused);
      this.#waiting.delete(answer.id);
    });
    child.once('exit', () => {
      for (const resolve of this.#waiting.values()) resolve('killed');
      this.#waiting.clear();
    });
  }

  /** What it was refused with, undefined when it was done, `killed` when nobody knows. */
  async perform(operation: Operation): Promise<string | undefined> {
    const child = this.#child;
    if (child?.connected !== true) return 'killed';
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      child.send({ id, operation }, (error) => {
        if (error === null || !this.#waiting.delete(id)) return;
        resolve('killed');
      });
    });
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }

  /** Has it stop itself in the middle of taking a file out of the store. Waits for that; false when `signal` is first. */
  async hangInFileStep(signal: AbortSignal): Promise<boolean> {
    const child = this.#child;
    child?.send(HANG_IN_FILE_STEP);
    return child !== undefined && hears(child, HANGING, signal);
  }

  /** Lets one go on that has stopped itself. It may not have come to that yet: until it says so. */
  async goOnInFileStep(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const again = setInterval(() => child.kill('SIGCONT'), 50);
    await hears(child, GOING_ON, new AbortController().signal).finally(() => clearInterval(again));
  }

  /** Holds the whole process, in whatever it is doing. */
  hang(): void {
    this.#child?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#child?.kill('SIGCONT');
  }
}

/** Whether a process says this before it ends, and before somebody gives up. */
async function hears(child: ChildProcess, what: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const listen = (message: unknown): void => {
      if (message === what) end(true);
    };
    const giveUp = (): void => end(false);
    const end = (heard: boolean): void => {
      child.off('message', listen).off('exit', giveUp);
      signal.removeEventListener('abort', giveUp);
      resolve(heard);
    };
    child.on('message', listen).once('exit', giveUp);
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted || child.exitCode !== null || child.signalCode !== null) end(false);
  });
}
