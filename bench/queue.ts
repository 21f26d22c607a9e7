import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Product } from '../tests/harness/product.ts';
import { createLab } from '../tests/lab/index.ts';
import type { Lab } from '../tests/lab/index.ts';
import { bareArguments, bareEnvironment } from './lib/bare-yt-dlp.ts';
import { followEvents } from './lib/events.ts';
import { cpuByRole, cpuOf, cpuOfEndedChildren, memoryOf, watchMemory } from './lib/processes.ts';
import type { BenchResult } from './main.ts';

const POSTS = 100;
const LANES = 3;
const MB = 1e6;
const GOALS = { cpu: 0.35, wall: 0.5, peakPss: 450, idlePss: 200 } as const;

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/**
 * What a queue of small posts costs: 100 distinct ones of 300 kB at concurrency 3, verified, hashed and with thumbnails,
 * beside `xargs -P 3` over bare yt-dlp on the same lab in the same run. The lab's own processor time is in neither.
 */
export async function run(flags: readonly string[]): Promise<BenchResult> {
  const lab = await createLab();
  const product = await Product.start({ lab });
  try {
    const pids = async (): Promise<number[]> => (await product.processes()).map(({ pid }) => pid);
    // Neither side pays for the first look at its files.
    await throughProduct(product, lab, LANES);
    await bare(lab, LANES);

    const commands = new Map<number, string>();
    const memory = watchMemory(async () => {
      const processes = await product.processes();
      for (const { pid, command } of processes) commands.set(pid, command);
      return processes.map(({ pid }) => pid);
    });
    const ours = await throughProduct(product, lab, POSTS);
    const peak = await memory.stop();
    if (flags.includes('--roles')) {
      process.stderr.write(`${JSON.stringify(await cpuByRole(await product.processes()))}\n`);
      for (const [pid, pss] of peak.byPid)
        process.stderr.write(`${round(pss / MB)} MB ${(commands.get(pid) ?? '').slice(0, 120)}\n`);
    }
    const theirs = await bare(lab, POSTS);
    const idle = await idleMemory(pids);
    const ratio = { cpu: ours.cpu / theirs.cpu, wall: ours.wall / theirs.wall };
    return {
      figures: {
        'CPU s': round(ours.cpu),
        'wall s': round(ours.wall),
        'bare yt-dlp x 3: CPU s': round(theirs.cpu),
        'bare yt-dlp x 3: wall s': round(theirs.wall),
        'CPU ratio': round(ratio.cpu),
        'wall ratio': round(ratio.wall),
        'peak RSS, MB': round(peak.rss / MB),
        'peak PSS, MB': round(peak.pss / MB),
        'idle PSS, MB': round(idle.pss / MB),
      },
      goals: [
        { name: `CPU within ${GOALS.cpu} x of bare yt-dlp`, met: ratio.cpu <= GOALS.cpu },
        { name: `wall time within ${GOALS.wall} x of bare yt-dlp`, met: ratio.wall <= GOALS.wall },
        { name: `peak PSS within ${GOALS.peakPss} MB`, met: peak.pss <= GOALS.peakPss * MB },
        { name: `idle PSS within ${GOALS.idlePss} MB`, met: idle.pss <= GOALS.idlePss * MB },
      ],
    };
  } finally {
    await product.close();
    await lab.close();
  }
}

async function throughProduct(product: Product, lab: Lab, count: number): Promise<Cost> {
  const cpu = async (): Promise<number> => cpuOf((await product.processes()).map(({ pid }) => pid));
  const before = await cpu();
  const events = await followEvents(product);
  const started = performance.now();
  await Promise.all(lab.endless('tiktok', count).map(async ({ url }) => product.api.submit(url)));
  for (let ended = 0; ended < count;) {
    const { name, data } = await events.next();
    if (name === 'failed') throw new Error(JSON.stringify(data));
    if (name === 'completed') ended += 1;
  }
  const wall = (performance.now() - started) / 1000;
  events.close();
  return { wall, cpu: (await cpu()) - before };
}

async function bare(lab: Lab, count: number): Promise<Cost> {
  const directory = await mkdtemp(join(tmpdir(), 'mediafetcher-bare-'));
  const list = join(directory, 'list');
  await writeFile(
    list,
    lab
      .endless('tiktok', count)
      .map(({ url }) => `${url}\n`)
      .join(''),
  );
  const before = await cpuOfEndedChildren();
  const started = performance.now();
  const program = process.env['YTDLP_PATH'] ?? 'yt-dlp';
  const argv = ['-a', list, '-P', String(LANES), '-n', '1', program, ...bareArguments(lab), '--no-warnings', '--'];
  const child = spawn('xargs', argv, {
    cwd: directory,
    env: bareEnvironment(lab),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  const wall = (performance.now() - started) / 1000;
  const cpu = (await cpuOfEndedChildren()) - before;
  await rm(directory, { recursive: true, force: true });
  if (code !== 0) throw new Error(`Bare yt-dlp ended with ${String(code)}.`);
  return { wall, cpu };
}

/** Memory when the warm processes have gone, as they do when nothing comes. */
async function idleMemory(pids: () => Promise<number[]>): Promise<{ pss: number }> {
  const server = 2;
  while ((await pids()).length > server) await delay(500);
  return memoryOf(await pids());
}

const round = (value: number): number => Math.round(value * 100) / 100;
