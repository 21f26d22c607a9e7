import { Types } from 'mongoose';
import { CodedError } from '../../errors.ts';
import type { MediaRoot, Settings } from '../system/index.ts';
import type { LibraryModels } from './models.ts';

const MB = 1024 * 1024;
const GB = 1e9;

interface Dependencies {
  readonly models: LibraryModels;
  readonly settings: Pick<Settings, 'read'>;
  readonly mediaRoot: Pick<MediaRoot, 'space'>;
}

/** How much may come in: of the disk, of one file, of one person. */
export class Limits {
  readonly #deps: Dependencies;

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

  /** Bytes that a person keeps, the trash included; what two people keep counts for both. */
  async usedBy(userId: string): Promise<number> {
    const [total] = await this.#deps.models.Link.aggregate<{ bytes: number }>([
      { $match: { user: new Types.ObjectId(userId) } },
      { $group: { _id: null, bytes: { $sum: '$size' } } },
    ]);
    return total?.bytes ?? 0;
  }

  /** @throws MF_ERR_DISK_FULL when only the reserve is left · MF_ERR_QUOTA when so many bytes more are too many */
  async assertRoom(userId: string, bytes: number): Promise<void> {
    const { free } = await this.#deps.mediaRoot.space();
    if (free < (await this.reserveBytes()))
      throw new CodedError('MF_ERR_DISK_FULL', 'The media folder is full: only the reserve is left.');
    await this.assertQuota(userId, bytes);
  }

  /** @throws MF_ERR_QUOTA when a person would keep more than they may */
  async assertQuota(userId: string, bytes: number): Promise<void> {
    const { quotaGb } = await this.#deps.settings.read();
    // Nobody is measured who has no limit.
    if (quotaGb !== null && (await this.usedBy(userId)) + bytes > quotaGb * GB)
      throw new CodedError('MF_ERR_QUOTA', `You may keep ${quotaGb} GB, and this would be more.`);
  }
}
