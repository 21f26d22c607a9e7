import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Page } from 'playwright-core';
import type { Scope } from '../../core/test/helpers/build-test-app.ts';
import { FakeWorker } from '../../core/test/helpers/fake-worker.ts';
import type { TestPerson } from '../../core/test/helpers/people.ts';
import { submit } from '../../core/test/helpers/downloads.ts';

const SOCKETS = 500;
/** Longer than the shortest time between two stored updates: what is measured is the way, not the wait. */
const EVERY_MS = 400;
const EVENTS = 90;

/**
 * Milliseconds from a worker's message to the end of the first frame in which the page says that step, or a later one of
 * the same job where two came so close that only the second was shown; with 500 other pages of the same person open.
 * The bar's fill begins to glide there in that frame. What the page never comes to say is an error, not left out.
 */
export async function progressToPixel(
  scope: Scope,
  app: FastifyInstance,
  person: TestPerson,
  page: Page,
  origin: string,
): Promise<number[]> {
  const program = join(import.meta.dirname, '../lib/sockets.ts');
  const others = spawn(process.execPath, [program, origin, person.headers.cookie, String(SOCKETS)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(others.stdout, 'data');
  const worker = await FakeWorker.connect(scope, app);
  await submit(person);
  const { jobId, attempt, leaseMs } = await worker.next('assign');
  // A worker that says nothing of the kind for a lease is taken for lost, and its job is given to another.
  const beat = setInterval(() => worker.send({ type: 'heartbeat', running: [{ jobId, attempt }] }), leaseMs / 3);
  scope.after(async () => {
    clearInterval(beat);
    return Promise.resolve();
  });
  await page.goto(`${origin}/downloads`);
  await page.locator('mf-trip').first().waitFor();
  await page.evaluate(watchProgress);
  const sentAt: number[] = [];
  for (let progress = 1; progress <= EVENTS; progress += 1) {
    sentAt.push(Date.now());
    worker.send({ type: 'progress', jobId, attempt, stage: 'fetch', progress });
    await delay(EVERY_MS);
  }
  await page.waitForFunction(seenAt, EVENTS);
  const times: number[] = [];
  for (const [index, sent] of sentAt.entries()) times.push(((await page.evaluate(seenAt, index + 1)) ?? NaN) - sent);
  clearInterval(beat);
  others.stdin.end();
  await once(others, 'exit');
  return times;
}

/** In the page: notes at the end of which frame the first progress bar came to say what. */
function watchProgress(): void {
  const seen = new Map<number, number>();
  const find = (root: Document | ShadowRoot): Element | undefined => {
    const own = root.querySelector('[role=progressbar]');
    if (own) return own;
    for (const element of root.querySelectorAll('*')) {
      const inner = element.shadowRoot ? find(element.shadowRoot) : undefined;
      if (inner) return inner;
    }
    return undefined;
  };
  const drawn = new MessageChannel();
  drawn.port2.onmessage = ({ data }: MessageEvent<number>) => {
    if (!seen.has(data)) seen.set(data, performance.timeOrigin + performance.now());
  };
  let bar = find(document);
  const look = (): void => {
    if (!bar?.isConnected) bar = find(document);
    const value = Number(bar?.getAttribute('aria-valuenow') ?? NaN);
    // A message comes after what this frame draws.
    if (!seen.has(value)) drawn.port1.postMessage(value);
    requestAnimationFrame(look);
  };
  look();
  Object.assign(window, { progressSeen: seen });
}

function seenAt(progress: number): number | undefined {
  // Put there by the function above.
  const { progressSeen } = window as unknown as { progressSeen: Map<number, number> };
  const times = [...progressSeen].filter(([value]) => value >= progress).map(([, time]) => time);
  return times.length > 0 ? Math.min(...times) : undefined;
}
