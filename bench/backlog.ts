import { setTimeout as delay } from 'node:timers/promises';
import { ObjectId } from 'mongodb';
import { Product } from '../tests/harness/product.ts';
import { createLab } from '../tests/lab/index.ts';
import type { Lab } from '../tests/lab/index.ts';
import { withDownloads } from './lib/database.ts';
import { followEvents } from './lib/events.ts';
import { percentile } from './lib/processes.ts';
import type { BenchResult } from './main.ts';

const QUEUED = 1_000;
const HISTORY = 10_000;
const PAGES = 200;
const STARTS = 20;
const GOALS = { submitMs: 20, pageMs: 100, startMs: 200, restartMs: 3_000 } as const;

/** Whether a long queue stays quick: 1,000 waiting downloads after 10,000 that are over, and a restart with them. */
export async function run(): Promise<BenchResult> {
  const lab = await createLab();
  const product = await Product.start({ lab });
  try {
    const begin = await startsWhenFree(product, lab);
    await addHistory(product);
    await product.api.graphql('mutation { pauseQueue { paused } }');
    const submit = await measure(lab.endless('tiktok', QUEUED), async ({ url }) => product.api.submit(url));
    const page = await measure(new Array(PAGES).fill(0), async () => product.api.get('/api/downloads?limit=50'));
    const queued = await measure(new Array(PAGES).fill(0), async () =>
      product.api.get('/api/downloads?status=queued&limit=50'),
    );
    await product.api.graphql('mutation { resumeQueue { paused } }');
    const restart = await restartAndWork(product);
    const p95 = { submit: percentile(submit, 95), page: percentile([...page, ...queued], 95), begin: begin.p95 };
    return {
      figures: {
        'submit with up to 1,000 queued: p95, ms': round(p95.submit),
        'page of the newest 50 of 11,000: p95, ms': round(percentile(page, 95)),
        'page of 50 queued: p95, ms': round(percentile(queued, 95)),
        'a free slot: submit to running, p95, ms': round(p95.begin),
        'restart with 1,000 queued: s until it answers with its worker': round(restart.ready / 1000),
        'restart with 1,000 queued: s until a download runs': round(restart.working / 1000),
      },
      goals: [
        { name: `submit p95 within ${GOALS.submitMs} ms`, met: p95.submit <= GOALS.submitMs },
        { name: `list p95 within ${GOALS.pageMs} ms`, met: p95.page <= GOALS.pageMs },
        { name: `begins within ${GOALS.startMs} ms (p95)`, met: p95.begin <= GOALS.startMs },
        { name: `works ${GOALS.restartMs} ms after a restart`, met: restart.working <= GOALS.restartMs },
      ],
    };
  } finally {
    await product.close();
    await lab.close();
  }
}

/** Milliseconds from the moment a download is asked for to the moment it is said to run, one after the other. */
async function startsWhenFree(product: Product, lab: Lab): Promise<{ p95: number }> {
  const events = await followEvents(product);
  const times: number[] = [];
  for (const { url } of lab.endless('tiktok', STARTS)) {
    const asked = performance.now();
    const submitted = product.api.submit(url);
    let running = false;
    for (;;) {
      const { name, data } = await events.next();
      // What `followEvents` reads is what the server promises of its events.
      const { status } = data as { status?: string };
      if (status === 'running' && !running) times.push(performance.now() - asked);
      running ||= status === 'running';
      if (name === 'failed') throw new Error(JSON.stringify(data));
      if (name === 'completed') break;
    }
    await submitted;
  }
  events.close();
  return { p95: percentile(times, 95) };
}

/** Downloads that are over, made of one that is, straight in the database. */
async function addHistory(product: Product): Promise<void> {
  await withDownloads(product, async (downloads) => {
    const model = await downloads.findOne({ status: 'completed' });
    if (model === null) throw new Error('No download is over.');
    const documents = Array.from({ length: HISTORY }, (_, index) => {
      const at = new Date(Date.now() - (HISTORY - index) * 60_000);
      return { ...model, _id: new ObjectId(), key: `tiktok:history-${index}`, seq: -index, createdAt: at };
    });
    for (let from = 0; from < HISTORY; from += 1_000) await downloads.insertMany(documents.slice(from, from + 1_000));
  });
}

async function restartAndWork(product: Product): Promise<{ ready: number; working: number }> {
  await product.stopServer();
  const began = performance.now();
  await product.startServer();
  const ready = performance.now() - began;
  for (;;) {
    const { items } = await product.api.get<{ items: unknown[] }>('/api/downloads?status=running');
    if (items.length > 0) break;
    await delay(10);
  }
  return { ready, working: performance.now() - began };
}

async function measure<T>(inputs: readonly T[], ask: (input: T) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const input of inputs) {
    const began = performance.now();
    await ask(input);
    times.push(performance.now() - began);
  }
  return times;
}

const round = (value: number): number => Math.round(value * 100) / 100;
