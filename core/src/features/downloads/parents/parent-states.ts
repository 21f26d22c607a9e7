import type { FastifyBaseLogger } from 'fastify';
import type { Types } from 'mongoose';
import type { FailureCode } from '@mediafetcher/sdk';
import type { DownloadEmitter } from '../events.ts';
import { ACTIVE } from '../model.ts';
import type { DownloadDoc, DownloadModels } from '../model.ts';
import type { ListState } from './list-state.ts';
import { codeOfFailures, progressOfList, statusOfList } from './tally.rules.ts';
import type { Tally } from './tally.rules.ts';

const TRIES = 20;

interface Dependencies {
  readonly models: Pick<DownloadModels, 'Download'>;
  readonly events: DownloadEmitter;
  /** Shortest time between two counts of a list, in milliseconds. */
  readonly throttleMs: number;
  readonly log: FastifyBaseLogger;
}

type Parent = DownloadDoc & { readonly list: ListState };

/** Keeps the records of lists what their posts make of them. */
export class ParentStates {
  readonly #deps: Dependencies;
  readonly #due = new Map<string, NodeJS.Timeout | undefined>();
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
    dependencies.events.on('change', ({ _id, parent, list, status }) => {
      if (parent !== undefined) this.touch(parent.toString());
      // Its reading ended for good while some of its posts were known.
      else if (list?.expanded === false && status === 'failed') this.touch(_id.toString());
    });
  }

  /** A post of this list has changed: it is counted anew, soon, and not more often than people can read. */
  touch(id: string): void {
    if (this.#stopped || this.#due.has(id)) return;
    this.#due.set(
      id,
      setTimeout(() => this.#count(id), this.#deps.throttleMs),
    );
  }

  /** Counts what may have changed unseen: by another server, or before this one began. */
  async reconcile(): Promise<void> {
    const open = await this.#deps.models.Download.find({ 'list.open': true }, { _id: 1 }).lean();
    for (const { _id } of open) await this.recount(_id);
  }

  /** Ends the timers and waits for what is being counted. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#due.values()) clearTimeout(timer);
    this.#due.clear();
    await Promise.all(this.#running);
  }

  #count(id: string): void {
    this.#due.delete(id);
    const run = this.recount(id).catch((error: unknown) => this.#deps.log.error({ err: error }, 'count of a list'));
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
  }

  /** Brings a list's record up to date with its posts. */
  async recount(id: Types.ObjectId | string): Promise<void> {
    const { Download } = this.#deps.models;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const parent = await Download.findById(id).lean();
      if (parent === null || !isParent(parent)) return;
      const set = await this.#changes(parent);
      if (isSame(parent, set)) return;
      const { unset, ...fields } = set;
      const changed = await Download.findOneAndUpdate(
        { _id: parent._id, status: parent.status, 'list.rev': parent.list.rev },
        {
          $set: fields,
          $inc: { 'list.rev': 1 },
          ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map((name) => [name, 1])) }),
        },
        { returnDocument: 'after', lean: true },
      );
      // Null: somebody else has counted, or a person has done something.
      if (changed !== null) {
        this.#deps.events.changed(changed);
        return;
      }
    }
  }

  async #changes(parent: Parent): Promise<Changes> {
    const { _id, list } = parent;
    const tally = await this.#tallyOf(_id);
    // While it is being done to each post, what was asked of the whole stands.
    if (list.fanOut !== undefined) return { 'list.tally': tally, unset: [] };
    const failed = !list.expanded && parent.status === 'failed';
    const active = tally.queued + tally.running + tally.paused > 0;
    if (!list.expanded && (!failed || tally.total === 0))
      return { 'list.tally': tally, 'list.open': active || isActive(parent), unset: [] };
    const running = await this.#deps.models.Download.find({ parent: _id, status: 'running' }, { progress: 1 }).lean();
    const early = failed && {
      'list.expanded': true,
      ...(parent.errorCode && { 'list.errorCode': parent.errorCode }),
      ...(parent.errorMessage !== undefined && { 'list.errorMessage': parent.errorMessage }),
    };
    const status = statusOfList({ tally, ...(list.wish && { wish: list.wish }) });
    const progress = progressOfList({ tally, running: running.map((child) => child.progress) });
    return {
      'list.tally': tally,
      'list.open': active,
      ...early,
      status,
      ...(status !== 'cancelled' && { progress }),
      indeterminate: false,
      ...(await this.#ending(parent, status, tally)),
    };
  }

  /** What only a list that is over says, and one that goes on does not. */
  async #ending(
    parent: Parent,
    status: DownloadDoc['status'],
    tally: Tally,
  ): Promise<Pick<Changes, 'errorCode' | 'errorMessage' | 'finishedAt' | 'unset' | 'stage'>> {
    if (status === 'running' || status === 'paused')
      return {
        ...(status === 'running' && { stage: 'fetch' }),
        unset: ['finishedAt', 'errorCode', 'errorMessage', ...(status === 'paused' ? ['stage'] : [])],
      };
    const finishedAt = parent.finishedAt ?? new Date();
    if (status !== 'failed') return { finishedAt, unset: ['activeKey', 'stage', 'errorCode', 'errorMessage'] };
    return { finishedAt, ...(await this.#failureOf(parent, tally)), unset: ['activeKey', 'stage'] };
  }

  async #failureOf({ _id, list }: Parent, { total }: Tally): Promise<{ errorCode: FailureCode; errorMessage: string }> {
    const { Download } = this.#deps.models;
    if (list.errorCode !== undefined)
      return { errorCode: list.errorCode, errorMessage: list.errorMessage ?? 'The list could not be read.' };
    if (total === 0)
      return { errorCode: 'MF_ERR_NO_MEDIA', errorMessage: 'There are no posts here that can be fetched.' };
    const codes = await Download.distinct('errorCode', { parent: _id, status: 'failed' });
    const errorCode = codeOfFailures(codes);
    const child = await Download.findOne({ parent: _id, status: 'failed', errorCode }, { errorMessage: 1 }).lean();
    return { errorCode, errorMessage: child?.errorMessage ?? 'None of the posts could be fetched.' };
  }

  async #tallyOf(parent: Types.ObjectId): Promise<Tally> {
    const { Download } = this.#deps.models;
    const count = async (which: object): Promise<number> => Download.countDocuments({ parent, ...which });
    const [queued, running, paused, failed, cancelled, completed, existing, declined] = await Promise.all([
      count({ status: 'queued' }),
      count({ status: 'running' }),
      count({ status: 'paused' }),
      count({ status: 'failed' }),
      count({ status: 'cancelled' }),
      count({ status: 'completed' }),
      count({ status: 'completed', outcome: 'existing' }),
      count({ status: 'cancelled', outcome: 'declined' }),
    ]);
    return {
      total: queued + running + paused + failed + cancelled + completed,
      ...{ queued, running, paused, failed, existing, declined },
      cancelled: cancelled - declined,
      added: completed - existing,
    };
  }
}

interface Changes extends Partial<
  Pick<DownloadDoc, 'status' | 'stage' | 'progress' | 'indeterminate' | 'errorCode' | 'errorMessage' | 'finishedAt'>
> {
  readonly 'list.tally': Tally;
  readonly 'list.open'?: boolean;
  readonly 'list.expanded'?: boolean;
  readonly 'list.errorCode'?: FailureCode;
  readonly 'list.errorMessage'?: string;
  readonly unset: readonly string[];
}

function isActive({ status }: DownloadDoc): boolean {
  return ACTIVE.some((active) => active === status);
}

function isParent(download: DownloadDoc): download is Parent {
  return download.list !== undefined;
}

/** Whether the record says all of this already. */
function isSame(parent: Parent, { unset, ...fields }: Changes): boolean {
  const said = (name: string): unknown =>
    name.startsWith('list.') ? parent.list[name.slice(5) as keyof ListState] : parent[name as keyof DownloadDoc];
  const same = Object.entries(fields).every(([name, value]) => JSON.stringify(said(name)) === JSON.stringify(value));
  return same && unset.every((name) => said(name) === undefined);
}
