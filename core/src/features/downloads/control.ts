import { isDuplicateKey } from '../../duplicate-key.ts';
import { CodedError } from '../../errors.ts';
import type { PlatformsService } from '../platforms/index.ts';
import { CHANGES, retryOf } from './control-changes.ts';
import type { Change } from './control-changes.ts';
import { send, withdraw } from './connections.ts';
import type { WorkerConnections } from './connections.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { DownloadEmitter } from './events.ts';
import type { Followers } from './followers.ts';
import type { DownloadDoc, DownloadModels } from './model.ts';
import { assertJobId, noDownload } from './job-id.rules.ts';
import { forgetPlatformAttempt } from './platform-outcome.ts';
import type { ProgressWriter } from './progress-writer.ts';
import { ON_ITS_WAY, statesFor, whyNot } from './state.rules.ts';
import type { Control } from './state.rules.ts';
import type { StoreStage } from './store-stage.ts';

interface Dependencies {
  readonly models: DownloadModels;
  readonly events: DownloadEmitter;
  readonly connections: WorkerConnections;
  readonly dispatcher: Dispatcher;
  readonly followers: Followers;
  readonly progress: ProgressWriter;
  readonly stage: StoreStage;
  readonly platforms: PlatformsService;
}

/** What is being put away is put away: seconds later it is there. */
const NOT_STORING = { $nor: [{ status: 'running' as const, stage: 'store' as const }] };
const CUTS_IN: ReadonlySet<Control> = new Set(['cancel', 'pause']);

/** What a person can do with a download. @throws MF_ERR_UNKNOWN · MF_ERR_STATE from each */
export class DownloadControl {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  async cancel(userId: string, jobId: string): Promise<DownloadDoc> {
    const before = await this.#change(userId, jobId, 'cancel', CHANGES.cancel());
    await this.#stopRunner(before, 'cancel');
    if (before.status !== 'running') await this.#deps.stage.sweep(jobId);
    return this.#after(before);
  }

  async pause(userId: string, jobId: string): Promise<DownloadDoc> {
    const before = await this.#change(userId, jobId, 'pause', CHANGES.pause());
    await this.#stopRunner(before, 'pause');
    return this.#after(before);
  }

  async resume(userId: string, jobId: string): Promise<DownloadDoc> {
    return this.#after(await this.#change(userId, jobId, 'resume', CHANGES.resume()));
  }

  async retry(userId: string, jobId: string): Promise<DownloadDoc> {
    const found = await this.#find(userId, jobId);
    try {
      return await this.#after(await this.#change(userId, jobId, 'retry', retryOf(found)));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new CodedError('MF_ERR_STATE', ON_ITS_WAY, { cause: error });
    }
  }

  /** Takes a download that is over off the list. */
  async dismiss(userId: string, jobId: string): Promise<void> {
    await this.#change(userId, jobId, 'dismiss', CHANGES.dismiss());
    this.#deps.events.emit('removed', { userId, jobId });
  }

  async #find(userId: string, jobId: string): Promise<DownloadDoc> {
    assertJobId(jobId);
    const found = await this.#deps.models.Download.findOne({ _id: jobId, user: userId }).lean();
    if (found === null) throw noDownload();
    return found;
  }

  /** The record as it was before the change. */
  async #change(userId: string, jobId: string, control: Control, update: Change): Promise<DownloadDoc> {
    assertJobId(jobId);
    const before = await this.#deps.models.Download.findOneAndUpdate(
      { _id: jobId, user: userId, status: { $in: [...statesFor(control)] }, ...(CUTS_IN.has(control) && NOT_STORING) },
      update,
      { returnDocument: 'before', lean: true },
    );
    if (before !== null) return before;
    throw new CodedError('MF_ERR_STATE', whyNot(await this.#find(userId, jobId)));
  }

  async #stopRunner(before: DownloadDoc, how: 'cancel' | 'pause'): Promise<void> {
    if (before.status !== 'running') return;
    await forgetPlatformAttempt(this.#deps.platforms, before);
    const ref = { jobId: before._id.toString(), attempt: before.attempt };
    const worker = this.#deps.connections.get(before.worker);
    if (worker === undefined) return;
    withdraw(worker, ref, before);
    send(worker, how === 'cancel' ? { type: 'cancel', ...ref, drop: true } : { type: 'pause', ...ref });
  }

  async #after(before: DownloadDoc): Promise<DownloadDoc> {
    const { _id } = before;
    this.#deps.progress.end(_id.toString());
    const now = await this.#deps.models.Download.findById(_id).lean().orFail();
    this.#deps.events.changed(now);
    await this.#deps.followers.release(_id);
    this.#deps.dispatcher.wake();
    return now;
  }
}
