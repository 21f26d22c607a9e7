import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly message?: string } };
}

/** Marks the thread that is looked at. */
const MARK = 'mediafetcher bench';

/**
 * Scrolls and traces: how long the page's main thread works for each frame, in milliseconds, all of it (script, style,
 * layout, paint, answers that come in), and not only what the page's own code can see.
 */
export async function traceFrames(
  browser: Browser,
  page: Page,
  { frames, step }: { frames: number; step: number },
): Promise<number[]> {
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  await scroll(page, frames, step);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return workByFrame(trace.traceEvents);
}

/** One step a frame. */
export async function scroll(page: Page, frames: number, step: number): Promise<void> {
  await page.evaluate(
    async ({ frames: count, step: pixels, mark }) => {
      console.timeStamp(mark);
      for (let frame = 0; frame < count; frame += 1) {
        await new Promise(requestAnimationFrame);
        window.scrollBy(0, pixels);
      }
    },
    { frames, step, mark: MARK },
  );
}

function workByFrame(events: readonly TraceEvent[]): number[] {
  const mark = events.find(({ name, args }) => name === 'TimeStamp' && args?.data?.message === MARK);
  if (mark === undefined) throw new Error('The trace does not hold the mark.');
  const own = events.filter(({ pid, tid, ts }) => pid === mark.pid && tid === mark.tid && ts >= mark.ts);
  const starts = own
    .filter(({ name }) => name === 'FireAnimationFrame')
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const tasks = own.filter(({ name, dur }) => name === 'RunTask' && dur !== undefined).sort((a, b) => a.ts - b.ts);
  if (starts.length < 2 || tasks.length === 0) throw new Error('The trace holds no frames.');
  const work = starts.map(() => 0);
  let frame = 0;
  for (const { ts, dur = 0 } of tasks) {
    // A frame's task begins before its script runs.
    while (frame + 1 < starts.length && (starts[frame + 1] ?? Infinity) < ts + dur) frame += 1;
    work[frame] = (work[frame] ?? 0) + dur / 1000;
  }
  return work.slice(1, -1);
}
