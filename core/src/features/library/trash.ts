import type { Types } from 'mongoose';
import { CodedError } from '../../errors.ts';
import type { LibraryModels, LinkDoc } from './models.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The trash keeps everything: a link changes its state, no count and no file does. Each change is compare-and-set. */
export class Trash {
  readonly #models: LibraryModels;

  constructor(models: LibraryModels) {
    this.#models = models;
  }

  /** What is in the trash already stays as it is. @throws MF_ERR_UNKNOWN */
  async put(linkId: string, userId: string): Promise<LinkDoc> {
    return this.#change(linkId, userId, 'trashed', { $set: { state: 'trashed', trashedAt: new Date() } });
  }

  /** @throws MF_ERR_UNKNOWN also when it was just emptied */
  async restore(linkId: string, userId: string): Promise<LinkDoc> {
    return this.#change(linkId, userId, 'active', { $set: { state: 'active' }, $unset: { trashedAt: 1 } });
  }

  /** Ids of what is in a person's trash now. */
  async idsOf(userId: string): Promise<Types.ObjectId[]> {
    const links = await this.#models.Link.find({ user: userId, state: 'trashed' }, { _id: 1 }).lean();
    return links.map(({ _id }) => _id);
  }

  /** Some that have been in the trash for longer than so many days. */
  async overdue(days: number, limit: number): Promise<LinkDoc[]> {
    const before = new Date(Date.now() - days * DAY_MS);
    return this.#models.Link.find({ state: 'trashed', trashedAt: { $lte: before } })
      .sort({ trashedAt: 1 })
      .limit(limit)
      .lean();
  }

  async #change(linkId: string, userId: string, to: 'active' | 'trashed', update: object): Promise<LinkDoc> {
    const from = to === 'active' ? 'trashed' : 'active';
    const { Link } = this.#models;
    const own = { _id: linkId, user: userId };
    const changed = await Link.findOneAndUpdate({ ...own, state: from }, update, {
      returnDocument: 'after',
      lean: true,
    });
    const link = changed ?? (await Link.findOne({ ...own, state: to }).lean());
    if (link === null) throw new CodedError('MF_ERR_UNKNOWN', 'This post is not in your library.');
    return link;
  }
}
