import { setTimeout as delay } from 'node:timers/promises';
import { ObjectId } from 'mongodb';
import { Product } from '../tests/harness/product.ts';
import { createLab } from '../tests/lab/index.ts';
import type { Lab } from '../tests/lab/index.ts';
import { ChannelWorker } from './lib/channel-worker.ts';
import { withDownloads } from './lib/database.ts';
import { percentile } from './lib/processes.ts';
import { followDownload } from './lib/subscriber.ts';
import type { BenchResult } from './main.ts';

const DOWNLOADS = 6;
/** So that a file of 50 MB takes some seconds. */
const BYTES_PER_SECOND = 10_000_000;
/** More jobs cannot run at a time. */
const JOBS = 50;
const SUBSCRIBERS = 500;
const ROUNDS = 40;
/** Longer than the server's throttle: each message is stored and told. */
const ROUND_MS = 350;
const TOKEN = 'a-token-for-the-bench-alone-0123456789';
const GOALS = { storedPerSecond: 4, delayMs: 150 } as const;

/** What progress costs and how fast it is: what of real downloads is stored, and when 500 followers of 50 jobs know. */
export async function run(): Promise<BenchResult> {
  const lab = await createLab();
  try {
    const stored = await storedOfDownloads(lab);
    const delays = await delaysOfFollowers(lab);
    const p95 = percentile(delays, 95);
    return {
      figures: {
        'real downloads: stored updates of a job in its worst second': stored.perSecond,
        'real downloads: stored updates of all': stored.updates,
        'real downloads: ended at 100': stored.whole,
        '500 followers of 50 jobs: events': delays.length,
        "500 followers of 50 jobs: worker's message to event, p50, ms": round(percentile(delays, 50)),
        "500 followers of 50 jobs: worker's message to event, p95, ms": round(p95),
      },
      goals: [
        {
          name: `at most ${GOALS.storedPerSecond} stored updates in any second`,
          met: stored.perSecond <= GOALS.storedPerSecond,
        },
        { name: 'the last one is always stored', met: stored.whole === DOWNLOADS },
        { name: 'every follower was told everything', met: delays.length === SUBSCRIBERS * ROUNDS },
        { name: `p95 within ${GOALS.delayMs} ms`, met: p95 <= GOALS.delayMs },
      ],
    };
  } finally {
    await lab.close();
  }
}

/** Looks into the database while files of 50 MB are fetched. */
async function storedOfDownloads(lab: Lab) {
  const product = await Product.start({ lab });
  try {
    return await withDownloads(product, async (downloads) => {
      const seen = await Promise.all(
        Array.from({ length: DOWNLOADS }, async () => {
          const { jobId } = await product.api.submit(
            (await lab.bigVideo('tiktok', { bytesPerSecond: BYTES_PER_SECOND })).url,
          );
          const states = new Map<string, Seen>();
          for (let after = performance.now(); ;) {
            const asked = performance.now();
            const found = await downloads.findOne({ _id: new ObjectId(jobId) });
            if (found?.['status'] === 'failed') throw new Error(String(found['errorMessage']));
            if (found?.['status'] === 'completed') return { states, progress: found['progress'] as unknown };
            const { stage, progress, speed, eta }: Record<string, unknown> = found ?? {};
            // The stages `queued` and `store` are told by a change of the state.
            const state = JSON.stringify([stage, progress, speed, eta]);
            const seen = { after, before: performance.now() };
            if (stage !== undefined && stage !== 'store' && !states.has(state)) states.set(state, seen);
            after = asked;
            await delay(5);
          }
        }),
      );
      return {
        perSecond: Math.max(...seen.map(({ states }) => mostInASecond([...states.values()]))),
        updates: seen.reduce((sum, { states }) => sum + states.size, 0),
        whole: seen.filter(({ progress }) => progress === 100).length,
      };
    });
  } finally {
    await product.close();
  }
}

/** When something was written, in milliseconds: between two looks. */
interface Seen {
  readonly after: number;
  readonly before: number;
}

/** How many of these were written within one second for certain, in the worst one. */
function mostInASecond(times: readonly Seen[]): number {
  const counts = times.map(
    (first) => times.filter(({ after, before }) => after >= first.after && before - first.after < 1000).length,
  );
  return Math.max(0, ...counts);
}

/** Milliseconds from a worker's message to each follower's event. */
async function delaysOfFollowers(lab: Lab): Promise<number[]> {
  const environment = { WORKERS: '0', WORKER_TOKEN: TOKEN, CONCURRENCY: String(JOBS) };
  const product = await Product.start({ lab, environment });
  const { url: origin } = product;
  const token = product.api.token ?? '';
  const worker = await ChannelWorker.connect(origin, TOKEN, JOBS);
  const followers: { close(): void }[] = [];
  const delays: number[] = [];
  try {
    for (const { url } of lab.endless('tiktok', JOBS)) await product.api.submit(url);
    while (worker.jobs.length < JOBS) await delay(20);
    const sentAt = new Map<number, number>();
    for (let index = 0; index < SUBSCRIBERS; index += 1) {
      const jobId = worker.jobs[index % JOBS]?.jobId ?? '';
      const onProgress = (progress: number): void => {
        const at = sentAt.get(progress);
        if (at !== undefined) delays.push(performance.now() - at);
      };
      followers.push(await followDownload({ origin, token, jobId }, onProgress));
      if (index % JOBS === 0) worker.heartbeat();
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      worker.heartbeat();
      for (const [index, job] of worker.jobs.entries()) {
        // Each message has a number of its own.
        const progress = 6 + round + index / 1000;
        sentAt.set(progress, performance.now());
        worker.progress(job, progress);
        await delay(ROUND_MS / JOBS);
      }
    }
    // What comes later than this is missed.
    for (let tries = 0; delays.length < SUBSCRIBERS * ROUNDS && tries < 100; tries += 1) await delay(50);
    return delays;
  } finally {
    for (const follower of followers) follower.close();
    worker.close();
    await product.close();
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;
