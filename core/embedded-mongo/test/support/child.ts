import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** How much of what a child said last is told of it. */
const TOLD = 4000;

/** A process of a test that prints a line when it is ready; how it ended is never lost. */
export class Child {
  readonly process: ChildProcess;
  /** Its event comes once: whoever waits for it later has to find it here. */
  readonly ended: Promise<void>;
  #said = '';

  constructor(command: string, argv: readonly string[], options: Pick<SpawnOptions, 'env'> = {}) {
    this.process = spawn(command, argv, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    // After what it said, too.
    this.ended = once(this.process, 'close').then(() => undefined);
    for (const stream of [this.process.stdout, this.process.stderr]) this.#listen(stream);
  }

  #listen(stream: Readable | null): void {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-TOLD);
    });
  }

  get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** How it ended, and what it said last. */
  get story(): string {
    const { exitCode, signalCode } = this.process;
    return `exit code ${exitCode ?? 'none'}, signal ${signalCode ?? 'none'}, it said:\n${this.#said}`;
  }

  /**
   * Resolves to what a pattern finds in the first thing that the child prints.
   * @throws Error when it ends before
   */
  async whenReady(pattern: RegExp): Promise<RegExpExecArray> {
    const { stdout } = this.process;
    const said = stdout && once(stdout, 'data');
    await Promise.race([said, this.ended]);
    const found = pattern.exec(this.#said);
    if (!found) throw new Error(`${this.process.spawnargs.join(' ')} did not start: ${this.story}`);
    return found;
  }

  /** Ends it with a signal, and waits for its end. */
  async end(signal: NodeJS.Signals): Promise<void> {
    this.process.kill(signal);
    await this.ended;
  }
}
