import type { Logger } from 'pino';
import type { ToolPaths } from '../channel/runner-messages.ts';

export interface WorkerOptions {
  /** The channel's address, base path included: `ws://127.0.0.1:8484/worker`. */
  readonly serverUrl: string;
  readonly token: string;
  /** Stays the same when this worker is started again. */
  readonly workerId: string;
  /** Jobs at a time. */
  readonly slots: number;
  readonly mediaRoot: string;
  readonly dataDir: string;
  readonly toolPaths: ToolPaths;
  /** PEM file with an additional certificate authority. */
  readonly extraCaFile?: string;
  /** Milliseconds without progress after which a job is killed. */
  readonly watchdogMs: number;
  /** Hosts that may be private. */
  readonly allowPrivateHosts: readonly string[];
  /** Ids of the plugins that can be loaded here, told to the server. @default [] */
  readonly plugins?: readonly string[];
  /** Milliseconds after which what the server has not acknowledged is sent again. @default 3000 */
  readonly resendMs?: number;
  /** Milliseconds that a runner whose job is done waits for a job like it; 0: a process for each job. @default 0 */
  readonly warmMs?: number;
  readonly log: Logger;
}

/** A running worker. */
export interface Worker {
  /**
   * Ends it; resolves when no process of it is left. With `drain` its jobs go back to the queue first.
   * @param options.drain false: like a crash, only cleaner
   */
  close(options: { readonly drain: boolean }): Promise<void>;
}
