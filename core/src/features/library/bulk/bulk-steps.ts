import { Types } from 'mongoose';
import type { LinkDoc } from '../models.ts';
import { applyBulk } from './bulk-actions.ts';
import type { BulkTools } from './bulk-actions.ts';
import type { BulkDoc, BulkModels, BulkStepDoc } from './bulk-model.ts';
import { CodedError } from '../../../errors.ts';
import { undoOf } from './bulk-undo.rules.ts';

/** What the posts of each batch were before, kept by the job for taking it back. */
export class BulkSteps {
  readonly #model: BulkModels['BulkStep'];

  constructor({ BulkStep }: Pick<BulkModels, 'BulkStep'>) {
    this.#model = BulkStep;
  }

  /** Notes what some links are, before a job changes them. */
  async note({ _id: job, user, action, options }: BulkDoc, links: readonly LinkDoc[]): Promise<void> {
    // A batch that a crash left half done comes again: what it had changed by then is not changed any more.
    const undo = undoOf(action, options, links);
    if (undo.length > 0)
      await this.#model.create({ _id: new Types.ObjectId(), job, user, undo, createdAt: new Date() });
  }

  /** How many posts a job has changed. */
  async size(job: Types.ObjectId): Promise<number> {
    let size = 0;
    for await (const { undo } of this.#model.find({ job }).lean().cursor()) size += idsOf({ undo }).length;
    return size;
  }

  /** The step behind another one, and whether it is the last. */
  async after(
    job: Types.ObjectId,
    cursor: string | undefined,
  ): Promise<[step: BulkStepDoc | undefined, last: boolean]> {
    const behind = cursor === undefined ? {} : { _id: { $gt: new Types.ObjectId(cursor) } };
    const [step, next] = await this.#model
      .find({ job, ...behind })
      .sort({ _id: 1 })
      .limit(2)
      .lean();
    return [step, next === undefined];
  }

  /** Takes one step back; says how many posts could not be changed. */
  async takeBack(
    tools: BulkTools,
    job: BulkDoc,
    undo: BulkStepDoc['undo'],
    links: readonly LinkDoc[],
  ): Promise<number> {
    let failed = 0;
    for (const { action, options, ids } of undo) {
      const some = links.filter(({ _id }) => ids.includes(_id.toHexString()));
      try {
        failed += await applyBulk(tools, { ...job, action, options }, some);
      } catch (error) {
        // A folder that is gone takes nothing back; the other parts still do.
        if (!(error instanceof CodedError) || error.statusCode >= 500) throw error;
        failed += some.length;
      }
    }
    return failed;
  }
}

/** All posts of a step, each once. */
export const idsOf = ({ undo }: Pick<BulkStepDoc, 'undo'>): string[] => [...new Set(undo.flatMap(({ ids }) => ids))];
