import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Staged } from '../../channel/messages.ts';
import type { MediaRoot } from '../system/index.ts';
import type { DownloadDoc } from './model.ts';
import type { HeldQueue } from './held-queue.ts';

interface Dependencies {
  readonly held: HeldQueue;
  readonly mediaRoot: MediaRoot;
  /** Puts a staged post away, as when its worker had just handed it in. */
  readonly store: (message: Staged) => Promise<void>;
}

/** Downloads that wait for the media folder. */
export class HeldResults {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Puts away what was staged before the folder went, once it is back. The rest is assigned again by the dispatcher. */
  async release(): Promise<void> {
    const { held, mediaRoot } = this.#deps;
    for (const job of await held.all()) {
      if (await mediaRoot.mounted()) await this.#goOn(job);
      else if (job.heldUntil === undefined || job.heldUntil.getTime() <= Date.now()) await held.holdLonger(job);
    }
  }

  async #goOn(job: DownloadDoc): Promise<void> {
    const { held, store } = this.#deps;
    if (job.staged === undefined) return;
    if (!(await this.#isStaged(job))) return held.forgetStaged(job);
    const taken = await held.take(job);
    if (taken?.staged === undefined) return;
    const { _id, attempt, staged } = taken;
    await store({ type: 'staged', jobId: _id.toString(), attempt, result: staged });
  }

  /** Part of it may have been published when the folder went, and let go again since. */
  async #isStaged({ _id, attempt, staged }: DownloadDoc): Promise<boolean> {
    const directory = join(this.#deps.mediaRoot.staging, _id.toString(), String(attempt));
    const paths = staged?.items.map(({ path }) => join(directory, path)) ?? [];
    const found = await Promise.allSettled(paths.map(async (path) => access(path)));
    return found.every(({ status }) => status === 'fulfilled');
  }
}
