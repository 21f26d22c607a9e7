import type { Types } from 'mongoose';
import type { FastifyBaseLogger } from 'fastify';
import { CodedError } from '../../../errors.ts';
import type { DownloadControl } from '../control.ts';
import type { DownloadDoc, DownloadModels, DownloadStatus } from '../model.ts';
import { SET_SIZE } from '../set-control.ts';
import type { SetControl } from '../set-control.ts';
import { statesFor } from '../state.rules.ts';
import type { Control } from '../state.rules.ts';
import type { FanOut as Kind } from './list-state.ts';
import type { ParentStates } from './parent-states.ts';

/** What begins while others are stopped is found by the next round. */
const ROUNDS = 3;

interface Dependencies {
  readonly models: Pick<DownloadModels, 'Download'>;
  /** Of the list itself. */
  readonly single: DownloadControl;
  readonly set: SetControl;
  readonly states: ParentStates;
  readonly log: FastifyBaseLogger;
}

/** Does to each post of a list what was asked of the whole. The order stands in the list's record: a crash does not end it. */
export class FanOut {
  readonly #deps: Dependencies;
  readonly #running = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Asked anew: it changes while others are waited for. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  /** Begins, or goes on with, what the list's record orders. */
  begin({ _id }: DownloadDoc): void {
    const id = _id.toString();
    if (this.#stopped || this.#running.has(id)) return;
    const run = this.#carryOut(_id)
      .catch((error: unknown) => this.#deps.log.error({ err: error, jobId: id }, 'the posts of a list'))
      .finally(() => this.#running.delete(id));
    this.#running.set(id, run);
  }

  /** Goes on with what a crash left. */
  async resume(): Promise<void> {
    const left = await this.#deps.models.Download.find({ 'list.fanOut': { $exists: true } }).lean();
    for (const parent of left) this.begin(parent);
  }

  /** Resolves when nothing is being done any more; the rest is for the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running.values());
  }

  async #carryOut(id: Types.ObjectId): Promise<void> {
    const { models, states } = this.#deps;
    for (;;) {
      const parent = await models.Download.findById(id).lean();
      const kind = parent?.list?.fanOut;
      if (parent === null || kind === undefined || this.#stopped) return;
      await this.#doToReading(parent, kind);
      await this.#doToAll(parent, kind);
      // The rest is for the next start.
      if (this.#isStopped()) return;
      // Unless something else was ordered meanwhile.
      await models.Download.updateOne(
        { _id: id, 'list.fanOut': kind },
        { $unset: { 'list.fanOut': 1 }, $inc: { 'list.rev': 1 } },
      );
      await states.recount(id);
    }
  }

  /** The list itself, while it is read: done already, unless a crash came in between. */
  async #doToReading({ _id, user, status, list }: DownloadDoc, kind: Kind): Promise<void> {
    const control = kind === 'retry-all' ? 'retry' : kind;
    if (list?.expanded === true || !statesFor(control).includes(status)) return;
    await this.#one(user.toString(), control, _id.toString());
  }

  async #doToAll(parent: DownloadDoc, kind: Kind): Promise<void> {
    const control = kind === 'retry-all' ? 'retry' : kind;
    const rounds = control === 'cancel' || control === 'pause' ? ROUNDS : 1;
    const statuses = statusesFor(kind);
    for (let round = 0; round < rounds; round += 1) {
      // Those that wait go first: else each that stops would let one of them begin.
      const waiting = await this.#pass(parent, control, { $in: statuses.filter((status) => status !== 'running') });
      const running = statuses.includes('running') ? await this.#pass(parent, control, 'running') : 0;
      if (waiting + running === 0 || this.#stopped) return;
    }
  }

  /** How many posts it was for. */
  async #pass(
    { _id, user }: DownloadDoc,
    control: Exclude<Control, 'dismiss'>,
    status: DownloadStatus | { readonly $in: DownloadStatus[] },
  ): Promise<number> {
    const { models, set } = this.#deps;
    let met = 0;
    let last = 0;
    for (;;) {
      const children = await models.Download.find(
        { parent: _id, status, outcome: { $ne: 'declined' }, seq: { $gt: last } },
        { seq: 1 },
      )
        .sort({ seq: 1 })
        .limit(SET_SIZE)
        .lean();
      last = children.at(-1)?.seq ?? last;
      met += children.length;
      const ids = children.map((child) => child._id.toString());
      if (ids.length > 0) await set.run(user.toString(), control, ids);
      if (children.length < SET_SIZE || this.#stopped) return met;
    }
  }

  async #one(userId: string, control: Exclude<Control, 'dismiss'>, jobId: string): Promise<void> {
    try {
      await this.#deps.single[control](userId, jobId);
    } catch (error) {
      // It has ended meanwhile.
      if (!(error instanceof CodedError) || error.statusCode >= 500) throw error;
    }
  }
}

/** Which posts are meant: a person who retries a list thinks of what has failed, not of what they cancelled one by one. */
function statusesFor(kind: Kind): DownloadStatus[] {
  if (kind === 'retry') return ['failed'];
  return [...statesFor(kind === 'retry-all' ? 'retry' : kind)];
}
