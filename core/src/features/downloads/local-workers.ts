import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { FastifyBaseLogger } from 'fastify';
import { MAIN_ENTRY } from '../../places.ts';

const FIRST_DELAY_MS = 200;
const LAST_DELAY_MS = 30_000;
/** A worker that lived so long was well: its next death starts the back-off anew. */
const WELL_MS = 60_000;
const DRAIN_MS = 8_000;

interface Options {
  readonly count: number;
  readonly serverId: string;
  /** Handed to the workers besides this process's own environment. */
  readonly environment: NodeJS.ProcessEnv;
  readonly log: FastifyBaseLogger;
  /** A worker has died, not by {@link LocalWorkers.close}. */
  readonly onDeath: (workerId: string) => void;
  /** @default fork of Node */
  readonly start?: typeof fork;
}

/** The workers that this server forks; one that dies is started again, ever more slowly. */
export class LocalWorkers {
  readonly #options: Options;
  readonly #children = new Map<number, ChildProcess>();
  #closing = false;

  constructor(options: Options) {
    this.#options = options;
  }

  start(): void {
    for (let index = 0; index < this.#options.count; index += 1) this.#spawn(index, FIRST_DELAY_MS);
  }

  /** Asks each to drain and waits; one that does not end is killed. Its runners end with it. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#children.values()].map(endChild));
  }

  #spawn(index: number, delayMs: number): void {
    const { serverId, log, onDeath } = this.#options;
    const workerId = `${serverId}-${index}`;
    const started = Date.now();
    const again = (): void => {
      if (this.#closing) return;
      const next = Date.now() - started > WELL_MS ? FIRST_DELAY_MS : Math.min(delayMs * 2, LAST_DELAY_MS);
      setTimeout(() => {
        if (!this.#closing) this.#spawn(index, next);
      }, delayMs).unref();
    };
    const child = this.#fork(workerId);
    if (child === undefined) {
      again();
      return;
    }
    this.#children.set(index, child);
    child.on('error', (error) => {
      log.error({ err: error }, 'worker');
      // The system had no process left for it: no exit will follow.
      if (child.pid !== undefined || this.#children.get(index) !== child) return;
      this.#children.delete(index);
      again();
    });
    child.once('exit', (code, signal) => {
      this.#children.delete(index);
      if (this.#closing) return;
      log.warn({ code, signal, restartInMs: delayMs }, 'worker ended');
      onDeath(workerId);
      again();
    });
  }

  /** @returns undefined when the system refuses it at once */
  #fork(workerId: string): ChildProcess | undefined {
    const { environment, log, start = fork } = this.#options;
    try {
      return start(MAIN_ENTRY, ['worker'], {
        env: { ...process.env, ...environment, WORKER_ID: workerId },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        // Ctrl-C reaches the whole foreground group; the server alone decides when its workers drain.
        detached: true,
      });
    } catch (error) {
      log.error({ err: error }, 'worker');
      return undefined;
    }
  }
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), DRAIN_MS);
  await ended;
  clearTimeout(timer);
}
