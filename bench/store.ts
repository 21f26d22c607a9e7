import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../core/src/app.ts';
import { loadConfig } from '../core/src/config.ts';
import { hashStagedFile } from '../core/src/worker/hash-file.ts';
import { addPerson } from '../core/test/helpers/people.ts';
import { median, watchMemory } from './lib/processes.ts';
import type { BenchResult } from './main.ts';
import { startNginx } from './store/nginx.ts';

const MIB = 1024 * 1024;
const SIZE = 1024 * MIB;
const RUNS = 3;
const STORE_GOAL = 1.3;
const STREAM_GOAL = 0.5;
/** Bytes by which the server may grow while it sends 8 GiB. */
const MEMORY_GOAL = 200 * MIB;
const CLIENTS = [1, 8] as const;

/** What storing 1 GiB costs against `cp`, and streaming it against nginx. */
export async function run(): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'mediafetcher-bench-'));
  const app = await buildApp(loadConfig({ DATA_DIR: folder, WORKERS: '0', PORT: '0', LOG_LEVEL: 'silent' }));
  try {
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const { id: userId, headers } = await addPerson(app, 'bench');
    const source = join(folder, 'source.jpg');
    const [cp, ours]: [number[], number[]] = [[], []];
    let mediaId = '';
    for (let round = 0; round < RUNS; round += 1) {
      // Other bytes each time: what is stored already would not be stored again.
      await makeFile(source);
      cp.push(await timed(async () => copyAndSync(source, join(folder, 'copy.jpg'))));
      const stagingDirectory = join(app.system.mediaRoot.staging, `bench-${round}`);
      await mkdir(stagingDirectory);
      await copyFile(source, join(stagingDirectory, '0.jpg'));
      const seconds = await timed(async () => {
        const signal = new AbortController().signal;
        const { sha256, size, relative } = await hashStagedFile(stagingDirectory, '0.jpg', 2 * SIZE, signal);
        const item = {
          index: 0,
          kind: 'image' as const,
          path: relative,
          sha256,
          size,
          thumbnails: [],
          engine: 'bench',
        };
        const result = { key: `bench:${round}`, url: 'https://example.org/', post: { postId: String(round) } };
        const { post } = await app.library.admit({
          ...{ userId, platform: 'bench', scope: 'shared', stagingDirectory },
          result: { ...result, items: [item], usedCookies: false },
        });
        mediaId = String(post.items[0]?.media);
      });
      ours.push(seconds);
    }
    const ratio = median(ours) / median(cp);
    const stream = await streaming(`${origin}/api/media/${mediaId}/file`, headers.cookie, folder);
    return {
      figures: {
        '1 GiB: cp and fsync, s (median of 3)': round2(median(cp)),
        '1 GiB: hash, fsync and store, s (median of 3)': round2(median(ours)),
        '1 GiB: ratio': round2(ratio),
        ...stream.figures,
      },
      goals: [{ name: `store within ${STORE_GOAL} x of cp`, met: ratio <= STORE_GOAL }, ...stream.goals],
    };
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function streaming(url: string, cookie: string, folder: string): Promise<BenchResult> {
  const nginx = await startNginx(folder, folder);
  const figures: Record<string, number> = {};
  const goals: { name: string; met: boolean }[] = [];
  try {
    for (const clients of CLIENTS) {
      const theirs = await speed(`${nginx.origin}/source.jpg`, clients, []);
      const before = process.memoryUsage.rss();
      const memory = watchMemory(async () => [process.pid]);
      const ours = await speed(url, clients, ['-H', `cookie: ${cookie}`]);
      const grown = (await memory.stop()).rss - before;
      figures[`range, ${clients} clients: nginx, MiB/s`] = Math.round(theirs);
      figures[`range, ${clients} clients: MediaFetcher, MiB/s`] = Math.round(ours);
      figures[`range, ${clients} clients: ratio`] = round2(ours / theirs);
      figures[`range, ${clients} clients: memory grown by, MiB`] = Math.round(grown / MIB);
      goals.push({ name: `${clients} clients at ${STREAM_GOAL} x of nginx`, met: ours / theirs >= STREAM_GOAL });
      goals.push({ name: `${clients} clients: memory is flat`, met: grown <= MEMORY_GOAL });
    }
  } finally {
    await nginx.stop();
  }
  return { figures, goals };
}

/** MiB a second over all clients, each of which takes all but the first byte. */
async function speed(url: string, clients: number, more: readonly string[]): Promise<number> {
  const take = async (): Promise<void> => {
    const argv = ['-sS', '--fail', '-o', '/dev/null', '-r', '1-', ...more, url];
    const child = spawn('curl', argv, { stdio: ['ignore', 'ignore', 'inherit'] });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(`curl ended with ${String(code)}.`);
  };
  // Once beforehand: both read from the page cache then.
  await take();
  const seconds = await timed(async () => Promise.all(Array.from({ length: clients }, take)));
  return ((SIZE / MIB) * clients) / seconds;
}

/** Random bytes that begin as a JPEG does. */
async function makeFile(path: string): Promise<void> {
  await using file = await open(path, 'w');
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
  const chunk = Buffer.concat([head, randomBytes(8 * MIB - head.length)]);
  for (let written = 0; written < SIZE; written += chunk.length) await file.write(chunk);
  await file.sync();
}

async function copyAndSync(from: string, to: string): Promise<void> {
  const child = spawn('cp', [from, to], { stdio: 'inherit' });
  await new Promise((resolve) => child.once('close', resolve));
  await using file = await open(to, 'r+');
  await file.sync();
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await task();
  return (performance.now() - started) / 1000;
}

const round2 = (value: number): number => Math.round(value * 100) / 100;
