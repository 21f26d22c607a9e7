import type { EventEmitter } from 'node:events';
import type { LibraryModels } from '../models.ts';
import type { BulkDoc } from './bulk-model.ts';

const EVERY_MS = 2_000;

interface Dependencies {
  readonly models: Pick<LibraryModels, 'BulkJob'>;
  readonly events: EventEmitter<{ change: [BulkDoc] }>;
  /** This one tells of its own jobs as they go. */
  readonly server: string;
  readonly onError: (error: unknown) => void;
}

/** Tells whoever listens here of jobs that another server does. */
export class BulkWatch {
  readonly #deps: Dependencies;
  readonly #known = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  start(): void {
    this.#timer = setInterval(() => {
      if (this.#deps.events.listenerCount('change') > 0) this.look().catch(this.#deps.onError);
    }, EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking?.catch(() => undefined);
  }

  /** Tells of each that has moved since the last look. */
  async look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { models, events, server } = this.#deps;
    const running = { status: 'running' as const, 'lease.server': { $ne: server } };
    // Those that were running have ended since, or are this server's own now.
    const jobs = await models.BulkJob.find({ $or: [running, { _id: { $in: [...this.#known.keys()] } }] }).lean();
    const before = new Map(this.#known);
    this.#known.clear();
    for (const job of jobs) {
      const id = job._id.toHexString();
      const figures = `${job.status} ${job.done} ${job.failed}`;
      const isElsewhere = job.lease?.server !== server;
      if (isElsewhere && job.status === 'running') this.#known.set(id, figures);
      if (isElsewhere && before.get(id) !== figures) events.emit('change', job);
    }
  }
}
