import type { Job } from '../api/types.ts';
import type { Services } from './services.ts';
import type { Settled } from '../state/downloads.ts';
import { errorSentence } from '../words/errors.ts';
import { siteName, titleOf } from '../words/names.ts';
import { t, tn } from '../words/t.ts';
import { startServiceWorker } from './service-worker.ts';

/** What the app says of things that happen by themselves: a download that ended, a server that went or came back. */
export function announceEvents({ downloads, connection, toasts, router, pending }: Services): void {
  downloads.addEventListener('settled', (event) => {
    const { job } = (event as CustomEvent<Settled>).detail;
    if (job.status === 'completed' && job.post) {
      const postId = job.post.id;
      const run = (): void => router.go({ name: 'viewer', postId, item: 1 });
      const title = titleOf(job.post) || job.title || siteName(job.platform);
      toasts.show({ text: t('saved', { title: shorten(title) }), tone: 'good', action: { label: t('open'), run } });
    } else if (job.status === 'completed' && job.children) {
      const run = (): void => router.go({ name: 'downloads', tab: 'finished' });
      const text = tn('saved_posts', job.children.added);
      toasts.show({ text, tone: 'good', action: { label: t('show'), run } });
    } else if (job.status === 'failed') {
      const run = (): void => router.go({ name: 'downloads', tab: 'now' });
      void failureSentence(job).then((text) => toasts.show({ text, tone: 'bad', action: { label: t('show'), run } }));
    }
  });

  void startServiceWorker(connection, () => {
    const run = (): void => location.reload();
    toasts.show({ text: t('new_build'), tone: 'plain', sticky: true, action: { label: t('reload'), run } });
  });

  let dropOffline: (() => void) | undefined;
  connection.watch(() => {
    if (connection.state === 'offline') dropOffline ??= toasts.show({ text: t('offline'), tone: 'warn', sticky: true });
    else {
      dropOffline?.();
      dropOffline = undefined;
      void flush();
    }
  });

  // What has waited since the page was closed goes out without any change of state.
  connection.addEventListener('stands', () => void flush());

  async function flush(): Promise<void> {
    if (pending.length === 0) return;
    const sent = await pending.flush(
      async (url, wishes) => downloads.submit(url, wishes),
      (url, error) => toasts.show({ text: `${shorten(url)}: ${errorSentence(error)}`, tone: 'bad' }),
    );
    if (sent > 0) toasts.show({ text: tn('submitted', sent), tone: 'good' });
  }
}

/** The words of failures come when one happens; without them the server's own sentence stands. */
const failureSentence = async (job: Job): Promise<string> =>
  import('../downloads/failures.ts').then(
    ({ describeFailure }) => describeFailure(job).sentence,
    () => job.errorMessage ?? t('failed'),
  );

const shorten = (text: string): string => (text.length > 70 ? `${text.slice(0, 68).trimEnd()}…` : text);
