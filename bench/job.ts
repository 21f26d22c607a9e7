import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Product } from '../tests/harness/product.ts';
import { createLab } from '../tests/lab/index.ts';
import type { Lab } from '../tests/lab/index.ts';
import { bareArguments, bareEnvironment } from './lib/bare-yt-dlp.ts';
import { cpuOf, median, watchMemory } from './lib/processes.ts';
import type { BenchResult } from './main.ts';

const RUNS = 9;
const SMALL_POSTS = 30;
const MB = 1e6;
/** Submit to completed, against the bare tool: with a process for each job, and with warm ones. */
const GOALS = { cold: 1.15, warm: 1 } as const;

/** What a job costs beside the bare tool: the 50 MB MP4 alone, cold and warm, and 30 small posts at concurrency 3. */
export async function run(): Promise<BenchResult> {
  const lab = await createLab();
  try {
    const cold = await withProduct(lab, { WARM_SECONDS: '0' }, async (product) => bigFile(lab, product));
    return await withProduct(lab, {}, async (product) => {
      const warm = await bigFile(lab, product);
      const small = await smallPosts(lab, product);
      return {
        figures: { ...named('cold', cold), ...named('warm', warm), ...small },
        goals: [
          { name: `50 MB within ${GOALS.cold} x of bare yt-dlp, cold`, met: cold['50 MB: ratio'] <= GOALS.cold },
          { name: `50 MB within ${GOALS.warm} x of bare yt-dlp, warm`, met: warm['50 MB: ratio'] <= GOALS.warm },
        ],
      };
    });
  } finally {
    await lab.close();
  }
}

async function withProduct<T>(
  lab: Lab,
  environment: NodeJS.ProcessEnv,
  use: (product: Product) => Promise<T>,
): Promise<T> {
  const product = await Product.start({ lab, environment });
  try {
    return await use(product);
  } finally {
    await product.close();
  }
}

function named(way: string, figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([label, value]) => [`${way}, ${label}`, value]));
}

async function bigFile(lab: Lab, product: Product) {
  const bare: number[] = [];
  const ours: number[] = [];
  const stages: Record<string, number[]> = {};
  // The first of each warms the page cache and is not counted.
  for (let index = -1; index < RUNS; index += 1) {
    const first = await bareYtDlp(lab, (await lab.bigVideo()).url);
    const second = await throughProduct(product, (await lab.bigVideo()).url, index < 0 ? {} : stages);
    if (index < 0) continue;
    bare.push(first);
    ours.push(second);
  }
  return {
    '50 MB: bare yt-dlp, s (median of 9)': round(median(bare)),
    '50 MB: submit to completed, s (median of 9)': round(median(ours)),
    '50 MB: ratio': round(median(ours) / median(bare)),
    ...Object.fromEntries(
      Object.entries(stages).map(([stage, values]) => [`50 MB: until ${stage}, s`, round(median(values))]),
    ),
  };
}

/** Seconds from submit to completed; notes when each stage was first seen. */
async function throughProduct(product: Product, url: string, stages: Record<string, number[]>): Promise<number> {
  const started = performance.now();
  const since = (): number => (performance.now() - started) / 1000;
  const { jobId } = await product.api.submit(url);
  const seen = new Set<string>();
  const download = await product.api.until(jobId, ({ stage, status }) => {
    if (stage !== null && !seen.has(stage)) {
      seen.add(stage);
      (stages[stage] ??= []).push(since());
    }
    return status === 'completed';
  });
  if (download.status !== 'completed') throw new Error(`${download.errorCode ?? ''}: ${download.errorMessage ?? ''}`);
  return since();
}

async function smallPosts(lab: Lab, product: Product) {
  const pids = async (): Promise<number[]> => (await product.processes()).map(({ pid }) => pid);
  const before = await cpuOf(await pids());
  const memory = watchMemory(pids);
  const started = performance.now();
  await Promise.all(lab.endless('tiktok', SMALL_POSTS).map(async ({ url }) => product.api.fetchPost(url)));
  const seconds = (performance.now() - started) / 1000;
  const peak = await memory.stop();
  const cpu = (await cpuOf(await pids())) - before;

  const own = await cpuOf([process.pid]);
  const bareStarted = performance.now();
  const urls = lab.endless('tiktok', SMALL_POSTS).map(({ url }) => url);
  await Promise.all(
    [0, 1, 2].map(async (lane) => {
      for (const url of urls.filter((_url, index) => index % 3 === lane)) await bareYtDlp(lab, url);
    }),
  );
  const bareSeconds = (performance.now() - bareStarted) / 1000;
  // The lab runs in this process and serves both: its share of the second run is in this figure.
  const bareCpu = (await cpuOf([process.pid])) - own;
  return {
    '30 posts: a minute': round((SMALL_POSTS / seconds) * 60),
    '30 posts: CPU s': round(cpu),
    '30 posts: peak RSS, MB': round(peak.rss / MB),
    '30 posts: peak PSS, MB': round(peak.pss / MB),
    '30 posts, bare yt-dlp x 3: a minute': round((SMALL_POSTS / bareSeconds) * 60),
    '30 posts, bare yt-dlp x 3: CPU s (with the lab)': round(bareCpu),
  };
}

/** Seconds of one bare yt-dlp on the same lab. */
async function bareYtDlp(lab: Lab, url: string): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'mediafetcher-bare-'));
  const started = performance.now();
  const child = spawn(process.env['YTDLP_PATH'] ?? 'yt-dlp', [...bareArguments(lab), '--', url], {
    cwd: directory,
    env: bareEnvironment(lab),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const seconds = (performance.now() - started) / 1000;
  await rm(directory, { recursive: true, force: true });
  if (code !== 0) throw new Error(`Bare yt-dlp ended with ${String(code)}.`);
  return seconds;
}

const round = (value: number): number => Math.round(value * 100) / 100;
