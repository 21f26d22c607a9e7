import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import { Random } from '../random.ts';
import { EngineProcess } from './engine-process.ts';
import { COLLECTION, Writer, prepareCollection } from './writer.ts';

const WRITERS = 4;
const DATABASE = 'crash';

/** What happens in a round. */
export interface CrashOptions {
  readonly durability: 'normal' | 'full';
  /** Whether what was not synced is lost as well. It needs a C compiler. */
  readonly powerCut: boolean;
  readonly seed: number;
  /** Rounds stop when it says so. */
  readonly goesOn: (round: number) => boolean;
}

/** What the rounds found. */
export interface CrashFigures {
  readonly rounds: number;
  readonly acknowledged: number;
}

/** Builds the library that keeps what was synced. @returns undefined without a C compiler */
export function buildSyncRecorder(folder: string): string | undefined {
  const library = join(folder, 'synced.so');
  try {
    const source = new URL('synced.c', import.meta.url).pathname;
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl', '-lpthread'], { stdio: 'ignore' });
    return library;
  } catch {
    return undefined;
  }
}

/** The files as they were when each was last synced. */
function cutPower(file: string): void {
  for (const path of [file, `${file}-wal`]) {
    if (existsSync(`${path}.synced`)) copyFileSync(`${path}.synced`, path);
    else rmSync(path, { force: true });
  }
}

async function writeAndKill(engine: EngineProcess, writers: readonly Writer[], most: number): Promise<number> {
  let acknowledged = 0;
  let killed: Promise<void> | undefined;
  const count = (): void => {
    if (++acknowledged >= most) killed ??= engine.kill();
  };
  await Promise.all(writers.map((writer) => writer.run(count)));
  await killed;
  return acknowledged;
}

async function checkCollection(db: Db): Promise<void> {
  const answer = await db.command({ validate: COLLECTION, full: true });
  assert.equal(answer['valid'], true, JSON.stringify(answer['errors']));
}

/**
 * Writes, kills, starts again and compares with what was acknowledged, round after round on the same file.
 * @throws AssertionError when an acknowledged write is lost, a document is torn or an index disagrees
 */
export async function crashRounds(options: CrashOptions): Promise<CrashFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'em-crash-'));
  const preload = options.powerCut ? buildSyncRecorder(folder) : undefined;
  const file = join(folder, 'crash.db');
  const start = (): Promise<EngineProcess> =>
    EngineProcess.start({ file, socket: join(folder, 'c.sock'), durability: options.durability, preload });
  const random = new Random(options.seed);
  let engine = await start();
  let rounds = 0;
  let acknowledged = 0;
  try {
    while (options.goesOn(rounds)) {
      const db = engine.client.db(DATABASE);
      await prepareCollection(db);
      const writers = Array.from({ length: WRITERS }, (_, number) => new Writer(db, number, random));
      acknowledged += await writeAndKill(engine, writers, 5 + random.below(150));
      await engine.close();
      if (options.powerCut) cutPower(file);
      engine = await start();
      const after = engine.client.db(DATABASE);
      for (const writer of writers) await writer.verify(after);
      await checkCollection(after);
      await after.collection(COLLECTION).drop();
      rounds++;
    }
    return { rounds, acknowledged };
  } finally {
    await engine.kill().catch(() => undefined);
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
