/// <reference lib="webworker" />
// In a page's place a worker has its own globals; the library's types know no narrower name for them.
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

/** Set by the build: another build is another worker. */
const BUILD = '__BUILD__';
const CACHE = `mediafetcher ${worker.registration.scope} ${BUILD}`;
const PAGE = 'offline.html';
const PARTS = ['offline.js', 'icons/icon.svg'];
const DOWN = new Set([502, 503, 504]);

const addressOf = (part: string): string => new URL(part, worker.registration.scope).href;
const PART_ADDRESSES = new Set(PARTS.map(addressOf));

// Nothing of the app itself is kept here: what the server has is what people get, and without it one page that says so.
worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(open(event));
  else if (PART_ADDRESSES.has(request.url)) event.respondWith(networkOrKept(request));
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  const page = await fetch(addressOf(PAGE), { cache: 'no-store' });
  if (!page.ok) throw new Error(`${PAGE} is not there: ${page.status}`);
  const { pathname } = new URL(worker.registration.scope);
  const html = (await page.text()).replace('<base href="/"', `<base href="${pathname}"`);
  await cache.put(addressOf(PAGE), new Response(html, { headers: page.headers }));
  await cache.addAll(PARTS.map((part) => new Request(addressOf(part), { cache: 'no-store' })));
  await worker.skipWaiting();
}

async function activate(): Promise<void> {
  const own = `mediafetcher ${worker.registration.scope} `;
  const old = (await caches.keys()).filter((name) => name.startsWith(own) && name !== CACHE);
  await Promise.all(old.map(async (name) => caches.delete(name)));
  // A page is asked for while the worker still starts, where the browser can.
  await (worker.registration as { navigationPreload?: NavigationPreloadManager }).navigationPreload?.enable();
  await worker.clients.claim();
}

async function open(event: FetchEvent): Promise<Response> {
  try {
    const preloaded = (await event.preloadResponse) as Response | undefined;
    const answer = preloaded ?? (await fetch(event.request));
    return isProxysError(answer) ? ((await kept(PAGE)) ?? answer) : answer;
  } catch (error) {
    const page = await kept(PAGE);
    if (page === undefined) throw error;
    return page;
  }
}

/** A reverse proxy whose server is gone says so in a page of its own; our server's errors are JSON. */
function isProxysError({ status, headers }: Response): boolean {
  return DOWN.has(status) && headers.get('content-type')?.includes('text/html') === true;
}

async function networkOrKept(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const part = await (await caches.open(CACHE)).match(request);
    if (part === undefined) throw error;
    return part;
  }
}

async function kept(part: string): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(addressOf(part));
}
