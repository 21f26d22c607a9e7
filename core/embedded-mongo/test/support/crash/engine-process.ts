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
  /** Its event comes once: whoever waits for it later has to find it here. */
  readonly #exited: Promise<unknown>;
  readonly client: MongoClient;

  private constructor(child: ChildProcess, exited: Promise<unknown>, client: MongoClient) {
    this.#child = child;
    this.#exited = exited;
    this.client = client;
  }

  static async start({ file, socket, durability, preload }: EngineOptions): Promise<EngineProcess> {
    const env = { ...process.env, ...(preload === undefined ? {} : { LD_PRELOAD: preload }) };
    const argv = [CLI, '--db', file, '--socket', socket, '--durability', durability];
    const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const ended = exited.then(() => {
      throw new Error(`The engine did not start: ${child.signalCode ?? child.exitCode}.`);
    });
    await Promise.race([once(child.stdout, 'data'), ended]);
    ended.catch(() => undefined);
    const client = new MongoClient(`mongodb://${encodeURIComponent(socket)}/?directConnection=true`, {
      retryWrites: false,
      retryReads: false,
      serverSelectionTimeoutMS: 30_000,
    });
    return new EngineProcess(child, exited, client);
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  async close(): Promise<void> {
    // A client whose server was killed may have something to say about it.
    await this.client.close().catch(() => undefined);
    this.#child.kill('SIGTERM');
    await this.#exited;
  }
}
