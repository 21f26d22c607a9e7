import type { Services } from './services.ts';

const CHANNEL = 'mf-folders';
/** Milliseconds after which a page that comes to the front looks at the folders again. */
const OLD = 15_000;

/**
 * Keeps folders in step with the other tabs of this browser, which tell of each change, and with other devices when the
 * page comes back to the front. Posts are told of by the server.
 */
export function followTabs({ folders, library, bulk }: Services, signal: AbortSignal): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', () => folders.stale());
  folders.addEventListener('own-change', () => channel.postMessage(''), { signal });
  bulk.addEventListener(
    'elsewhere',
    // Who is far down keeps their place; what has left the list goes at its next reading.
    () => void (library.hold ? library.refresh() : library.reread()),
    { signal },
  );
  let seen = Date.now();
  document.addEventListener(
    'visibilitychange',
    () => {
      if (!document.hidden && Date.now() - seen > OLD) folders.stale();
      seen = Date.now();
    },
    { signal },
  );
  signal.addEventListener('abort', () => channel.close());
}
