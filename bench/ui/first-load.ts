import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { openPage } from '../../tests/harness/browser.ts';

const WEB_APP = join(import.meta.dirname, '../../ui/dist');
const SLOWER = 4;
/** Milliseconds of a task that nobody feels. */
const FREE = 50;

/** Bytes of the scripts that the page itself names, as gzip: all that is needed before anything shows. */
export async function firstScriptBytes(): Promise<number> {
  const page = await readFile(join(WEB_APP, 'index.html'), 'utf8');
  const names = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? '');
  const sizes = await Promise.all(names.map(async (name) => gzipSync(await readFile(join(WEB_APP, name))).length));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * A first visit with nothing kept, on a processor four times as slow, to the wall with its first posts.
 * @returns milliseconds: until something shows, and how long tasks beyond 50 ms block from then on until the wall is there
 */
export async function visit(
  browser: Browser,
  origin: string,
  cookie: { name: string; value: string },
): Promise<{ paint: number; blocked: number }> {
  const { page, context } = await openPage(browser);
  await context.addCookies([{ ...cookie, url: origin }]);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(() => {
    const tasks: { start: number; length: number }[] = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, length: duration });
    }).observe({ type: 'longtask', buffered: true });
    Object.assign(window, { longTasks: tasks });
  });
  await page.goto(origin);
  await page.locator('mf-card img').first().waitFor();
  await page.waitForLoadState('networkidle');
  const result = await page.evaluate((free) => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN;
    // Put there by the script above.
    const { longTasks } = window as unknown as { longTasks: { start: number; length: number }[] };
    const after = longTasks.filter(({ start, length }) => start + length > paint);
    return { paint, blocked: after.reduce((sum, { length }) => sum + Math.max(0, length - free), 0) };
  }, FREE);
  await context.close();
  return result;
}
