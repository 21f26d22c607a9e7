import { toApiError } from '../api/api-error.ts';
import type { Job } from '../api/types.ts';
import { copyText } from '../elements/clipboard.ts';
import type { Router } from '../router/router.ts';
import type { Downloads } from '../state/downloads.ts';
import type { Toasts } from '../state/toasts.ts';
import { t } from '../words/downloads.ts';
import { errorSentence } from '../words/errors.ts';
import type { JobWish } from './mf-job.ts';

interface Reach {
  readonly downloads: Downloads;
  readonly router: Router | undefined;
  readonly toasts: Toasts | undefined;
}

/** Does what a person wants of a download, and says what came of it. */
export async function grantWish(reach: Reach, id: string, wish: JobWish): Promise<void> {
  const { downloads, router, toasts } = reach;
  const job = downloads.get(id);
  if (!job || downloads.isLeaving(id)) return;
  try {
    if (wish === 'edit') router?.go({ name: 'add', text: job.url });
    else if (wish === 'copy') {
      const copied = await copyText(job.url);
      toasts?.show(copied ? { text: t('copied'), tone: 'good' } : { text: t('copy_failed'), tone: 'bad' });
    } else if (wish === 'cancel') await cancel(reach, job);
    else await downloads[wish](id);
  } catch (error) {
    toasts?.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
  }
}

/**
 * Until the server has answered its row is dim. Undo asks for it anew, paused as it was.
 * A profile or a list cannot be brought back as it was: who cancels it has been asked before.
 */
async function cancel({ downloads, toasts }: Reach, { id, status, progress, children }: Job): Promise<void> {
  await downloads.cancel(id);
  if (children) {
    toasts?.show({ text: t('cancel_done'), tone: 'plain' });
    return;
  }
  const back = async (): Promise<void> => {
    await downloads.retry(id);
    if (status === 'paused') await downloads.pause(id);
  };
  const run = (): void =>
    void back().catch((error: unknown) => toasts?.show({ text: errorSentence(toApiError(error)), tone: 'bad' }));
  const text = t(progress > 0 ? 'cancel_done_anew' : 'cancel_done');
  toasts?.show({ text, tone: 'plain', action: { label: t('undo'), run } });
}
