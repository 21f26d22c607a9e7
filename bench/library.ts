import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../core/src/app.ts';
import { loadConfig } from '../core/src/config.ts';
import { libraryPostView } from '../core/src/features/library/index.ts';
import type { LibraryService } from '../core/src/features/library/index.ts';
import { generateLibrary } from './library/generate.ts';
import type { MadeLibrary } from './library/generate.ts';
import { questionsOf } from './library/questions.ts';
import type { Question } from './library/questions.ts';
import type { BenchResult } from './main.ts';

const ASKED = 120;
const LIMIT = 60;
const GOAL_MS: Readonly<Record<number, number>> = { 100_000: 50, 1_000_000: 100 };
const GROWTH = 2;

/** How long lists take on the embedded engine, from 10,000 to 100,000 posts of one person; `--million`: to 1,000,000. */
export async function run(flags: readonly string[]): Promise<BenchResult> {
  const sizes = [10_000, 100_000, ...(flags.includes('--million') ? [1_000_000] : [])];
  const figures: Record<string, number> = {};
  const goals: { name: string; met: boolean }[] = [];
  const overall: number[] = [];
  for (const size of sizes) {
    const times = await measure(size, figures);
    overall.push(quantile(times, 0.95));
    const goal = GOAL_MS[size];
    figures[`${size}: all: p95, ms`] = round(quantile(times, 0.95));
    if (goal !== undefined) goals.push({ name: `${size}: p95 under ${goal} ms`, met: quantile(times, 0.95) < goal });
  }
  const growth = (overall.at(-1) ?? NaN) / (overall[0] ?? NaN);
  figures['growth of p95'] = round(growth);
  goals.push({ name: `p95 grows at most ${GROWTH} times`, met: growth <= GROWTH });
  return { figures, goals };
}

async function measure(size: number, figures: Record<string, number>): Promise<number[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mediafetcher-bench-'));
  const app = await buildApp(loadConfig({ DATA_DIR: dataDir, WORKERS: '0', PORT: '0', LOG_LEVEL: 'silent' }));
  try {
    await app.ready();
    const user = await app.accounts.createFirstAdmin({ username: 'bench', password: 'a long password' });
    const started = performance.now();
    const made = await generateLibrary(app, user._id.toHexString(), size);
    figures[`${size}: filled in, s`] = round((performance.now() - started) / 1000);
    const all: number[] = [];
    for (const [name, ask] of Object.entries(questionsOf(made))) {
      const times: number[] = [];
      for (let n = 0; n < ASKED; n += 1) times.push(await time(app.library, made, ask(n)));
      figures[`${size}: ${name}: p50, ms`] = round(quantile(times, 0.5));
      figures[`${size}: ${name}: p95, ms`] = round(quantile(times, 0.95));
      all.push(...times);
    }
    return all;
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Milliseconds from the question to what is shown. */
async function time(library: LibraryService, made: MadeLibrary, { skip = 0, ...question }: Question): Promise<number> {
  let cursor: string | undefined;
  for (let page = 0; ; page += 1) {
    const started = performance.now();
    const found = await library.query.page(made.userId, { ...question, limit: LIMIT, cursor });
    JSON.stringify(found.items.map(libraryPostView));
    if (page === skip || found.nextCursor === null) return performance.now() - started;
    cursor = found.nextCursor;
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

const round = (value: number): number => Math.round(value * 100) / 100;
