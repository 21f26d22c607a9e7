import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';

const ENGINE = new URL('../../core/embedded-mongo/src/cli.ts', import.meta.url).pathname;
const CANNED = new URL('canned.ts', import.meta.url).pathname;
const EMPTY = `const { Worker } = require('node:worker_threads');
new Worker("setInterval(() => undefined, 1e6); require('node:worker_threads').parentPort.postMessage(1)", { eval: true })
  .once('message', () => console.log('ready'));`;

/** A process of its own, so that its CPU and memory are its own. */
export interface Server {
  readonly pid: number;
  /** CPU seconds so far. */
  readonly cpu: () => Promise<number>;
  /** Resident bytes. */
  readonly rss: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** CPU seconds of all threads of a process, to the nanosecond. */
async function cpuOfThreads(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  const each = await Promise.all(
    threads.map(async (thread) =>
      Number((await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')).split(' ')[0]),
    ),
  );
  return each.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e9;
}

async function startServer(argv: readonly string[]): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  const { pid, stdout } = child;
  if (pid === undefined || !stdout) throw new Error(`${argv.join(' ')} did not start.`);
  await once(stdout, 'data');
  return {
    pid,
    cpu: () => cpuOfThreads(pid),
    rss: async () => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? NaN) * 1024;
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export const startEngine = (file: string, socket: string): Promise<Server> =>
  startServer([ENGINE, '--db', file, '--socket', socket]);

/** A server that answers without looking at the question. */
export const startCanned = (socket: string): Promise<Server> => startServer([CANNED, socket]);

/** Node with one worker_thread that does nothing. */
export const startEmpty = (): Promise<Server> => startServer(['-e', EMPTY]);
