import { CodedError } from '../../../errors.ts';
import type { LibraryFilter } from '../listing/library-filter.ts';
import { normalizeTags } from '../tags/tag.rules.ts';
import type { BulkAction, BulkOptions } from './bulk-model.ts';

/** As many ids in one job; what is more goes by a filter. */
export const MAX_BULK_IDS = 10_000;
const NEEDS_FOLDER: ReadonlySet<BulkAction> = new Set(['addToFolder', 'moveToFolder', 'removeFromFolder'] as const);
const NEEDS_TAGS: ReadonlySet<BulkAction> = new Set(['addTags', 'removeTags', 'renameTag'] as const);

export interface BulkRequest {
  readonly action: BulkAction;
  readonly options: BulkOptions;
  /** Everything that a list shows; or some posts by their ids. */
  readonly filter?: LibraryFilter;
  readonly ids?: readonly string[];
}

/** The options as they are kept. @throws MF_ERR_VALIDATION */
export function checkBulkRequest({ action, options, filter, ids }: BulkRequest): BulkOptions {
  if ((filter === undefined) === (ids === undefined)) throw refused('Name either posts or a filter.');
  if (ids !== undefined && ids.length > MAX_BULK_IDS)
    throw refused(`At most ${MAX_BULK_IDS} posts by their ids. Use a filter for more.`);
  if (ids?.some((id) => !/^[0-9a-f]{24}$/.test(id)) === true) throw refused('This is not the id of a post.');
  if (NEEDS_FOLDER.has(action) && options.folder === undefined) throw refused('Name the folder.');
  if (!NEEDS_TAGS.has(action)) return options;
  const tags = normalizeTags(options.tags ?? []);
  if (tags.length === 0) throw refused('Name the tags.');
  const [to] = options.to === undefined ? [] : normalizeTags([options.to]);
  if (action === 'renameTag' && to === undefined) throw refused('Name the new tag.');
  return { ...options, tags, ...(to !== undefined && { to }) };
}

function refused(detail: string): CodedError {
  return new CodedError('MF_ERR_VALIDATION', detail);
}
