import { CodedError, isFailure } from '../../errors.ts';
import type { LibraryService, PostDoc } from '../library/index.ts';
import { completedFields } from './completed-fields.ts';
import { applyFiling } from './filing.ts';
import type { DownloadDoc } from './model.ts';

/**
 * Links a post that is there already, and files it: what the download's record says then. Undefined when the post was
 * removed since it was found, so that it has to be fetched.
 */
export async function linkOutcome(
  library: LibraryService,
  post: PostDoc,
  job: Pick<DownloadDoc, 'user' | 'filing' | 'options'>,
): Promise<Partial<DownloadDoc> | undefined> {
  try {
    const link = await library.linkExisting(post, job.user.toString());
    return { ...completedFields(post, job.options), ...(await applyFiling(library, job, link)) };
  } catch (error) {
    if (isFailure(error)) return { status: 'failed', errorCode: error.code, errorMessage: error.message };
    if (error instanceof CodedError && error.code === 'MF_ERR_STATE') return undefined;
    throw error;
  }
}
