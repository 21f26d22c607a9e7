import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EngineError } from './engine-error.ts';
import type { Failure, Notice, Order, Stats, WorkerOptions } from './messages.ts';
import type { Durability } from './store/store.ts';
import type { Address } from './wire/server.ts';

export { EngineError } from './engine-error.ts';
export type { EngineErrorCode } from './engine-error.ts';
export type { Stats } from './messages.ts';
export type { Durability } from './store/store.ts';
export type { Address } from './wire/server.ts';

/** How to start. */
export interface StartOptions {
  /** The database file; its folder is made when missing. */
  readonly file: string;
  /** @default 'normal' */
  readonly durability?: Durability | undefined;
  /** @default a unix socket beside the file, or in a short private folder when that path is too long */
  readonly listen?: Address | undefined;
  /** Whether clients may order faults with `configureFailPoint`; for tests only. @default false */
  readonly testCommands?: boolean | undefined;
  /** Told about faults inside the engine. @default process.emitWarning */
  readonly onLog?: ((message: string) => void) | undefined;
}

/** A running engine. */
export interface EmbeddedMongo {
  /** What a driver connects to: `mongodb://…/?directConnection=true`. The database is the client's choice (`dbName`). */
  readonly uri: string;
  readonly address: Address;
  /** Resolves when the engine has ended: to undefined after close(), to an error when it died. */
  readonly closed: Promise<EngineError | undefined>;
  /** Copies the database into a new file, while it is in use. */
  readonly backup: (path: string) => Promise<void>;
  readonly stats: () => Promise<Stats>;
  /** Runs the expiry of TTL indexes now; it runs each minute by itself. Resolves to how many documents went. */
  readonly expire: () => Promise<number>;
  /** Answers what is running, checkpoints, closes. Leaves no lock, no socket and no -wal file. */
  readonly close: () => Promise<void>;
}

/** Longer paths do not fit a socket address everywhere. */
const MAX_SOCKET_PATH = 100;

interface Place {
  readonly listen: Address;
  /** A folder made for the socket, to be removed. */
  readonly folder: string | undefined;
}

function choosePlace(file: string, listen: Address | undefined): Place {
  if (listen) return { listen, folder: undefined };
  const beside = `${file}.sock`;
  if (Buffer.byteLength(beside) < MAX_SOCKET_PATH) return { listen: { socket: beside }, folder: undefined };
  // mkdtemp makes the folder 0700.
  const folder = mkdtempSync(join(tmpdir(), 'mf-'));
  return { listen: { socket: join(folder, 'm.sock') }, folder };
}

function uriOf(address: Address): string {
  const host = 'socket' in address ? encodeURIComponent(address.socket) : `127.0.0.1:${address.port}`;
  return `mongodb://${host}/?directConnection=true`;
}

function toError(failure: Failure): EngineError {
  return new EngineError(failure.code ?? 'EMBEDDED_MONGO_FAILED', failure.message, { pid: failure.pid });
}

type OrderFields = Order extends infer One ? (One extends Order ? Omit<One, 'id'> : never) : never;

class Handle {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (value: Stats | number | null) => void; reject: (error: Error) => void }
  >();
  readonly closed: Promise<EngineError | undefined>;
  #next = 0;
  #fatal: unknown;
  #closing: Promise<void> | undefined;

  constructor(worker: Worker, folder: string | undefined, onLog: (message: string) => void) {
    this.#worker = worker;
    worker.on('message', (notice: Notice) => {
      if (notice.kind === 'log') onLog(notice.message);
      else if (notice.kind === 'done') this.#settle(notice.id)?.resolve(notice.result);
      else if (notice.kind === 'refused') this.#settle(notice.id)?.reject(toError(notice.failure));
    });
    worker.on('error', (error: Error) => {
      this.#fatal = error;
    });
    this.closed = new Promise((resolve) => {
      worker.once('exit', (code) => {
        if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
        const expected = this.#closing !== undefined && this.#fatal === undefined && code === 0;
        const error = expected
          ? undefined
          : new EngineError('EMBEDDED_MONGO_DIED', `The database engine stopped (exit code ${code}).`, {
              cause: this.#fatal,
            });
        for (const waiter of this.#waiting.values())
          waiter.reject(error ?? new EngineError('EMBEDDED_MONGO_DIED', 'The database engine is closed.'));
        this.#waiting.clear();
        resolve(error);
      });
    });
  }

  #settle(id: number): { resolve: (value: Stats | number | null) => void; reject: (error: Error) => void } | undefined {
    const waiter = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiter;
  }

  send(order: OrderFields): Promise<Stats | number | null> {
    if (this.#closing) return Promise.reject(new EngineError('EMBEDDED_MONGO_DIED', 'The database engine is closed.'));
    return this.#post(order);
  }

  #post(order: OrderFields): Promise<Stats | number | null> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const message: Order = { ...order, id };
      this.#worker.postMessage(message);
    });
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#post({ order: 'close' });
      await this.closed;
    })();
    return this.#closing;
  }
}

function whenReady(worker: Worker): Promise<Address> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (notice: Notice) => {
      if (notice.kind === 'ready') resolve(notice.address);
      else if (notice.kind === 'failed') reject(toError(notice.failure));
    });
    worker.once('exit', (code) =>
      reject(new EngineError('EMBEDDED_MONGO_DIED', `The database engine stopped at its start (exit code ${code}).`)),
    );
  });
}

/**
 * Starts the engine in a thread of its own.
 * @throws EngineError EMBEDDED_MONGO_LOCKED when another process has the file open, with its pid;
 *   EMBEDDED_MONGO_NETWORK_FILE_SYSTEM, _FORMAT, _CORRUPT, _ADDRESS for what their names say
 */
export async function start(options: StartOptions): Promise<EmbeddedMongo> {
  const file = resolve(options.file);
  mkdirSync(dirname(file), { recursive: true });
  const { listen, folder } = choosePlace(file, options.listen);
  const data: WorkerOptions = {
    file,
    durability: options.durability ?? 'normal',
    listen,
    testCommands: options.testCommands ?? false,
  };
  const source = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const worker = new Worker(new URL(source, import.meta.url), {
    workerData: data,
    // A small young generation: blocks and replies live for a moment, and V8 would keep some 60 MB of them before it looks.
    resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 16 },
  });
  const handle = new Handle(
    worker,
    folder,
    options.onLog ?? ((message) => process.emitWarning(message, 'EmbeddedMongo')),
  );
  const address = await whenReady(worker);
  return {
    uri: uriOf(address),
    address,
    closed: handle.closed,
    backup: async (path) => {
      await handle.send({ order: 'backup', path: resolve(path) });
    },
    // The engine answers each order with its own kind of result.
    stats: async () => (await handle.send({ order: 'stats' })) as Stats,
    expire: async () => (await handle.send({ order: 'expire' })) as number,
    close: () => handle.close(),
  };
}
