import { randomUUID } from 'node:crypto';
import type { QueryFilter, Types } from 'mongoose';
import { labelOf } from '../listing/list-facts.rules.ts';
import type { LibraryModels } from '../models.ts';
import type { TagDoc } from './tag-model.ts';

const SUGGESTED = 50;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** Which tags a person has, and how many posts each. Counted anew after each change, as folders are. */
export class TagsService {
  readonly #models: Pick<LibraryModels, 'Tag' | 'Link'>;

  constructor(models: Pick<LibraryModels, 'Tag' | 'Link'>) {
    this.#models = models;
  }

  /** Tags that begin so, the most used first. */
  async suggest(userId: string, prefix = '', limit = 20): Promise<TagDoc[]> {
    const label = labelOf(prefix);
    const beginning = label === '' ? {} : { label: new RegExp(`^${label.replace(SPECIAL, '\\$&')}`) };
    return this.#models.Tag.find({ user: userId, count: { $gt: 0 }, ...beginning })
      .sort({ count: -1, label: 1 })
      .limit(Math.min(Math.max(1, limit), SUGGESTED))
      .lean();
  }

  /** Makes tags known that posts have already; {@link reconcile} counts them. */
  async know(user: Types.ObjectId, names: readonly string[]): Promise<void> {
    const byLabel = byLabelOf(names);
    if (byLabel.size > 0) await this.#mark(user, byLabel);
  }

  /** Runs a change of which posts have these tags. */
  async around<T>(user: Types.ObjectId, names: readonly string[], change: () => Promise<T>): Promise<T> {
    const byLabel = byLabelOf(names);
    if (byLabel.size === 0) return change();
    await this.#mark(user, byLabel);
    try {
      return await change();
    } finally {
      await this.#recount({ user, label: { $in: [...byLabel.keys()] }, stale: { $exists: true } });
    }
  }

  /** Counts what a crash left marked. */
  async reconcile(): Promise<void> {
    await this.#recount({ stale: { $exists: true } });
  }

  async #mark(user: Types.ObjectId, byLabel: ReadonlyMap<string, string>): Promise<void> {
    const stale = randomUUID();
    await this.#models.Tag.bulkWrite(
      [...byLabel].map(([label, name]) => ({
        updateOne: {
          filter: { user, label },
          update: { $set: { stale }, $setOnInsert: { name, count: 0 } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  async #recount(which: QueryFilter<TagDoc>): Promise<void> {
    const { Tag, Link } = this.#models;
    for (const { _id, user, label, stale = '' } of await Tag.find(which).lean()) {
      const count = await Link.countDocuments({ user, state: 'active', labels: label });
      await Tag.updateOne({ _id, stale }, { $set: { count }, $unset: { stale: 1 } });
    }
  }
}

function byLabelOf(names: readonly string[]): Map<string, string> {
  const byLabel = new Map(names.map((name) => [labelOf(name), name]));
  byLabel.delete('');
  return byLabel;
}
