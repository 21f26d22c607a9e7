import type { EngineErrorCode } from './engine-error.ts';
import type { Durability } from './store/store.ts';
import type { Address } from './wire/server.ts';

/** What the thread is started with. */
export interface WorkerOptions {
  readonly file: string;
  readonly durability: Durability;
  readonly listen: Address;
  readonly testCommands: boolean;
}

/** What the engine is doing. */
export interface Stats {
  readonly connections: number;
  readonly cursors: number;
  readonly collections: number;
  /** Bytes of the database. */
  readonly size: number;
  /** Milliseconds since the start. */
  readonly uptime: number;
  readonly commands: Readonly<Record<string, number>>;
}

/** Main thread → engine. */
export type Order =
  | { readonly id: number; readonly order: 'backup'; readonly path: string }
  | { readonly id: number; readonly order: 'stats' }
  | { readonly id: number; readonly order: 'expire' }
  | { readonly id: number; readonly order: 'close' };

/** A failure that crosses the thread's border. */
export interface Failure {
  readonly code: EngineErrorCode | undefined;
  readonly message: string;
  readonly pid: number | undefined;
}

/** Engine → main thread. */
export type Notice =
  | { readonly kind: 'ready'; readonly address: Address }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'done'; readonly id: number; readonly result: Stats | number | null }
  | { readonly kind: 'refused'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'log'; readonly message: string };
