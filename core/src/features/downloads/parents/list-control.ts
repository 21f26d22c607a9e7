import { CodedError } from '../../../errors.ts';
import type { DownloadControl } from '../control.ts';
import type { DownloadEmitter } from '../events.ts';
import { assertJobId, isJobId, noDownload } from '../job-id.rules.ts';
import { inLanes } from '../lanes.ts';
import type { DownloadDoc, DownloadModels, DownloadStatus } from '../model.ts';
import { refusalIn } from '../set-control.ts';
import type { Refusal, SetControl } from '../set-control.ts';
import { statesFor } from '../state.rules.ts';
import type { Control } from '../state.rules.ts';
import type { FanOut } from './fan-out.ts';
import type { FanOut as Kind, ListState } from './list-state.ts';
import type { ParentStates } from './parent-states.ts';

/** What a person can do with a download, or with a list and all of its posts. @throws MF_ERR_UNKNOWN · MF_ERR_STATE from each */
export interface Controls extends Pick<DownloadControl, Control> {
  /** Does it to many at once; each is changed or refused by itself. */
  many(userId: string, control: Control, ids: readonly string[]): Promise<ManyOutcome>;
}

/** What became of many. */
export interface ManyOutcome {
  readonly changed: number;
  readonly refusals: readonly Refusal[];
}

type Parent = DownloadDoc & { readonly list: ListState };

interface Dependencies {
  readonly models: Pick<DownloadModels, 'Download'>;
  readonly events: DownloadEmitter;
  /** Of one download. */
  readonly single: DownloadControl;
  /** Of many. */
  readonly set: SetControl;
  readonly fanOut: FanOut;
  readonly states: ParentStates;
}

/** The state of a list at once; then its posts decide. */
const AT_ONCE: Readonly<Record<Exclude<Control, 'dismiss'>, DownloadStatus>> = {
  cancel: 'cancelled',
  pause: 'paused',
  resume: 'running',
  retry: 'running',
};

/** Passes on what is asked of a list to each of its posts. */
export class ListControl implements Controls {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  async cancel(userId: string, jobId: string): Promise<DownloadDoc> {
    return this.#do('cancel', userId, jobId);
  }

  async pause(userId: string, jobId: string): Promise<DownloadDoc> {
    return this.#do('pause', userId, jobId);
  }

  async resume(userId: string, jobId: string): Promise<DownloadDoc> {
    return this.#do('resume', userId, jobId);
  }

  async retry(userId: string, jobId: string): Promise<DownloadDoc> {
    return this.#do('retry', userId, jobId);
  }

  /** Takes a download that is over off the list, with all of its posts. */
  async dismiss(userId: string, jobId: string): Promise<void> {
    const { models, single } = this.#deps;
    await single.dismiss(userId, jobId);
    await models.Download.updateMany({ parent: jobId, user: userId }, { $set: { dismissed: true } });
  }

  async many(userId: string, control: Control, ids: readonly string[]): Promise<ManyOutcome> {
    const { models, set } = this.#deps;
    const found = await models.Download.find(
      { user: userId, _id: { $in: ids.filter(isJobId) }, list: { $exists: true } },
      { _id: 1 },
    ).lean();
    const lists = new Set(found.map(({ _id }) => _id.toString()));
    const { changed, refusals } = await set.run(
      userId,
      control,
      ids.filter((id) => !lists.has(id)),
    );
    await this.#overrule(changed, control);
    const refused = [...refusals];
    await inLanes(lists, async (id) => {
      const refusal = await refusalIn(id, async () => this[control](userId, id));
      if (refusal !== undefined) refused.push(refusal);
    });
    return { changed: changed.length + lists.size - (refused.length - refusals.length), refusals: refused };
  }

  async #do(control: Exclude<Control, 'dismiss'>, userId: string, jobId: string): Promise<DownloadDoc> {
    const { models, single } = this.#deps;
    assertJobId(jobId);
    const found = await models.Download.findOne({ _id: jobId, user: userId }).lean();
    if (found === null) throw noDownload();
    if (isParent(found)) return this.#doToList(control, found);
    const after = await single[control](userId, jobId);
    await this.#overrule([found], control);
    return after;
  }

  /** The list itself, while it is read. */
  async #doToReading(control: Exclude<Control, 'dismiss'>, { _id, user }: DownloadDoc): Promise<DownloadDoc> {
    const { models, single } = this.#deps;
    try {
      return await single[control](user.toString(), _id.toString());
    } catch (error) {
      // It has been read to its end meanwhile: its posts are what is left to do.
      if (!(error instanceof CodedError) || error.code !== 'MF_ERR_STATE') throw error;
      return models.Download.findById(_id).lean().orFail();
    }
  }

  /** What a person asks of posts counts more than what they asked of their whole list before. */
  async #overrule(posts: readonly DownloadDoc[], control: Control): Promise<void> {
    if (control !== 'resume' && control !== 'retry') return;
    for (const parent of new Set(posts.flatMap((post) => post.parent?.toString() ?? []))) {
      await this.#deps.models.Download.updateOne(
        { _id: parent, 'list.wish': { $exists: true } },
        { $unset: { 'list.wish': 1 }, $inc: { 'list.rev': 1 } },
      );
      this.#deps.states.touch(parent);
    }
  }

  async #doToList(control: Exclude<Control, 'dismiss'>, parent: Parent): Promise<DownloadDoc> {
    const { models, fanOut, events } = this.#deps;
    assertAllowed(control, parent);
    const { _id, user, list } = parent;
    // Read again from its beginning when it could not be read to its end.
    const readsAgain = control === 'retry' && list.expanded && list.errorCode !== undefined;
    const stands = list.expanded && !readsAgain;
    const marked = await models.Download.findOneAndUpdate(
      { _id, status: parent.status, 'list.rev': list.rev },
      {
        $set: {
          'list.fanOut': kindOf(control, parent),
          'list.open': true,
          ...((control === 'cancel' || control === 'pause') && { 'list.wish': control }),
          ...(stands && { status: AT_ONCE[control] }),
          ...(readsAgain && { 'list.expanded': false, status: 'failed' }),
          ...(stands && control === 'cancel' && { finishedAt: new Date() }),
          ...(control === 'retry' && { dismissed: false }),
        },
        $inc: { 'list.rev': 1 },
        $unset: {
          ...((control === 'resume' || control === 'retry') && { 'list.wish': 1 }),
          ...(stands && control === 'cancel' && { activeKey: 1, stage: 1 }),
          ...(control === 'retry' && { 'list.errorCode': 1, 'list.errorMessage': 1 }),
          ...(stands && control === 'retry' && { finishedAt: 1, errorCode: 1, errorMessage: 1 }),
        },
      },
      { returnDocument: 'after', lean: true },
    );
    if (marked === null) {
      // Its posts have just changed its state: what is allowed now?
      return this.#do(control, user.toString(), _id.toString());
    }
    if (stands) events.changed(marked);
    const after = stands ? marked : await this.#doToReading(control, marked);
    fanOut.begin(marked);
    return after;
  }
}

function isParent(download: DownloadDoc): download is Parent {
  return download.list !== undefined;
}

/** With the list goes what it was stopped with. */
function kindOf(control: Exclude<Control, 'dismiss'>, { status }: Parent): Kind {
  return control === 'retry' && status === 'cancelled' ? 'retry-all' : control;
}

/** @throws MF_ERR_STATE */
function assertAllowed(control: Control, { status, list }: Parent): void {
  if (statesFor(control).includes(status)) return;
  const left = list.tally.failed > 0 || list.errorCode !== undefined;
  if (control === 'retry' && status === 'completed' && left) return;
  throw new CodedError('MF_ERR_STATE', `A download that is ${status} cannot do this.`);
}
