import { CodedError } from '../../../errors.ts';
import type { LibraryQuery } from '../library-query.ts';
import type { LibraryFilter } from '../listing/library-filter.ts';
import type { ListScope } from '../listing/list-reader.ts';
import type { LibraryModels, LinkDoc } from '../models.ts';
import type { BulkDoc, BulkStepDoc } from './bulk-model.ts';
import { idsOf } from './bulk-steps.ts';
import type { BulkSteps } from './bulk-steps.ts';

const BATCH = 100;

/** Posts that a job changes in one go. */
export interface Batch {
  readonly links: readonly LinkDoc[];
  /** Of the list, those included that are not there any more. */
  readonly taken: number;
  /** Null: it was the last one. */
  readonly cursor: string | null;
  /** Of a job that takes another back. */
  readonly undo?: BulkStepDoc['undo'];
}

interface Dependencies {
  readonly models: Pick<LibraryModels, 'Link'>;
  readonly query: LibraryQuery;
  readonly steps: BulkSteps;
}

/** What a job is to change next: of a list, of some ids, or of what another job did. */
export class BulkBatches {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** @throws MF_ERR_FORBIDDEN for a folder of somebody else */
  async next(job: BulkDoc): Promise<Batch> {
    const { user, filter, ids = [], cursor } = job;
    if (job.undoes !== undefined) return this.#step(job, job.undoes);
    if (filter !== undefined) return this.#page(user.toHexString(), filter, cursor);
    const from = Number(cursor ?? 0);
    const some = ids.slice(from, from + BATCH);
    const next = from + some.length;
    return { links: await this.#find(job, some), taken: some.length, cursor: next < ids.length ? String(next) : null };
  }

  async #page(userId: string, filter: LibraryFilter, cursor: string | undefined): Promise<Batch> {
    const { query } = this.#deps;
    const scope = await scopeOf(query, userId, filter);
    const { links, nextCursor } = await query.links(scope, { filter, sort: 'added_asc', limit: BATCH, cursor });
    return { links, cursor: nextCursor, taken: links.length };
  }

  async #step(job: BulkDoc, undoes: BulkStepDoc['job']): Promise<Batch> {
    const [step, last] = await this.#deps.steps.after(undoes, job.cursor);
    if (step === undefined) return { links: [], taken: 0, cursor: null, undo: [] };
    const ids = idsOf(step);
    const cursor = last ? null : step._id.toHexString();
    return { links: await this.#find(job, ids), taken: ids.length, cursor, undo: step.undo };
  }

  async #find({ user }: BulkDoc, ids: readonly string[]): Promise<LinkDoc[]> {
    const { Link } = this.#deps.models;
    return Link.find({ _id: { $in: [...ids] }, user, state: { $in: ['active', 'trashed'] } }).lean();
  }
}

/** What a filter is about in somebody's own library. @throws MF_ERR_FORBIDDEN */
export async function scopeOf(query: LibraryQuery, userId: string, filter: LibraryFilter): Promise<ListScope> {
  const scope = await query.scope(userId, filter);
  if (scope.user !== userId) throw new CodedError('MF_ERR_FORBIDDEN', 'This folder is somebody else’s.');
  return scope;
}
