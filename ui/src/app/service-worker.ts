/// <reference types="vite/client" />
import type { Connection } from '../state/connection.ts';

/** What is new can be looked for again after so many milliseconds. */
const LOOK_AGAIN = 60_000;

/**
 * Starts the service worker of a built app, and says when the server has another build than this page.
 * Only over HTTPS or on the machine itself: elsewhere browsers have no service workers.
 */
export async function startServiceWorker(connection: Connection, onNewBuild: () => void): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  let known = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (known) onNewBuild();
    known = true;
  });
  const registration = await serviceWorker.register(new URL('sw.js', document.baseURI)).catch(() => undefined);
  if (registration === undefined) return; // Forbidden in this browser: the app does without.
  let looked = Date.now();
  const look = (): void => {
    if (Date.now() - looked < LOOK_AGAIN || document.hidden) return;
    looked = Date.now();
    void registration.update().catch(() => undefined);
  };
  document.addEventListener('visibilitychange', look);
  let state = connection.state;
  connection.watch(() => {
    // A server that comes back may be a newer one.
    if (connection.state === 'up' && state !== 'up') looked = -LOOK_AGAIN;
    state = connection.state;
    if (state === 'up') look();
  });
}

/** Loads the page anew when a part of it is gone because the server has another build by now. */
export function reloadWhenReplaced(): void {
  window.addEventListener('vite:preloadError', () => void reloadIfReplaced());
}

async function reloadIfReplaced(): Promise<void> {
  const own = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  const page = await fetch(document.baseURI, { cache: 'no-store', headers: { accept: 'text/html' } })
    .then(async (answer) => (answer.ok ? answer.text() : ''))
    .catch(() => '');
  if (own && page && !page.includes(own)) location.reload();
}
