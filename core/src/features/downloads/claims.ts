import type { QueryFilter } from 'mongoose';
import type { DownloadDoc } from './model.ts';
import { LEASE_MS } from './queue.ts';
import type { DownloadQueue, Leave } from './queue.ts';
import type { Slots } from './slots.ts';

/** What the platforms have to say before one of their downloads begins. */
export interface PlatformGate {
  /** Downloads of which none may begin now. */
  closed(): Promise<readonly QueryFilter<DownloadDoc>[]>;
  /** Whether there is room now for one that has not fitted on the disk before; `blind`: none, but its time has come. */
  roomFor(job: DownloadDoc): Promise<'enough' | 'blind' | 'none'>;
  /** How many downloads of each platform may run at a time; one that is not named has no limit of its own. */
  limits(): Promise<ReadonlyMap<string, number>>;
  /** Asks for leave to begin this one now. Undefined: not yet. */
  take(job: DownloadDoc): Promise<Leave | undefined>;
  /** The leave that this attempt had is not used. */
  giveBack(job: DownloadDoc): Promise<void>;
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

  /** The download did not get as far as the platform. */
  async giveBack(job: DownloadDoc): Promise<void> {
    await this.#deps.gate.giveBack(job);
  }

  /** The next download in order whose platform lets it begin, now running on its slot; null when there is none. */
  async next(worker: string): Promise<DownloadDoc | null> {
    const { queue, slots, gate } = this.#deps;
    const closed = [...(await gate.closed())];
    const limits = await gate.limits();
    for (;;) {
      const job = await queue.peek(closed);
      if (job === null) return null;
      const room = await gate.roomFor(job);
      if (room === 'none') {
        // It has come back since we looked at what may not begin.
        closed.push({ _id: job._id });
        continue;
      }
      const { platform } = job.link;
      const slot = await slots.claim(LEASE_MS, { platform, limit: limits.get(platform) });
      if (slot === 'none') return null;
      if (slot === 'full') {
        closed.push({ 'link.platform': platform });
        continue;
      }
      const leave = await gate.take(job);
      const claimed =
        leave === undefined ? null : await queue.claim(job, slot, { worker, isBlind: room === 'blind', ...leave });
      if (claimed !== null) return claimed;
      await slots.release({ slot: slot._id, fence: slot.fence });
      if (leave === undefined) closed.push({ 'link.platform': platform, user: job.user });
      // Somebody else was first, or a person has changed it: the next look shows what is left.
      else await gate.giveBack({ ...job, usedAccount: leave.account, attempt: job.attempt + 1 });
    }
  }
}
