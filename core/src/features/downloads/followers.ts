import type { Types } from 'mongoose';
import type { LibraryService } from '../library/index.ts';
import type { DownloadEmitter } from './events.ts';
import { linkOutcome } from './link-outcome.ts';
import { ACTIVE } from './model.ts';
import type { DownloadDoc, DownloadModels } from './model.ts';
import type { DownloadQueue } from './queue.ts';
import { LEADING, leads } from './state.rules.ts';

interface Dependencies {
  readonly models: DownloadModels;
  readonly library: LibraryService;
  readonly queue: DownloadQueue;
  readonly events: DownloadEmitter;
}

/** Downloads that wait for another one of the same post instead of fetching it twice. */
export class Followers {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Puts a running job behind another active one of the same key. False when there is none. */
  async join(job: DownloadDoc, key: string): Promise<boolean> {
    const { models, queue } = this.#deps;
    const leader = await models.Download.findOne({
      key,
      // Only for an older one: two that wait for each other would wait for ever.
      seq: { $lt: job.seq },
      ...LEADING,
      waitsFor: null,
    }).lean();
    if (leader === null) return false;
    const back = await queue.requeue({ jobId: job._id.toString(), attempt: job.attempt }, 0, {
      waitsFor: leader._id,
      key,
    });
    return back !== null;
  }

  /** The leader is over: its followers get its post, or fetch it themselves. */
  async release(leader: Types.ObjectId): Promise<void> {
    const { models, queue } = this.#deps;
    const followers = await models.Download.find({ waitsFor: leader, status: { $in: [...ACTIVE] } }).lean();
    if (followers.length === 0) return;
    const current = await queue.any(leader.toString());
    if (current !== null && leads(current)) return;
    for (const follower of followers) await this.settle(follower);
  }

  /** The same of many. */
  async releaseAll(leaders: readonly Types.ObjectId[]): Promise<void> {
    for (const leader of await followedOf(this.#deps.models, leaders)) await this.release(leader);
  }

  /** Lets those go whose leader ended unseen (a crash, another server). */
  async releaseOrphans(): Promise<void> {
    for (const follower of await orphansOf(this.#deps.models)) await this.settle(follower);
  }

  async settle(follower: DownloadDoc): Promise<void> {
    const { models, library, events } = this.#deps;
    const userId = follower.user.toString();
    const post = follower.key === undefined ? null : await library.findPost(userId, follower.key);
    const outcome = post === null ? undefined : await linkOutcome(library, post, follower);
    const changed = await models.Download.findOneAndUpdate(
      { _id: follower._id, status: { $in: ['queued', 'paused'] } },
      outcome === undefined
        ? { $unset: { waitsFor: 1 } }
        : { $set: { ...outcome, finishedAt: new Date() }, $unset: { waitsFor: 1, activeKey: 1 } },
      { returnDocument: 'after', lean: true },
    );
    if (changed !== null) events.ended(changed, post?.size);
  }
}

/** Those of them that others wait for. */
async function followedOf({ Download }: DownloadModels, leaders: readonly Types.ObjectId[]): Promise<Types.ObjectId[]> {
  const waiting = { waitsFor: { $in: [...leaders] }, status: { $in: [...ACTIVE] } };
  const found = await Download.find(waiting, { waitsFor: 1 }).lean();
  return [...new Map(found.flatMap(({ waitsFor }) => (waitsFor ? [[waitsFor.toString(), waitsFor]] : []))).values()];
}

/** Downloads whose leader is over, however that happened. */
async function orphansOf({ Download }: DownloadModels): Promise<DownloadDoc[]> {
  const waiting = await Download.find({ waitsFor: { $ne: null }, status: 'queued' }).lean();
  const leaders = await Download.find(
    { _id: { $in: waiting.flatMap(({ waitsFor }) => waitsFor ?? []) }, ...LEADING },
    { _id: 1 },
  ).lean();
  const active = new Set(leaders.map(({ _id }) => _id.toString()));
  return waiting.filter(({ waitsFor }) => waitsFor !== undefined && !active.has(waitsFor.toString()));
}
