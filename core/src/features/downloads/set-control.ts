import { setImmediate as breathe } from 'node:timers/promises';
import { areDuplicateKeys } from '../../duplicate-key.ts';
import { CodedError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import { CHANGES, retryOf, TARGET } from './control-changes.ts';
import type { DownloadControl } from './control.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { DownloadEmitter } from './events.ts';
import type { Followers } from './followers.ts';
import { isJobId, noDownload } from './job-id.rules.ts';
import { inLanes } from './lanes.ts';
import type { DownloadDoc, DownloadModels } from './model.ts';
import type { ProgressWriter } from './progress-writer.ts';
import { statesFor, whyNot } from './state.rules.ts';
import type { Control } from './state.rules.ts';
import type { StoreStage } from './store-stage.ts';

/** Downloads that one update of the database changes. */
export const SET_SIZE = 500;
/** Events that are told without a pause: who follows them is to read them meanwhile. */
const TOLD_AT_ONCE = 50;

/** Why one of them stays as it is. */
export interface Refusal {
  readonly id: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export interface SetOutcome {
  readonly changed: readonly DownloadDoc[];
  readonly refusals: readonly Refusal[];
}

interface Dependencies {
  readonly models: Pick<DownloadModels, 'Download'>;
  readonly events: DownloadEmitter;
  readonly followers: Followers;
  readonly progress: ProgressWriter;
  readonly stage: StoreStage;
  readonly dispatcher: Dispatcher;
  /** For those that run: each has a worker that must be told. */
  readonly single: DownloadControl;
}

/**
 * What a person does with many downloads at once; none of them is a list. Those that wait or are over are changed by one
 * update of the database, under the same conditions as a single one; what runs, or has just begun to, is stopped one by
 * one after that: so none of them begins because another has made room.
 */
export class SetControl {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  async run(userId: string, control: Control, ids: readonly string[]): Promise<SetOutcome> {
    const changed: DownloadDoc[] = [];
    const left: string[] = [];
    for (let start = 0; start < ids.length; start += SET_SIZE) {
      const part = ids.slice(start, start + SET_SIZE);
      const done = await this.#changeSet(userId, control, part);
      const has = new Set(done.map(({ _id }) => _id.toString()));
      changed.push(...done);
      left.push(...part.filter((id) => !has.has(id)));
    }
    const rest = await this.#changeRest(userId, control, left);
    return { changed: [...changed, ...rest.changed], refusals: rest.refusals };
  }

  /** Those that do not run. */
  async #changeSet(userId: string, control: Control, ids: readonly string[]): Promise<DownloadDoc[]> {
    const { Download } = this.#deps.models;
    const states = statesFor(control).filter((status) => status !== 'running');
    const meant = { user: userId, status: { $in: states } };
    const before = await Download.find({ ...meant, _id: { $in: ids.filter(isJobId) } }).lean();
    if (before.length === 0) return [];
    if (control === 'retry') await this.#retry(before);
    else await Download.updateMany({ ...meant, _id: { $in: before.map(({ _id }) => _id) } }, CHANGES[control]());
    const after = await Download.find({ _id: { $in: before.map(({ _id }) => _id) } }).lean();
    const changed = after.filter((download) => hasWorked(control, download));
    await this.#tell(control, changed);
    return changed;
  }

  /** Each has a key of its own: one that is taken leaves its download as it is, and the others go through. */
  async #retry(before: readonly DownloadDoc[]): Promise<void> {
    const { Download } = this.#deps.models;
    const writes = before.map((download) => ({
      updateOne: { filter: { _id: download._id, status: download.status }, update: retryOf(download) },
    }));
    try {
      // As the driver takes them: a schema would look at each of the fields.
      await Download.collection.bulkWrite(writes, { ordered: false });
    } catch (error) {
      if (!areDuplicateKeys(error)) throw error;
    }
  }

  async #tell(control: Control, changed: readonly DownloadDoc[]): Promise<void> {
    const { events, progress, stage, followers, dispatcher } = this.#deps;
    for (const [index, download] of changed.entries()) {
      const jobId = download._id.toString();
      if (control === 'dismiss') events.emit('removed', { userId: download.user.toString(), jobId });
      else {
        progress.end(jobId);
        events.changed(download);
      }
      // One that never began has nothing in staging.
      if (control === 'cancel' && download.attempt > 0) await stage.sweep(jobId);
      if (index % TOLD_AT_ONCE === TOLD_AT_ONCE - 1) await breathe();
    }
    if (control === 'dismiss') return;
    await followers.releaseAll(changed.map(({ _id }) => _id));
    dispatcher.wake();
  }

  /** What runs, and what has begun or ended since; the others are refused. */
  async #changeRest(userId: string, control: Control, ids: readonly string[]): Promise<SetOutcome> {
    const { Download } = this.#deps.models;
    const found = await Download.find({ user: userId, _id: { $in: ids.filter(isJobId) } }).lean();
    const byId = new Map(found.map((download) => [download._id.toString(), download]));
    const changed: DownloadDoc[] = [];
    const refusals: Refusal[] = [];
    await inLanes(ids, async (id) => {
      const change = async (): Promise<void> => {
        const after = await this.#deps.single[control](userId, id);
        if (after !== undefined) changed.push(after);
      };
      const refusal = refusalOf(id, control, byId.get(id)) ?? (await refusalIn(id, change));
      if (refusal !== undefined) refusals.push(refusal);
    });
    return { changed, refusals };
  }
}

/** Why one of many is refused; what is no refusal is thrown. */
export async function refusalIn(id: string, change: () => Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await change();
    return undefined;
  } catch (error) {
    // It has ended meanwhile, is just being put away, or another download brings the same post.
    if (!(error instanceof CodedError) || error.statusCode >= 500) throw error;
    return { id, code: error.code, message: error.message };
  }
}

/** Whether it has worked on one that did not run. What may begin now may have begun, and what was to stop may have too. */
function hasWorked(control: Control, { status, dismissed }: DownloadDoc): boolean {
  if (control === 'dismiss') return dismissed;
  if (control === 'cancel' || control === 'pause') return status === TARGET[control];
  return !statesFor(control).includes(status);
}

/** What need not be tried. */
function refusalOf(id: string, control: Control, download: DownloadDoc | undefined): Refusal | undefined {
  if (download === undefined) return { id, code: noDownload().code, message: noDownload().message };
  if (!statesFor(control).includes(download.status)) return { id, code: 'MF_ERR_STATE', message: whyNot(download) };
  return undefined;
}
