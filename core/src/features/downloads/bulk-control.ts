import { CodedError } from '../../errors.ts';
import type { Controls } from './parents/list-control.ts';
import type { DownloadModels, DownloadStatus } from './model.ts';
import type { Refusal } from './set-control.ts';
import { statesFor } from './state.rules.ts';
import type { Control } from './state.rules.ts';

/** So many downloads are changed by one request. */
export const MAX_BULK = 1_000;
/** Refusals that are told one by one; the rest is counted. */
const MAX_REFUSALS = 100;

/** Which downloads are meant: those that are named, or all that the action fits. */
export interface Selection {
  readonly ids?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
  /** Of `all` only this platform's. */
  readonly platform?: string | undefined;
}

export interface BulkOutcome {
  readonly changed: number;
  readonly refused: number;
  /** The first of them, with their reasons. */
  readonly refusals: readonly Refusal[];
  /** Of `all`: how many are left for the next request. */
  readonly left: number;
}

/** What `all` means: a person who retries all thinks of what has failed, not of what they cancelled. */
const ALL: Partial<Record<Control, readonly DownloadStatus[]>> = { retry: ['failed'] };
/** Those that wait go first: else each that stops would let one of them begin. */
const ORDER: readonly DownloadStatus[] = ['paused', 'queued', 'running', 'failed', 'cancelled', 'completed'];

interface Dependencies {
  readonly models: Pick<DownloadModels, 'Download'>;
  readonly control: Controls;
}

/** What a person does with many downloads at once: each is changed or refused by itself. */
export class BulkControl {
  readonly #deps: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
  }

  /** @throws MF_ERR_VALIDATION when the selection is none, or names more than {@link MAX_BULK} */
  async run(userId: string, action: Control, selection: Selection): Promise<BulkOutcome> {
    validateSelection(selection);
    const { ids, left } = selection.ids
      ? { ids: [...new Set(selection.ids)], left: 0 }
      : await this.#all(userId, action, selection.platform);
    const { changed, refusals } = await this.#deps.control.many(userId, action, ids);
    return { changed, refused: refusals.length, refusals: refusals.slice(0, MAX_REFUSALS), left };
  }

  async #all(userId: string, action: Control, platform?: string): Promise<{ ids: string[]; left: number }> {
    const statuses = ALL[action] ?? statesFor(action);
    // A list stands for its posts.
    const meant = {
      user: userId,
      parent: null,
      dismissed: false,
      ...(platform !== undefined && { 'link.platform': platform }),
    };
    const ids: string[] = [];
    let count = 0;
    for (const status of ORDER.filter((one) => statuses.includes(one))) {
      const query = { ...meant, status };
      count += await this.#deps.models.Download.countDocuments(query);
      const room = MAX_BULK - ids.length;
      if (room === 0) continue;
      const found = await this.#deps.models.Download.find(query, { _id: 1 }).sort({ seq: 1 }).limit(room).lean();
      ids.push(...found.map(({ _id }) => _id.toString()));
    }
    return { ids, left: Math.max(0, count - ids.length) };
  }
}

function validateSelection({ ids, all = false }: Selection): void {
  if (all === (ids !== undefined))
    throw new CodedError('MF_ERR_VALIDATION', 'Say which downloads: ids, or all, and not both.');
  if ((ids?.length ?? 1) === 0) throw new CodedError('MF_ERR_VALIDATION', 'There is no id in the list.');
  if ((ids?.length ?? 0) > MAX_BULK)
    throw new CodedError('MF_ERR_VALIDATION', `At most ${MAX_BULK} downloads are changed at a time.`);
}
