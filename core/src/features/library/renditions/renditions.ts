import type { Types } from 'mongoose';
import { CodedError, isFailure } from '../../../errors.ts';
import type { MediaDoc, MediaService } from '../../media/index.ts';
import type { MediaRoot } from '../../system/index.ts';
import type { LibraryEmitter, RenditionEvent } from '../events.ts';
import type { LibraryEntry, LibraryQuery } from '../library-query.ts';
import type { Limits } from '../limits.ts';
import { renditionOf } from '../listed-media.rules.ts';
import type { LibraryModels, PostDoc, PostItem } from '../models.ts';
import type { RenditionView } from '../view.ts';
import { renditionView } from '../view.ts';
import type { Render } from './render.ts';
import type { LeasedJob, RenditionQueue } from './rendition-queue.ts';
import type { RenditionStore } from './rendition-store.ts';

/** Times that a job may lose its worker until it is given up. */
const MAX_TRIES = 5;
/** Milliseconds between two notes of how far it is. */
const NOTE_MS = 500;

/** How it stands with making an item playable. */
export interface RenditionState {
  /** Id of the person's link. */
  readonly id: string;
  /** Of the item. */
  readonly index: number;
  readonly status: 'queued' | 'running' | 'failed' | 'ready';
  /** 0-100. */
  readonly progress: number;
  /** Jobs before it in the queue. */
  readonly ahead: number;
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly rendition: RenditionView | null;
}

type Found = LibraryEntry & { readonly item: PostItem };

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
   */
  async ask(userId: string, linkId: string, index: number): Promise<RenditionState> {
    const found = await this.#find(userId, linkId, index);
    const { post, item, foreign } = found;
    if (foreign) throw new CodedError('MF_ERR_FORBIDDEN', 'Only who keeps a post can have it made playable.');
    if (item.kind !== 'video') throw new CodedError('MF_ERR_STATE', 'Only videos are made playable.');
    if (renditionOf(post, item) === undefined) {
      await this.#deps.queue.add(post._id, item.media);
      this.#tell(post._id, item.media);
      this.wake();
    }
    return (await this.#stateOf(found)) ?? { id: linkId, index, ...UNDER_WAY };
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
    return (await this.#stateOf({ ...entry, item })) ?? undefined;
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
    const renewal = setInterval(() => void queue.renew(job).catch(onError), queue.renewalMs).unref();
    try {
      this.#tell(job.post, job.media);
      await this.#make(job, render);
      await queue.end(job);
      return true;
    } catch (error) {
      return await this.#failed(job, error);
    } finally {
      clearInterval(renewal);
      this.#tell(job.post, job.media);
    }
  }

  async #failed(job: LeasedJob, error: unknown): Promise<boolean> {
    const { queue, onError } = this.#deps;
    const nobody = error instanceof CodedError && error.code === 'MF_ERR_UNAVAILABLE';
    if (this.#stopping.signal.aborted || (nobody && job.tries < MAX_TRIES)) {
      await queue.putBack(job, this.#stopping.signal.aborted || error instanceof Untried);
      return false;
    }
    if (nobody) await queue.fail(job, 'MF_ERR_INTERNAL', 'Its worker went away again and again.');
    else if (isFailure(error)) await queue.fail(job, error.code, error.message);
    else {
      onError(error);
      await queue.fail(job, codeOf(error), 'The file could not be made playable.');
    }
    return true;
  }

  async #make(job: LeasedJob, render: Render): Promise<void> {
    const { models, media, mediaRoot, limits, store } = this.#deps;
    const post: PostDoc | null = await models.Post.findOne({ _id: job.post, state: 'ready' }).lean();
    const original = await media.byId(job.media);
    const isListed = post?.items.some((item) => item.media.equals(job.media)) === true;
    // It went meanwhile, or somebody else has made it.
    if (post === null || original?.state !== 'ready' || !isListed) return;
    if (renditionOf(post, { media: job.media }) !== undefined) return;
    if (!(await mediaRoot.mounted())) throw new CodedError('MF_ERR_MOUNT_MISSING', 'The media folder is not mounted.');
    await assertRoom(original, mediaRoot, limits);
    const report = this.#reporter(job);
    await using made = await render({
      jobId: job._id.toHexString(),
      attempt: job.attempt,
      media: original,
      signal: this.#stopping.signal,
      onProgress: report,
    });
    await store.add(post, original, made);
  }

  #reporter(job: LeasedJob): (progress: number) => void {
    let noted = 0;
    return (progress) => {
      if (performance.now() - noted < NOTE_MS) return;
      noted = performance.now();
      void this.#deps.queue.report(job, progress).then(() => this.#tell(job.post, job.media), this.#deps.onError);
    };
  }

  async #find(userId: string, linkId: string, index: number): Promise<Found> {
    const entry = await this.#deps.query.entry(userId, linkId, ['active', 'trashed']);
    const item = entry?.post.items.find((each) => each.index === index);
    if (entry === null || item === undefined) throw new CodedError('MF_ERR_UNKNOWN');
    return { ...entry, item };
  }

  async #stateOf({ link, post, item }: Found): Promise<RenditionState | null> {
    const which = { id: link._id.toHexString(), index: item.index };
    const rendition = renditionOf(post, item);
    if (rendition !== undefined)
      return { ...which, ...UNDER_WAY, status: 'ready', progress: 100, rendition: renditionView(rendition) };
    const job = await this.#deps.queue.find(post._id, item.media);
    if (job === null) return null;
    return {
      ...which,
      status: job.status,
      progress: job.progress,
      ahead: job.status === 'queued' ? await this.#deps.queue.before(job) : 0,
      errorCode: job.errorCode ?? null,
      message: job.message ?? null,
      rendition: null,
    };
  }

  #tell(post: Types.ObjectId, media: Types.ObjectId): void {
    this.#deps.events.emit('rendition', { post, media });
  }
}

/** It ended between the asking and the looking: the next look shows how. */
const UNDER_WAY: Omit<RenditionState, 'id' | 'index'> = {
  status: 'running',
  progress: 0,
  ahead: 0,
  errorCode: null,
  message: null,
  rendition: null,
};

/** Nobody was there to ask: that says nothing of the file. */
export class Untried extends CodedError {}

function codeOf(error: unknown): 'MF_ERR_DISK_FULL' | 'MF_ERR_INTERNAL' {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'MF_ERR_DISK_FULL' : 'MF_ERR_INTERNAL';
}

/** A copy of the file and what is made of it, beside the reserve. @throws MF_ERR_DISK_FULL */
async function assertRoom({ size }: MediaDoc, mediaRoot: Pick<MediaRoot, 'space'>, limits: Limits): Promise<void> {
  const { free } = await mediaRoot.space();
  if (free < (await limits.reserveBytes()) + 2 * size)
    throw new CodedError('MF_ERR_DISK_FULL', 'There is no room for another form of this file in the media folder.');
}
