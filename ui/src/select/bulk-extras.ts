import { toApiError } from '../api/api-error.ts';
import type { Folders } from '../state/folders.ts';
import type { Toasts } from '../state/toasts.ts';
import { errorSentence } from '../words/errors.ts';
import { t } from '../words/select.ts';
import { startExport } from './start-export.ts';

/** Has an archive downloaded, and says that it comes or why not. */
export async function tellExport(toasts: Toasts, url: string, done: string): Promise<void> {
  await tell(toasts, startExport(url), done);
}

/** Makes a post's picture the one of its folder. */
export async function tellCover(toasts: Toasts, folders: Folders, folderId: string, postId: string): Promise<void> {
  await tell(toasts, folders.setCover(folderId, postId), t('cover_set'));
}

async function tell(toasts: Toasts, work: Promise<void>, done: string): Promise<void> {
  try {
    await work;
    toasts.show({ text: done, tone: 'good' });
  } catch (error) {
    toasts.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
  }
}
