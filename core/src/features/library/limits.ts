import { Types } from 'mongoose';
import { CodedError } from '../../errors.ts';
import type { MediaRoot, Settings } from '../system/index.ts';
import { Remembered } from './listing/remembered.ts';
import type { LibraryModels } from './models.ts';

const MB = 1024 * 1024;
const GB = 1e9;
/** How long a sum is believed, while it is far from the limit. */
const FRESH_MS = 5 * 60_000;
const MOST_PEOPLE = 1_000;
/** Share of the limit from which on what a person keeps is added up anew: other servers take in as well. */
const NEAR = 0.9;
/** Share of the reserve that is free beyond it when a download may begin; less is the ebb and flow of small files. */
const HEADROOM = 1 / 8;

interface Dependencies {
  readonly models: LibraryModels;
  readonly settings: Pick<Settings, 'read'>;
  readonly mediaRoot: Pick<MediaRoot, 'space'>;
}

/** Of the media's disk. */
export interface Room {
  /** Bytes that are free besides the reserve. */
  readonly beyondReserve: number;
  /** Nothing new is to be begun: what there is beyond the reserve is soon used up. */
  readonly isFull: boolean;
}

/** How much may come in: of the disk, of one file, of one person. */
export class Limits {
  readonly #deps: Dependencies;
  /** What a person kept at some time, and what was let in here since; what went meanwhile is still in it. */
  readonly #kept = new Remembered<{ bytes: number }>(FRESH_MS, MOST_PEOPLE);

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** Largest file of a post, in bytes. */
  async maxFileBytes(): Promise<number> {
    return (await this.#deps.settings.read()).maxFileMb * MB;
  }

  /** Room that stays free on the media's disk, in bytes. */
  async reserveBytes(): Promise<number> {
    return (await this.#deps.settings.read()).reserveMb * MB;
  }

  /** What is free on the media's disk. */
  async room(): Promise<Room> {
    const reserve = await this.reserveBytes();
    // A share that cannot say it now says so to whoever writes.
    const { free } = await this.#deps.mediaRoot.space().catch(() => ({ free: Number.MAX_SAFE_INTEGER }));
    return { beyondReserve: free - reserve, isFull: free < reserve * (1 + HEADROOM) };
  }

  /** Bytes that must be free beyond the reserve before what has just not fitted is worth another try: some more than now. */
  async bytesForMore(): Promise<number> {
    const { beyondReserve } = await this.room();
    return Math.min(Number.MAX_SAFE_INTEGER, beyondReserve + Math.max(MB, (await this.reserveBytes()) * HEADROOM));
  }

  /** Bytes that a person keeps, the trash included; what two people keep counts for both. */
  async usedBy(userId: string): Promise<number> {
    const [total] = await this.#deps.models.Link.aggregate<{ bytes: number }>([
      { $match: { user: new Types.ObjectId(userId) } },
      { $group: { _id: null, bytes: { $sum: '$size' } } },
    ]);
    return total?.bytes ?? 0;
  }

  /** @throws MF_ERR_DISK_FULL when only the reserve is left · MF_ERR_QUOTA when so many bytes more are too many */
  async assertRoom(userId: string, bytes: number | (() => Promise<number>)): Promise<void> {
    const { free } = await this.#deps.mediaRoot.space();
    if (free < (await this.reserveBytes()))
      throw new CodedError('MF_ERR_DISK_FULL', 'The media folder is full: only the reserve is left.');
    await this.assertQuota(userId, bytes);
  }

  /**
   * Exact near the limit. Far from it a sum of the last minutes does, so that not every post adds up all others: a person
   * gets beyond the limit only when other servers let in a tenth of it meanwhile.
   * @param size asked for only where there is a limit
   * @throws MF_ERR_QUOTA when a person would keep more than they may
   */
  async assertQuota(userId: string, size: number | (() => Promise<number>)): Promise<void> {
    const { quotaGb } = await this.#deps.settings.read();
    // Nobody is measured who has no limit.
    if (quotaGb === null) return;
    const bytes = typeof size === 'number' ? size : await size();
    const limit = quotaGb * GB;
    const kept = await this.#kept.get(userId, async () => ({ bytes: await this.usedBy(userId) }));
    if (kept.bytes + bytes > limit * NEAR) {
      kept.bytes = await this.usedBy(userId);
      if (kept.bytes + bytes > limit)
        throw new CodedError('MF_ERR_QUOTA', `You may keep ${quotaGb} GB, and this would be more.`);
    }
    kept.bytes += bytes;
  }
}
