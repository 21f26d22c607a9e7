import { Socket } from 'node:net';
import { PluginError } from '@mediafetcher/sdk';
import { MAX_RUNNER_LINE_BYTES, RUNNER_PIPE_FD, formatRunnerLine } from '../channel/runner-messages.ts';
import type { FromRunner, RunnerOrder, ToRunner } from '../channel/runner-messages.ts';
import { createLineSplitter } from '../tools/process/line-splitter.ts';

/** The worker, as its runner sees it. */
export interface Parent {
  readonly order: Promise<RunnerOrder>;
  /** Resolves when the message has left the process. @throws MF_ERR_PLUGIN for what cannot travel */
  send(message: FromRunner): Promise<void>;
  /** Shows the worker which post it is and waits until the server wants it. */
  confirm(message: Extract<FromRunner, { type: 'resolved' }>): Promise<void>;
}

/** Listens to the worker's pipe. When the worker goes, this process and its group go. */
export function connectParent(): Parent {
  const order = Promise.withResolvers<RunnerOrder>();
  let confirmed = Promise.withResolvers<undefined>();
  const pipe = openPipe();
  const lines = createLineSplitter(({ text }) => {
    // The worker made the message; plugin code is not loaded yet when the order comes.
    const message = JSON.parse(text) as ToRunner;
    if (message.type === 'continue') confirmed.resolve(undefined);
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
    order: order.promise,
    send,
    async confirm(message) {
      confirmed = Promise.withResolvers<undefined>();
      await send(message);
      await confirmed.promise;
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
