import type { LinkMatch } from '@mediafetcher/sdk';
import type { DownloadEmitter } from './events.ts';
import type { DownloadDoc, DownloadModels } from './model.ts';
import { wishedKey } from './wished-key.rules.ts';

/** What goes first: a person's click, then what that click has found (the posts of a profile), then what runs by itself. */
export const PRIORITY = { person: 100, child: 50, follow: 10 } as const;

/** How a person wants a post to be fetched. */
export type Wishes = Pick<DownloadDoc, 'options' | 'headers' | 'account' | 'priority' | 'filing'>;

/** Makes the records of downloads. */
export class DownloadRecords {
  readonly #models: DownloadModels;
  readonly #events: DownloadEmitter;

  constructor(models: DownloadModels, events: DownloadEmitter) {
    this.#models = models;
    this.#events = events;
  }

  /** A record that waits for its turn; nothing is stored yet. */
  async draft(user: string, url: string, link: LinkMatch, wishes: Wishes) {
    const now = new Date();
    return {
      user,
      url,
      link,
      ...(link.key !== undefined && { key: wishedKey(link.key, wishes.options) }),
      ...wishes,
      status: 'queued' as const,
      progress: 0,
      indeterminate: false,
      attempt: 0,
      attemptBase: 0,
      seq: await this.#nextSeq(),
      notBefore: now,
      usesCookies: false,
      meta: {},
      dismissed: false,
      createdAt: now,
    };
  }

  async create(record: object): Promise<DownloadDoc> {
    const created = await this.#models.Download.create(record as DownloadDoc);
    const download = created.toObject();
    this.#events.changed(download);
    return download;
  }

  async #nextSeq(): Promise<number> {
    const counter = await this.#models.Counter.findOneAndUpdate(
      { _id: 'downloads' },
      { $inc: { value: 1 } },
      { upsert: true, returnDocument: 'after', lean: true },
    ).orFail();
    return counter.value;
  }
}
