import { CodedError, isFailure } from '../../errors.ts';
import type { LibraryService, PostDoc } from '../library/index.ts';
import { completedFields } from './completed-fields.ts';
import type { DownloadDoc } from './model.ts';

/**
 * Links a post that is there already: what the download's record says then. Undefined when the post was removed since it
 * was found, so that it has to be fetched.
 */
export async function linkOutcome(
  library: LibraryService,
  post: PostDoc,
  userId: string,
): Promise<Partial<DownloadDoc> | undefined> {
  try {
    await library.linkExisting(post, userId);
    return completedFields(post);
  } catch (error) {
    if (isFailure(error)) return { status: 'failed', errorCode: error.code, errorMessage: error.message };
    if (error instanceof CodedError && error.code === 'MF_ERR_STATE') return undefined;
    throw error;
  }
}
