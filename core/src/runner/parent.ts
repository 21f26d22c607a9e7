import { Socket } from 'node:net';
import { PluginError } from '@mediafetcher/sdk';
import { MAX_RUNNER_LINE_BYTES, RUNNER_PIPE_FD, formatRunnerLine } from '../channel/runner-messages.ts';
import type { FromRunner, RunnerOrder, ToRunner } from '../channel/runner-messages.ts';
import { createLineSplitter } from '../tools/process/line-splitter.ts';

/** The worker, as one job sees it. */
export interface Parent {
  /** Resolves when the message has left the process. @throws MF_ERR_PLUGIN for what cannot travel */
  send(message: FromRunner): Promise<void>;
  /** Shows the worker which post it is, or what a list holds, and waits until the server wants it to go on. */
  confirm(message: Extract<FromRunner, { type: 'resolved' | 'listed' }>): Promise<void>;
  /** Asks for a turn at what one runner of the worker does at a time. */
  askTurn(): Turn;
}

export interface Turn {
  /** Resolves when it is this runner's. */
  readonly comes: Promise<undefined>;
  /** It is not wanted any more, whether it came or not. */
  end(): void;
}

/** The worker, as its runner sees it. */
export interface WorkerPipe {
  /** What it is to do next. */
  order(): Promise<RunnerOrder>;
  /** Resolves when the worker asks for rest. */
  rest(): Promise<void>;
  /** Words of the job that runs; what it says after {@link JobParent.end} reaches nobody. */
  openJob(): JobParent;
  send(message: FromRunner): Promise<void>;
}

export interface JobParent extends Parent {
  end(): void;
}

/** Listens to the worker's pipe. When the worker goes, this process and its group go. */
export function connectParent(): WorkerPipe {
  let order = Promise.withResolvers<RunnerOrder>();
  let confirmed = Promise.withResolvers<undefined>();
  let rest = Promise.withResolvers<undefined>();
  const turns = new Map<number, () => void>();
  let asked = 0;
  const pipe = openPipe();
  const lines = createLineSplitter(({ text }) => {
    // The worker made the message.
    const message = JSON.parse(text) as ToRunner;
    if (message.type === 'continue') confirmed.resolve(undefined);
    else if (message.type === 'rest') rest.resolve(undefined);
    else if (message.type === 'turn') turns.get(message.id)?.();
    else order.resolve(message);
  }, MAX_RUNNER_LINE_BYTES);
  pipe.on('data', (chunk) => lines.push(chunk));
  pipe.on('error', endGroup);
  pipe.on('close', endGroup);

  const send = async (message: FromRunner): Promise<void> => {
    const line = formatLine(message);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    pipe.write(line, () => resolve(undefined));
    await promise;
  };
  return {
    send,
    async order() {
      const next = await order.promise;
      order = Promise.withResolvers();
      return next;
    },
    async rest() {
      await rest.promise;
      rest = Promise.withResolvers();
    },
    openJob() {
      let open = true;
      const sendWhileOpen = async (message: FromRunner): Promise<void> => {
        if (open) await send(message);
      };
      return {
        send: sendWhileOpen,
        async confirm(message) {
          confirmed = Promise.withResolvers<undefined>();
          await sendWhileOpen(message);
          await confirmed.promise;
        },
        askTurn() {
          const id = (asked += 1);
          const { promise, resolve } = Promise.withResolvers<undefined>();
          turns.set(id, () => resolve(undefined));
          void sendWhileOpen({ type: 'turn', id, wanted: true });
          return {
            comes: promise,
            end() {
              turns.delete(id);
              void sendWhileOpen({ type: 'turn', id, wanted: false });
            },
          };
        },
        end: () => void (open = false),
      };
    },
  };
}

function openPipe(): Socket {
  try {
    return new Socket({ fd: RUNNER_PIPE_FD, readable: true, writable: true });
  } catch (cause) {
    throw new TypeError('A runner is started by a worker.', { cause });
  }
}

function formatLine(message: FromRunner): string {
  try {
    return formatRunnerLine(message);
  } catch (cause) {
    throw new PluginError('MF_ERR_PLUGIN', 'The plugin handed over what cannot be written as JSON.', { cause });
  }
}

/** Ends this process and each tool it started. */
function endGroup(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // Not the leader of a group: started by hand.
  }
  process.exit(1);
}
