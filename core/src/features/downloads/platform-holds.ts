import type { FastifyInstance } from 'fastify';
import type { QueryFilter } from 'mongoose';
import { REST_CODES } from '../platforms/index.ts';
import { findClosures } from './closures.ts';
import type { Closure } from './closures.ts';
import type { DownloadEmitter } from './events.ts';
import type { DownloadDoc, DownloadModels } from './model.ts';

const REASONS: readonly string[] = [...REST_CODES, 'MF_ERR_PLATFORM_OFF', 'MF_ERR_DISK_FULL'];
/** Records that are changed and told of at a time. */
const BATCH = 500;

interface Dependencies {
  readonly app: FastifyInstance;
  readonly models: DownloadModels;
  readonly events: DownloadEmitter;
}

/**
 * Writes into waiting downloads what they wait for, for people to read. What may begin does not depend on it: each look for
 * work asks the platforms themselves.
 */
export class PlatformHolds {
  readonly #deps: Dependencies;
  #running: Promise<void> | undefined;
  #wanted: 'nothing' | 'holds' | 'all' = 'nothing';

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Brings the records up to date; calls while it is at it make it look once more. */
  async sync(): Promise<void> {
    return this.#look('all');
  }

  /** The same, for who does not wait for it. */
  show(): void {
    this.sync().catch((error: unknown) => this.#deps.app.log.error({ err: error }, 'holds'));
  }

  /** Writes into what has just come what it waits for. Nothing waits the less for that: the others are not looked at. */
  showNew(): void {
    this.#look('holds').catch((error: unknown) => this.#deps.app.log.error({ err: error }, 'holds'));
  }

  async #look(wanted: 'holds' | 'all'): Promise<void> {
    if (this.#wanted !== 'all') this.#wanted = wanted;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    while (this.#wanted !== 'nothing') {
      const all = this.#wanted === 'all';
      this.#wanted = 'nothing';
      const closures = (await findClosures(this.#deps.app, this.#deps.models)).filter(
        ({ reason }) => reason !== 'pace',
      );
      // The first reason that applies is shown: a switch before a rest.
      for (const [index, closure] of closures.entries()) await this.#hold(closure, closures.slice(0, index));
      if (all) await this.#lift(closures);
    }
  }

  async #hold({ filter, until, reason }: Closure, before: readonly Closure[]): Promise<void> {
    const shown = { heldReason: reason, heldUntil: until };
    await this.#change(
      { ...waiting(), $and: [filter], $nor: [shown, ...before.map((closure) => closure.filter)] },
      { $set: { heldReason: reason, ...(until && { heldUntil: until }) }, ...(!until && { $unset: { heldUntil: 1 } }) },
    );
  }

  async #lift(closures: readonly Closure[]): Promise<void> {
    // What waits for its own next attempt says so itself, until then.
    const held = { ...waiting(), notBefore: { $lte: new Date() }, heldReason: { $in: [...REASONS] } };
    const still = closures.map(({ filter }) => filter);
    await this.#change(still.length === 0 ? held : { ...held, $nor: still }, {
      $unset: { heldReason: 1, heldUntil: 1 },
    });
  }

  async #change(filter: QueryFilter<DownloadDoc>, update: object): Promise<void> {
    const { Download } = this.#deps.models;
    for (;;) {
      const found = await Download.find(filter, { _id: 1 }).limit(BATCH).lean();
      if (found.length === 0) return;
      const ids = found.map(({ _id }) => _id);
      await Download.updateMany({ _id: { $in: ids }, ...waiting() }, update);
      for (const download of await Download.find({ _id: { $in: ids }, status: 'queued' }).lean())
        this.#deps.events.changed(download);
      if (found.length < BATCH) return;
    }
  }
}

/** Downloads that wait for nothing but their turn; what waits for the media folder says so itself. */
const waiting = (): QueryFilter<DownloadDoc> => ({
  status: 'queued',
  waitsFor: null,
  staged: null,
  heldReason: { $ne: 'MF_ERR_MOUNT_MISSING' },
});
