import type { Types } from 'mongoose';
import { CodedError } from '../../../errors.ts';
import type { MediaDoc, MediaService } from '../../media/index.ts';
import type { MediaRoot } from '../../system/index.ts';
import type { LibraryEmitter, RenditionEvent } from '../events.ts';
import type { LibraryEntry, LibraryQuery } from '../library-query.ts';
import type { Limits } from '../limits.ts';
import { renditionOf } from '../listed-media.rules.ts';
import type { LibraryModels, PostDoc, PostItem, PostRendition } from '../models.ts';
import { judgeFailure } from './failed-render.rules.ts';
import type { Render } from './render.ts';
import type { LeasedJob, RenditionQueue } from './rendition-queue.ts';
import { cancelledState, jobState, readyState, underWay } from './rendition-state.ts';
import type { RenditionState } from './rendition-state.ts';
import type { RenditionStore } from './rendition-store.ts';

/** Milliseconds between two notes of how far it is. */
const NOTE_MS = 500;

type Found = LibraryEntry & { readonly item: PostItem };

/** That a job is still this server's. */
interface Hold {
  /** Aborted when it is not. */
  readonly signal: AbortSignal;
  /** Takes the word of a change that counts only as long as it is. */
  readonly holding: (held: Promise<boolean>) => void;
}

interface Dependencies {
  readonly models: Pick<LibraryModels, 'Post'>;
  readonly queue: RenditionQueue;
  readonly store: RenditionStore;
  readonly media: MediaService;
  readonly mediaRoot: Pick<MediaRoot, 'mounted' | 'space'>;
  readonly query: LibraryQuery;
  readonly limits: Limits;
  readonly events: LibraryEmitter;
  readonly server: string;
  readonly onError: (error: unknown) => void;
}

/**
 * Makes items playable that people ask for, one at a time on each server, by a worker. A job is asked for again until it has
 * an end: after a restart, and when its worker dies.
 */
export class Renditions {
  readonly #deps: Dependencies;
  readonly #stopping = new AbortController();
  #render: Render | undefined;
  #working: Promise<void> | undefined;
  #woken = false;
  /** The job that this server works on, and what ends it. */
  #inHand: { readonly id: Types.ObjectId; readonly lost: AbortController } | undefined;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Says who makes them; a process without workers has nobody. */
  renderBy(render: Render): void {
    this.#render = render;
  }

  /**
   * Asks for one of the person's own items; asked twice it is one job.
   * @param index of the item
   * @throws MF_ERR_UNKNOWN · MF_ERR_FORBIDDEN for what somebody else shares · MF_ERR_STATE for what is no video
   * · MF_ERR_TOO_MANY_REQUESTS when the person waits for many already
   */
  async ask(userId: string, linkId: string, index: number): Promise<RenditionState> {
    const found = await this.#find(userId, linkId, index);
    const { post, item, foreign } = found;
    if (foreign) throw new CodedError('MF_ERR_FORBIDDEN', 'Only who keeps a post can have it made playable.');
    if (item.kind !== 'video') throw new CodedError('MF_ERR_STATE', 'Only videos are made playable.');
    const there = await this.#formOf(post, item.media);
    if (there !== undefined) return readyState({ id: linkId, index }, there);
    await this.#deps.queue.add({ post: post._id, media: item.media, user: found.link.user });
    this.#tell(post._id, item.media);
    this.wake();
    return (await this.#stateOf(found)) ?? underWay({ id: linkId, index });
  }

  /**
   * A person wants it no more. It ends when nobody else waits for it, and is not being put into the store: what it comes
   * to is decided once. Said again it changes nothing.
   * @throws MF_ERR_UNKNOWN
   */
  async cancel(userId: string, linkId: string, index: number): Promise<RenditionState> {
    const found = await this.#find(userId, linkId, index);
    const { post, item, link } = found;
    const ended = await this.#deps.queue.leave({ post: post._id, media: item.media, user: link.user });
    // On another server it ends with its next word.
    if (ended !== null && this.#inHand?.id.equals(ended._id)) this.#inHand.lost.abort();
    this.#tell(post._id, item.media);
    return (await this.#stateOf(found)) ?? cancelledState({ id: linkId, index });
  }

  /** Null when nobody has asked for it. @throws MF_ERR_UNKNOWN */
  async state(userId: string, linkId: string, index: number): Promise<RenditionState | null> {
    return this.#stateOf(await this.#find(userId, linkId, index));
  }

  /** What an event means for a person; undefined when it is about a post that is not theirs. */
  async stateAfter(userId: string, { post, media }: RenditionEvent): Promise<RenditionState | undefined> {
    const entry = await this.#deps.query.entryOfPost(userId, post);
    const item = entry?.post.items.find((each) => each.media.equals(media));
    if (entry === null || item === undefined) return undefined;
    const which = { id: entry.link._id.toHexString(), index: item.index };
    return (await this.#stateOf({ ...entry, item })) ?? cancelledState(which);
  }

  async isRunning(jobId: string): Promise<boolean> {
    return this.#deps.queue.isRunning(jobId);
  }

  /** There may be something to do, or somebody who can do it. */
  wake(): void {
    const render = this.#render;
    if (this.#stopping.signal.aborted || render === undefined) return;
    this.#woken = true;
    this.#working ??= this.#work(render)
      .catch(this.#deps.onError)
      .finally(() => {
        this.#working = undefined;
        // Somebody woke it as it ended.
        if (this.#woken) this.wake();
      });
  }

  /** After a start: nobody works on what this server had in hand. */
  async recover(): Promise<void> {
    await this.#deps.queue.requeueOwn(this.#deps.server);
  }

  /** Ends what runs; it is asked for again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
  }

  async #work(render: Render): Promise<void> {
    const next = async (): Promise<LeasedJob | null> =>
      this.#stopping.signal.aborted ? null : this.#deps.queue.claim();
    while (this.#woken) {
      this.#woken = false;
      for (let job = await next(); job !== null; job = await next()) if (!(await this.#run(job, render))) break;
    }
  }

  /** @returns whether others may be tried now */
  async #run(job: LeasedJob, render: Render): Promise<boolean> {
    const { queue, onError } = this.#deps;
    const lost = new AbortController();
    // What is gone, because nobody keeps its post any more, or another server's, is not worked on.
    const holding = (held: Promise<boolean>): void =>
      void held.then((holds) => (holds ? undefined : lost.abort()), onError);
    this.#inHand = { id: job._id, lost };
    const renewal = setInterval(() => holding(queue.renew(job)), queue.renewalMs).unref();
    try {
      this.#tell(job.post, job.media);
      await this.#make(job, render, { signal: lost.signal, holding });
      await queue.end(job);
      return true;
    } catch (error) {
      return lost.signal.aborted || (await this.#failed(job, error));
    } finally {
      clearInterval(renewal);
      this.#inHand = undefined;
      this.#tell(job.post, job.media);
    }
  }

  async #failed(job: LeasedJob, error: unknown): Promise<boolean> {
    const { queue, onError } = this.#deps;
    const verdict = judgeFailure(error, job.tries);
    if (this.#stopping.signal.aborted || verdict.kind === 'later') {
      const [untried, heldReason] = verdict.kind === 'later' ? [verdict.untried, verdict.heldReason] : [true];
      await queue.putBack(job, untried || this.#stopping.signal.aborted, heldReason);
      return false;
    }
    if (verdict.unexpected) onError(error);
    await queue.fail(job, verdict.errorCode, verdict.message);
    return true;
  }

  async #make(job: LeasedJob, render: Render, { signal, holding }: Hold): Promise<void> {
    const { models, queue, media, mediaRoot, limits, store } = this.#deps;
    const post: PostDoc | null = await models.Post.findOne({ _id: job.post, state: 'ready' }).lean();
    const original = await media.byId(job.media);
    const isListed = post?.items.some((item) => item.media.equals(job.media)) === true;
    // It went meanwhile, or somebody else has made it.
    if (post === null || original?.state !== 'ready' || !isListed) return;
    if (!(await mediaRoot.mounted())) throw new CodedError('MF_ERR_MOUNT_MISSING', 'The media folder is not mounted.');
    if ((await this.#formOf(post, job.media)) !== undefined) return;
    await assertRoom(original, mediaRoot, limits);
    const report = this.#reporter(job, holding);
    await using made = await render({
      jobId: job._id.toHexString(),
      attempt: job.attempt,
      media: original,
      signal: AbortSignal.any([this.#stopping.signal, signal]),
      onProgress: report,
    });
    if (await queue.store(job)) await store.add(post, original, made);
  }

  #reporter(job: LeasedJob, holding: Hold['holding']): (progress: number) => void {
    let noted = 0;
    return (progress) => {
      if (performance.now() - noted < NOTE_MS) return;
      noted = performance.now();
      const noting = this.#deps.queue.report(job, progress);
      holding(noting);
      void noting.then(() => this.#tell(job.post, job.media)).catch(() => undefined);
    };
  }

  /** The form that an item has, when it is still in the store: a lost one can be made again. */
  async #formOf(post: PostDoc, media: Types.ObjectId): Promise<PostRendition | undefined> {
    const form = renditionOf(post, { media });
    const stored = form && (await this.#deps.media.byId(form.media));
    const isThere = stored?.state === 'ready' && (await this.#deps.media.files.isPublished(stored));
    return isThere ? form : undefined;
  }

  async #find(userId: string, linkId: string, index: number): Promise<Found> {
    const entry = await this.#deps.query.entry(userId, linkId, ['active', 'trashed']);
    const item = entry?.post.items.find((each) => each.index === index);
    if (entry === null || item === undefined) throw new CodedError('MF_ERR_UNKNOWN');
    return { ...entry, item };
  }

  async #stateOf({ link, post, item }: Found): Promise<RenditionState | null> {
    const which = { id: link._id.toHexString(), index: item.index };
    const { queue } = this.#deps;
    const job = await queue.find(post._id, item.media);
    const { user } = link;
    if (job?.status === 'queued') {
      const [ahead, heldReason = null] = await Promise.all([queue.before(job), queue.heldReason()]);
      return jobState(which, job, { user, ahead, heldReason });
    }
    if (job !== null) return jobState(which, job, { user });
    const rendition = await this.#formOf(post, item.media);
    return rendition === undefined ? null : readyState(which, rendition);
  }

  #tell(post: Types.ObjectId, media: Types.ObjectId): void {
    this.#deps.events.emit('rendition', { post, media });
  }
}

/** A copy of the file and what is made of it, beside the reserve. @throws MF_ERR_DISK_FULL */
async function assertRoom({ size }: MediaDoc, mediaRoot: Pick<MediaRoot, 'space'>, limits: Limits): Promise<void> {
  const { free } = await mediaRoot.space();
  if (free < (await limits.reserveBytes()) + 2 * size)
    throw new CodedError('MF_ERR_DISK_FULL', 'There is no room for another form of this file in the media folder.');
}
