import { Types } from 'mongoose';
import { CodedError } from '../../errors.ts';
import { changeTags, normalizeTags } from '../library/index.ts';
import type { LibraryService, LinkDoc } from '../library/index.ts';
import type { DownloadDoc, Filing } from './model.ts';

/** Where a person wants a post to be. */
export interface FilingWish {
  /** Id of an own folder, or of a shared one that the person may add to. @default the inbox */
  readonly folder?: string;
  readonly tags?: readonly string[];
}

/**
 * Checks a wish while the person is there to hear of it; undefined for none.
 * @throws MF_ERR_VALIDATION · MF_ERR_UNKNOWN for a folder that is not the person's to see · MF_ERR_FORBIDDEN to add to
 */
export async function parseFiling(
  library: LibraryService,
  userId: string,
  { folder, tags = [] }: FilingWish,
): Promise<Filing | undefined> {
  const normalized = normalizeTags(tags);
  if (folder === undefined) return normalized.length === 0 ? undefined : { tags: normalized };
  if (!/^[0-9a-f]{24}$/.test(folder)) throw new CodedError('MF_ERR_VALIDATION', 'This is not the id of a folder.');
  const { right } = await library.access.open(userId, folder);
  if (right === 'read') throw new CodedError('MF_ERR_FORBIDDEN', 'You may look into this folder only.');
  return { folder: new Types.ObjectId(folder), ...(normalized.length > 0 && { tags: normalized }) };
}

/**
 * Files a post that is there now, once for each download. A folder that has gone meanwhile, or that may not have the post,
 * loses nothing: the post stays in the inbox, and the record says so. Gives what the record says then.
 */
export async function applyFiling(
  library: LibraryService,
  { user, filing }: Pick<DownloadDoc, 'user' | 'filing'>,
  link: LinkDoc,
): Promise<{ filing?: Filing }> {
  if (filing === undefined || filing.doneAt !== undefined) return {};
  const userId = user.toString();
  const { tags, folder } = filing;
  const tagged = tags && (await refusalOf(async () => tag(library, userId, link, tags)));
  const filed =
    folder && (await refusalOf(async () => library.sharing.addTo(userId, folder.toHexString(), [link._id])));
  const problem = filed ?? tagged;
  return { filing: { ...filing, doneAt: new Date(), ...(problem !== undefined && { problem }) } };
}

async function tag(library: LibraryService, userId: string, link: LinkDoc, wanted: readonly string[]): Promise<void> {
  await library.organizer.change(userId, link._id.toHexString(), ({ tags }) => ({
    tags: changeTags(tags, wanted, []),
  }));
}

/** The code of what is refused; a hiccup of the database is none. */
async function refusalOf(task: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await task();
    return undefined;
  } catch (error) {
    if (error instanceof CodedError && error.statusCode < 500) return error.code;
    throw error;
  }
}
