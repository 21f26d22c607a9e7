import { MongoClient } from 'mongodb';
import { Child } from '../child.ts';

const CLI = new URL('../../../src/cli.ts', import.meta.url).pathname;
const RECORDER = new URL('record-syncs.ts', import.meta.url).href;

/** How an engine is started. */
export interface EngineOptions {
  readonly file: string;
  readonly socket: string;
  readonly durability: 'normal' | 'full';
  /** Whether writes ask for the disk. */
  readonly journal: boolean;
  /** Whether what was synced is kept beside the log. */
  readonly recordsSyncs: boolean;
}

/** The engine in a process of its own, to be killed. */
export class EngineProcess {
  readonly #child: Child;
  #killed = false;
  readonly client: MongoClient;

  private constructor(child: Child, client: MongoClient) {
    this.#child = child;
    this.client = client;
  }

  static async start({ file, socket, durability, journal, recordsSyncs }: EngineOptions): Promise<EngineProcess> {
    const argv = [CLI, '--db', file, '--socket', socket, '--durability', durability];
    const child = new Child(process.execPath, recordsSyncs ? ['--import', RECORDER, ...argv] : argv);
    await child.whenReady(/^ready /m);
    const client = new MongoClient(`mongodb://${encodeURIComponent(socket)}/?directConnection=true`, {
      retryWrites: false,
      retryReads: false,
      serverSelectionTimeoutMS: 30_000,
      writeConcern: { w: 1, journal },
    });
    return new EngineProcess(child, client);
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    this.#killed = true;
    await this.#child.end('SIGKILL');
  }

  /** @throws Error when the engine ended and nobody killed it */
  checkDeath(): void {
    if (!this.#killed && this.#child.hasEnded) throw new Error(`The engine ended by itself: ${this.#child.story}`);
  }

  async close(): Promise<void> {
    // A client whose server was killed may have something to say about it.
    await this.client.close().catch(() => undefined);
    await this.#child.end('SIGTERM');
  }
}
