import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { MongoClient } from 'mongodb';

const CLI = new URL('../../../src/cli.ts', import.meta.url).pathname;

/** How an engine is started. */
export interface EngineOptions {
  readonly file: string;
  readonly socket: string;
  readonly durability: 'normal' | 'full';
  /** A library that is loaded in front of the C library. */
  readonly preload?: string | undefined;
}

/** The engine in a process of its own, to be killed. */
export class EngineProcess {
  readonly #child: ChildProcess;
  readonly client: MongoClient;

  private constructor(child: ChildProcess, client: MongoClient) {
    this.#child = child;
    this.client = client;
  }

  static async start({ file, socket, durability, preload }: EngineOptions): Promise<EngineProcess> {
    const env = { ...process.env, ...(preload === undefined ? {} : { LD_PRELOAD: preload }) };
    const argv = [CLI, '--db', file, '--socket', socket, '--durability', durability];
    const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit').then(() => {
      throw new Error('The engine did not start.');
    });
    await Promise.race([once(child.stdout, 'data'), ended]);
    ended.catch(() => undefined);
    const client = new MongoClient(`mongodb://${encodeURIComponent(socket)}/?directConnection=true`, {
      retryWrites: false,
      retryReads: false,
      serverSelectionTimeoutMS: 30_000,
    });
    return new EngineProcess(child, client);
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    await this.client.close();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}
