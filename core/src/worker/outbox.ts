import type { WorkerMessage } from '../channel/messages.ts';

/** What must reach the server: kept until it says so. */
export type KeptMessage = Extract<
  WorkerMessage,
  { type: 'staged' | 'failed' | 'paused' | 'resolved' | 'listed' | 'expanded' }
>;

interface JobRef {
  readonly jobId: string;
  readonly attempt: number;
}

/** The newest unanswered message of each job's attempt. */
export interface Outbox {
  /** Keeps a message and sends it. */
  add(message: KeptMessage): void;
  find(job: JobRef): KeptMessage | undefined;
  /** @returns the message that nobody needs any more */
  remove(job: JobRef): KeptMessage | undefined;
  /** Removes what other attempts of a job left. */
  removeOthers(job: JobRef): void;
  /** Sends everything again. */
  resend(): void;
  list(): readonly KeptMessage[];
  /** Resolves when nothing is left. */
  drained(): Promise<void>;
}

export function createOutbox(send: (message: KeptMessage) => unknown): Outbox {
  const kept = new Map<string, KeptMessage>();
  let waiting: (() => void)[] = [];

  const remove = (job: JobRef): KeptMessage | undefined => {
    const message = kept.get(keyOf(job));
    kept.delete(keyOf(job));
    if (kept.size > 0) return message;
    for (const resolve of waiting) resolve();
    waiting = [];
    return message;
  };
  return {
    add(message) {
      kept.set(keyOf(message), message);
      send(message);
    },
    find: (job) => kept.get(keyOf(job)),
    remove,
    removeOthers(job) {
      for (const message of kept.values()) {
        if (message.jobId === job.jobId && message.attempt !== job.attempt) remove(message);
      }
    },
    resend() {
      for (const message of kept.values()) send(message);
    },
    list: () => [...kept.values()],
    drained: () => (kept.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}

function keyOf({ jobId, attempt }: JobRef): string {
  return `${jobId}/${attempt}`;
}
