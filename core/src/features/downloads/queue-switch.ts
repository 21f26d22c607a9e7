import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { Remembered } from '../../remembered.ts';
import { send, withdraw } from './connections.ts';
import type { WorkerConnection, WorkerConnections } from './connections.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { DownloadEmitter, QueueState } from './events.ts';
import type { ProgressWriter } from './progress-writer.ts';
import type { DownloadQueue } from './queue.ts';

interface QueueDoc {
  readonly _id: string;
  readonly paused: boolean;
  readonly since: Date;
}

const ID = 'queue';

/** Whether downloads run at all: one document, the same for every server. */
export class QueueSwitch {
  readonly #model: Model<QueueDoc>;
  readonly #events: DownloadEmitter;
  readonly #state: Remembered<QueueState>;

  /** @param alone whether no other server uses this database */
  constructor(connection: Connection, events: DownloadEmitter, alone: boolean) {
    this.#state = new Remembered(async () => this.#load(), alone);
    this.#model = connection.model<QueueDoc>(
      'QueueSwitch',
      new Schema<QueueDoc>({ _id: String, paused: Boolean, since: Date }),
    );
    this.#events = events;
  }

  async read(): Promise<QueueState> {
    return this.#state.get();
  }

  async #load(): Promise<QueueState> {
    const stored = await this.#model.findById(ID).lean();
    return stored?.paused === true ? { paused: true, since: stored.since } : { paused: false };
  }

  /** Said again, it stays as it is. */
  async write(paused: boolean): Promise<QueueState> {
    if ((await this.read()).paused !== paused) {
      await this.#state.change(async () =>
        this.#model.updateOne({ _id: ID }, { $set: { paused, since: new Date() } }, { upsert: true }),
      );
    }
    const state = await this.read();
    this.#events.emit('queue', state);
    return state;
  }
}

interface Dependencies {
  readonly state: QueueSwitch;
  readonly queue: DownloadQueue;
  readonly connections: WorkerConnections;
  readonly progress: ProgressWriter;
  readonly dispatcher: Pick<Dispatcher, 'idle' | 'wake'>;
}

/** Stops all downloads of everybody, and lets them go on. */
export class QueuePause {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  async read(): Promise<QueueState> {
    return this.#deps.state.read();
  }

  /** Nothing begins any more, on any server; what runs goes back to the queue with its partial files. */
  async pause(): Promise<QueueState> {
    const state = await this.#deps.state.write(true);
    await this.enforce();
    return state;
  }

  async resume(): Promise<QueueState> {
    const state = await this.#deps.state.write(false);
    this.#deps.dispatcher.wake();
    return state;
  }

  /** Gives back what the workers of this server have in hand, if there is a pause. What is just being put away is put away. */
  async enforce(): Promise<void> {
    const { state, connections, dispatcher } = this.#deps;
    if (!(await state.read()).paused) return;
    await dispatcher.idle();
    for (const worker of connections.all()) await this.#giveBack(worker);
  }

  async #giveBack(worker: WorkerConnection): Promise<void> {
    const { queue, progress } = this.#deps;
    for (const job of await queue.runningOf(worker.workerId)) {
      const ref = { jobId: job._id.toString(), attempt: job.attempt };
      // It is no attempt at the post.
      const back = await queue.requeue(ref, 0, { attemptBase: job.attemptBase + 1 }, { stage: { $ne: 'store' } });
      if (back === null) continue;
      progress.end(ref.jobId);
      withdraw(worker, ref, job);
      send(worker, { type: 'pause', ...ref });
    }
  }
}
