import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { checkPost } from '../harness/check-post.ts';
import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';
import type { FaultOptions, FaultResult } from './rounds.ts';

/** Bytes a second: the 50 MB take half a minute, unless the brake is let go. */
const SLOW = 1_500_000;
/** What takes a moment to end is given so long. */
const PATIENCE_MS = 60_000;

export interface Victim {
  readonly name: string;
  /** Kills it and, where nothing else does, starts it again. */
  readonly kill: (product: Product) => Promise<void>;
}

/** Every process that a download needs. */
export const VICTIMS: readonly Victim[] = [
  {
    name: 'server',
    kill: async (product) => {
      await product.stopServer('SIGKILL');
      await product.startServer();
    },
  },
  { name: 'worker', kill: async (product) => killOne(product, /main\.[jt]s worker/) },
  { name: 'runner', kill: async (product) => killOne(product, /runner/) },
  { name: 'tool', kill: async (product) => killOne(product, /yt-dlp/) },
];

/** Kills in the middle of one download after the other: as many rounds as the time allows, one victim after the other. */
export async function run({ seconds, log }: FaultOptions): Promise<FaultResult> {
  const end = Date.now() + seconds * 1_000;
  const lab = await createLab();
  const product = await Product.start({ lab });
  const problems: string[] = [];
  let rounds = 0;
  try {
    while (Date.now() < end) {
      const victim = VICTIMS[rounds % VICTIMS.length];
      if (victim === undefined) break;
      rounds += 1;
      // Somewhere in the fetch, another place in each round.
      const problem = await killRound(lab, product, victim, 6 + Math.random() * 60).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      log(
        `${problem === undefined ? '✓' : '✗'} round ${rounds}, ${victim.name}${problem === undefined ? '' : `: ${problem}`}`,
      );
      if (problem !== undefined) problems.push(problem);
    }
  } finally {
    await product.close();
    await lab.close();
  }
  return { ok: problems.length === 0, figures: { rounds, failed: problems.length } };
}

/** One download whose fetch is cut at that percentage: it must finish by itself and leave nothing behind. @throws AssertionError */
export async function killRound(lab: Lab, product: Product, victim: Victim, percent: number): Promise<void> {
  const before = new Set(await product.finalFiles().catch(() => []));
  const post = await lab.bigVideo('tiktok');
  lab.throttle(SLOW);
  const { jobId } = await product.api.submit(post.url);
  await product.api.until(jobId, ({ stage, progress }) => stage === 'fetch' && progress > percent);
  await victim.kill(product);
  lab.throttle(undefined);
  await product.api.until(jobId, ({ status, attempts }) => status === 'completed' || attempts > 1, PATIENCE_MS);
  const download = await product.api.untilOver(jobId, 90_000);
  // A tool that dies may be taken for one that fails: then the job says so.
  if (victim.name === 'tool') assert.ok(['completed', 'failed'].includes(download.status), download.status);
  else assert.equal(download.status, 'completed', `${download.errorCode ?? ''} ${download.errorMessage ?? ''}`);
  if (download.status === 'completed') assert.deepEqual(await checkPost(product, post), []);
  await untilEmpty(async () => product.stagedFiles());
  const files = (await product.finalFiles()).filter((file) => !before.has(file));
  assert.deepEqual(
    files.filter((file) => !/^[0-9a-f]{64}\.mp4$/.test(file)),
    [],
  );
}

/** What takes a moment to end must end. @throws AssertionError */
export async function untilEmpty(list: () => Promise<readonly string[]>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  let left = await list();
  while (left.length > 0 && Date.now() < end) {
    await delay(100);
    left = await list();
  }
  assert.deepEqual(left, []);
}

async function killOne(product: Product, pattern: RegExp): Promise<void> {
  const victim = (await product.processes()).find(({ command }) => pattern.test(command));
  assert.ok(victim !== undefined, `no process matches ${String(pattern)}`);
  process.kill(victim.pid, 'SIGKILL');
}
