import assert from 'node:assert/strict';
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
  /** Whether writes ask for the disk. @default false */
  readonly journal?: boolean;
  /** Whether what was not synced is lost as well. */
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

/** The log as it was when it was last synced. The database's own file changes only when SQLite has synced both. */
function cutPower(wal: string): void {
  if (existsSync(`${wal}.synced`)) copyFileSync(`${wal}.synced`, wal);
  else rmSync(wal, { force: true });
}

async function writeAndKill(engine: EngineProcess, writers: readonly Writer[], most: number): Promise<number> {
  let acknowledged = 0;
  let killed: Promise<void> | undefined;
  const count = (): void => {
    if (++acknowledged >= most) killed ??= engine.kill();
  };
  await Promise.all(writers.map((writer) => writer.run(count)));
  engine.checkDeath();
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
  const file = join(folder, 'crash.db');
  const start = (): Promise<EngineProcess> =>
    EngineProcess.start({
      file,
      socket: join(folder, 'c.sock'),
      durability: options.durability,
      journal: options.journal ?? false,
      recordsSyncs: options.powerCut,
    });
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
      if (options.powerCut) cutPower(`${file}-wal`);
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
