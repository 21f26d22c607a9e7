import type { ListedEntry } from '../../../channel/messages.ts';
import type { DownloadDoc, DownloadModels } from '../model.ts';
import type { DownloadQueue, JobRef } from '../queue.ts';
import type { Children } from './children.ts';
import type { FanOut } from './fan-out.ts';
import type { ParentStates } from './parent-states.ts';

interface Dependencies {
  readonly models: Pick<DownloadModels, 'Download'>;
  readonly queue: DownloadQueue;
  readonly children: Children;
  readonly states: ParentStates;
  readonly fanOut: FanOut;
  /** There is something to begin. */
  readonly wake: () => void;
}

/** Profiles and lists while they are read. */
export class Lists {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Takes a batch of posts in. False when the list is not being read any more: a person has stopped it meanwhile. */
  async take(job: DownloadDoc, entries: readonly ListedEntry[]): Promise<boolean> {
    const { children, states, queue, wake } = this.#deps;
    await children.take(job, entries);
    states.touch(job._id.toString());
    wake();
    if ((await queue.running(refOf(job))) !== null) return true;
    await this.#enforce(job);
    return false;
  }

  /** The list has been read. */
  async end(job: DownloadDoc): Promise<void> {
    const { queue, states } = this.#deps;
    if ((await queue.expand(refOf(job))) !== null) await states.recount(job._id);
  }

  /** The list cannot be read on: what is known of it is fetched all the same. False when that is nothing. */
  async endEarly(
    job: DownloadDoc,
    failure: Required<Pick<DownloadDoc, 'errorCode' | 'errorMessage'>>,
  ): Promise<boolean> {
    const { models, queue, states } = this.#deps;
    if (job.list === undefined || (await models.Download.exists({ parent: job._id })) === null) return false;
    if ((await queue.expand(refOf(job), failure)) === null) return false;
    await states.recount(job._id);
    return true;
  }

  /** After a start, and every now and then: what nobody saw. */
  async reconcile(): Promise<void> {
    await this.#deps.fanOut.resume();
    await this.#deps.states.reconcile();
  }

  async stop(): Promise<void> {
    await this.#deps.fanOut.stop();
    await this.#deps.states.stop();
  }

  /** What came in after a person had stopped the list is stopped too. */
  async #enforce({ _id }: DownloadDoc): Promise<void> {
    const { models, fanOut } = this.#deps;
    const parent = await models.Download.findById(_id).lean();
    const wish = parent?.list?.wish;
    if (parent === null || wish === undefined) return;
    await models.Download.updateOne(
      { _id, 'list.wish': wish },
      { $set: { 'list.fanOut': wish, 'list.open': true }, $inc: { 'list.rev': 1 } },
    );
    fanOut.begin(parent);
  }
}

function refOf({ _id, attempt }: DownloadDoc): JobRef {
  return { jobId: _id.toString(), attempt };
}
