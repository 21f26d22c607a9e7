import type { DownloadDoc } from './model.ts';
import { LEASE_MS } from './queue.ts';
import type { DownloadQueue } from './queue.ts';
import type { Slots } from './slots.ts';

/** What the platforms have to say before one of their downloads begins. */
export interface PlatformGate {
  /** Platforms of which nothing may begin now. */
  closed(): Promise<readonly string[]>;
  /** How many downloads of each platform may run at a time; one that is not named has no limit of its own. */
  limits(): Promise<ReadonlyMap<string, number>>;
  /** Asks for leave to begin this one now. False: not yet. */
  take(job: DownloadDoc): Promise<boolean>;
}

interface Dependencies {
  readonly queue: DownloadQueue;
  readonly slots: Slots;
  readonly gate: PlatformGate;
}

/** Finds the next download that may begin, and a slot for it. */
export class Claims {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** The next download in order whose platform lets it begin, now running on its slot; null when there is none. */
  async next(worker: string): Promise<DownloadDoc | null> {
    const { queue, slots, gate } = this.#deps;
    const closed = new Set(await gate.closed());
    const limits = await gate.limits();
    for (;;) {
      const job = await queue.peek([...closed]);
      if (job === null) return null;
      const { platform } = job.link;
      const slot = await slots.claim(LEASE_MS, { platform, limit: limits.get(platform) });
      if (slot === 'none') return null;
      if (slot === 'full') {
        closed.add(platform);
        continue;
      }
      const leave = await gate.take(job);
      const claimed = leave ? await queue.claim(job, slot, worker) : null;
      if (claimed !== null) return claimed;
      await slots.release({ slot: slot._id, fence: slot.fence });
      // Else somebody else was first, or a person has changed it: the next look shows what is left.
      if (!leave) closed.add(platform);
    }
  }
}
