import type { Browser, Page } from 'playwright-core';
import { listenTestApp } from '../core/test/helpers/build-test-app.ts';
import { addPerson } from '../core/test/helpers/people.ts';
import type { TestPerson } from '../core/test/helpers/people.ts';
import type { MediaDoc } from '../core/src/features/media/model.ts';
import { launchBrowser, openPage } from '../tests/harness/browser.ts';
import { generateLibrary } from './library/generate.ts';
import type { BenchResult } from './main.ts';
import { firstScriptBytes, visit } from './ui/first-load.ts';
import { scroll, traceFrames } from './ui/frames.ts';
import { makePictures } from './ui/pictures.ts';
import { progressToPixel } from './ui/pixel.ts';
import { openStaticPage } from './ui/static-page.ts';

const POSTS = 100_000;
const PICTURES = 120;
const VISITS = 5;
const FRAMES = 400;
const STEP = 100;
const FAR = { frames: 1500, step: 400 } as const;
/** What can be measured alone: `--only load`, `--only wall`, `--only pixel`. */
const PARTS = ['load', 'wall', 'pixel'] as const;
const LIMITS = { scriptKb: 80, paint: 1500, blocked: 200, frames: 2, growth: 1.5, pixel: 150 } as const;

/** How the web app feels on the built product: its first load, a wall of 100,000 posts, and the way of progress to the screen. */
export async function run(flags: readonly string[]): Promise<BenchResult> {
  const closers: (() => Promise<void>)[] = [];
  const scope = { after: (close: () => Promise<void>) => void closers.unshift(close) };
  const posts = flags.includes('--small') ? 3000 : POSTS;
  const only = flags.includes('--only') ? flags[flags.indexOf('--only') + 1] : undefined;
  const parts = PARTS.filter((part) => only === undefined || part === only);
  if (parts.length === 0) throw new Error(`There is no part ${only ?? ''}. Parts: ${PARTS.join(', ')}.`);
  try {
    const { app, origin } = await listenTestApp(scope);
    const person = await addPerson(app, 'bench', 'admin');
    const pictures = await makePictures(app, PICTURES);
    await generateLibrary(app, person.id, posts, pictures);
    const browser = await launchBrowser();
    scope.after(async () => browser.close());
    const figures: Record<string, number> = { posts };
    if (parts.includes('load')) await measureVisits(browser, origin, person, figures);
    if (parts.includes('wall')) await measureWall(browser, origin, person, figures, pictures);
    if (parts.includes('pixel')) {
      const page = await signedIn(browser, origin, person);
      const pixel = await progressToPixel(scope, app, person, page, origin);
      figures['progress to pixel, 500 sockets: p50, ms'] = round(quantile(pixel, 0.5));
      figures['progress to pixel, 500 sockets: p95, ms'] = round(quantile(pixel, 0.95));
    }
    return { figures, goals: goalsOf(figures) };
  } finally {
    for (const close of closers) await close();
  }
}

function goalsOf(figures: Readonly<Record<string, number>>): BenchResult['goals'] {
  const limits: readonly (readonly [name: string, limit: number])[] = [
    ['first JavaScript, kB gz', LIMITS.scriptKb],
    ['first contentful paint, 4 x slower, ms', LIMITS.paint],
    ['total blocking time, 4 x slower, ms', LIMITS.blocked],
    ['frame of the wall to frame of the static page, p95', LIMITS.frames],
    ['heap after to heap before', LIMITS.growth],
    ['nodes after to nodes before', LIMITS.growth],
    ['progress to pixel, 500 sockets: p95, ms', LIMITS.pixel],
  ];
  // What was not measured has no goal.
  return limits.flatMap(([name, limit]) => {
    const value = figures[name];
    return value === undefined ? [] : [{ name: `${name} ≤ ${limit}`, met: value <= limit }];
  });
}

async function signedIn(browser: Browser, origin: string, person: TestPerson): Promise<Page> {
  const { page, context } = await openPage(browser);
  await context.addCookies([{ ...cookieOf(person), url: origin }]);
  return page;
}

function cookieOf({ headers }: TestPerson): { name: string; value: string } {
  const [name = '', value = ''] = headers.cookie.split('=');
  return { name, value };
}

async function measureVisits(
  browser: Browser,
  origin: string,
  person: TestPerson,
  figures: Record<string, number>,
): Promise<void> {
  figures['first JavaScript, kB gz'] = round((await firstScriptBytes()) / 1000);
  const visits = [];
  for (let n = 0; n < VISITS; n += 1) visits.push(await visit(browser, origin, cookieOf(person)));
  figures['first contentful paint, 4 x slower, ms'] = round(
    quantile(
      visits.map(({ paint }) => paint),
      0.5,
    ),
  );
  figures['total blocking time, 4 x slower, ms'] = round(
    quantile(
      visits.map(({ blocked }) => blocked),
      0.5,
    ),
  );
}

/** The wall and a plain page of the same pictures, turn by turn. */
async function measureWall(
  browser: Browser,
  origin: string,
  person: TestPerson,
  figures: Record<string, number>,
  pictures: readonly MediaDoc[],
): Promise<void> {
  const plain = Array.from({ length: 900 }, (_item, n) => {
    const { _id, width = 1, height = 1, thumbnails } = pictures[n % pictures.length] as MediaDoc;
    const url = `${origin}/api/media/${String(_id)}/thumbnail?size=${thumbnails.includes(480) ? 480 : 240}`;
    return { url, ratio: Math.min(height / width, 16 / 9), caption: `Post ${n} of a plain page` };
  });
  const wall: number[] = [];
  const still: number[] = [];
  for (let turn = 0; turn < 2; turn += 1) {
    const page = await signedIn(browser, origin, person);
    await page.goto(origin);
    await page.locator('mf-card img').first().waitFor();
    wall.push(...(await traceFrames(browser, page, { frames: FRAMES, step: STEP })));
    await page.context().close();
    const other = await signedIn(browser, origin, person);
    await openStaticPage(other, origin, plain);
    still.push(...(await traceFrames(browser, other, { frames: FRAMES, step: STEP })));
    await other.context().close();
  }
  for (const share of [0.5, 0.95]) {
    figures[`main thread a frame, wall: p${share * 100}, ms`] = round(quantile(wall, share));
    figures[`main thread a frame, static page: p${share * 100}, ms`] = round(quantile(still, share));
  }
  figures['frame of the wall to frame of the static page, p95'] = round(quantile(wall, 0.95) / quantile(still, 0.95));
  await measureMemory(await signedIn(browser, origin, person), origin, figures);
}

async function measureMemory(page: Page, origin: string, figures: Record<string, number>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const look = async (): Promise<{ heap: number; nodes: number; loaded: number }> => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? NaN;
    const cards = await page.locator('mf-card').count();
    return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes'), loaded: cards };
  };
  await page.goto(origin);
  await page.locator('mf-card img').first().waitFor();
  await scroll(page, FRAMES, STEP);
  const before = await look();
  await scroll(page, FAR.frames, FAR.step);
  const after = await look();
  figures['pixels scrolled'] = FAR.frames * FAR.step;
  figures['heap before, MB'] = round(before.heap);
  figures['heap after, MB'] = round(after.heap);
  figures['nodes before'] = before.nodes;
  figures['nodes after'] = after.nodes;
  figures['heap after to heap before'] = round(after.heap / before.heap);
  figures['nodes after to nodes before'] = round(after.nodes / before.nodes);
  figures['cards in the page after'] = after.loaded;
  await page.context().close();
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

const round = (value: number): number => Math.round(value * 100) / 100;
