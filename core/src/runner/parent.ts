import type { FromRunner, RunnerJob, ToRunner } from '../channel/runner-messages.ts';

/** The worker, as its runner sees it. */
export interface Parent {
  readonly job: Promise<RunnerJob>;
  /** Resolves when the message has left the process. */
  send(message: FromRunner): Promise<void>;
  /** Shows the worker which post it is and waits until the server wants it. */
  confirm(message: Extract<FromRunner, { type: 'resolved' }>): Promise<void>;
}

/** Listens to the process's ipc channel. When the worker goes, this process and its group go. */
export function connectParent(): Parent {
  const job = Promise.withResolvers<RunnerJob>();
  let confirmed = Promise.withResolvers<undefined>();

  // The worker made the message; plugin code is not loaded yet when the job comes.
  process.on('message', (message: ToRunner) => {
    if (message.type === 'run') job.resolve(message.job);
    else confirmed.resolve(undefined);
  });
  process.on('disconnect', endGroup);
  if (process.send === undefined) throw new TypeError('A runner is started by a worker.');

  const send = async (message: FromRunner): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    process.send?.(message, undefined, undefined, () => resolve(undefined));
    await promise;
  };
  return {
    job: job.promise,
    send,
    async confirm(message) {
      confirmed = Promise.withResolvers<undefined>();
      await send(message);
      await confirmed.promise;
    },
  };
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
