import { CodedError } from '../../errors.ts';
import { assertJobId, noDownload } from './job-id.rules.ts';
import type { DownloadDoc, DownloadModels, DownloadStatus } from './model.ts';

const MAX_LIMIT = 200;

export interface DownloadPage {
  readonly items: DownloadDoc[];
  readonly nextCursor: string | null;
}

/** A person's downloads, newest first unless asked otherwise; the posts of a profile or a list in its own order. */
export class DownloadsQuery {
  readonly #download: DownloadModels['Download'];

  constructor(models: DownloadModels) {
    this.#download = models.Download;
  }

  /** @throws MF_ERR_VALIDATION for a cursor that is none */
  async page(
    userId: string,
    options: {
      statuses?: readonly DownloadStatus[];
      limit: number;
      cursor?: string;
      parent?: string;
      /** @default false */
      oldestFirst?: boolean;
    },
  ): Promise<DownloadPage> {
    const { statuses, cursor, parent } = options;
    // A list's own order is that of the list.
    const order = parent === undefined && options.oldestFirst !== true ? -1 : 1;
    if (parent !== undefined) await this.one(userId, parent);
    const limit = Math.min(Math.max(1, options.limit), MAX_LIMIT);
    if (cursor !== undefined && !/^\d{1,15}$/.test(cursor))
      throw new CodedError('MF_ERR_VALIDATION', 'This cursor belongs to another list.');
    const found = await this.#download
      .find({
        user: userId,
        parent: parent ?? null,
        // With the list go its posts, not one by one.
        ...(parent === undefined && { dismissed: false }),
        ...(statuses && { status: { $in: [...statuses] } }),
        ...(cursor !== undefined && { seq: order === 1 ? { $gt: Number(cursor) } : { $lt: Number(cursor) } }),
      })
      .sort({ seq: order })
      .limit(limit + 1)
      .lean();
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last === undefined ? null : String(last.seq) };
  }

  /** @throws MF_ERR_UNKNOWN also for somebody else's */
  async one(userId: string, jobId: string): Promise<DownloadDoc> {
    assertJobId(jobId);
    const found = await this.#download.findOne({ _id: jobId, user: userId }).lean();
    if (found === null) throw noDownload();
    return found;
  }

  /** Whoever's they are, in this order: for the owner of the machine. */
  async byIds(jobIds: readonly string[]): Promise<DownloadDoc[]> {
    const found = await this.#download.find({ _id: { $in: [...jobIds] } }).lean();
    return jobIds.flatMap((id) => found.find(({ _id }) => _id.toHexString() === id) ?? []);
  }

  async activeOfKey(userId: string, key: string): Promise<DownloadDoc | null> {
    return this.#download.findOne({ user: userId, key, status: { $in: ['queued', 'running', 'paused'] } }).lean();
  }

  async counts(userId: string): Promise<Record<'queued' | 'running' | 'paused' | 'failed' | 'completed', number>> {
    const statuses = ['queued', 'running', 'paused', 'failed', 'completed'] as const;
    const counted = await Promise.all(
      statuses.map(
        async (status) =>
          [
            status,
            await this.#download.countDocuments({ user: userId, parent: null, status, dismissed: false }),
          ] as const,
      ),
    );
    return Object.fromEntries(counted) as Record<(typeof statuses)[number], number>;
  }
}
