import { readFileSync } from 'node:fs';
import { EngineError } from '../engine-error.ts';
import { isBusy, openSqlite } from './sqlite.ts';
import type { DatabaseSync } from './sqlite.ts';

/** A held lock. */
export interface Lock {
  readonly release: () => void;
}

/** When a process began, in clock ticks since the machine's start; undefined where /proc is missing. */
function startTime(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').pop()?.split(' ')[19];
  } catch {
    return undefined;
  }
}

function begin(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
}

function refuse(database: DatabaseSync, file: string, cause: unknown): never {
  let pid: unknown;
  try {
    pid = database.prepare('SELECT pid FROM holder').get()?.['pid'];
  } catch {
    // The holder has not written its number yet.
  }
  database.close();
  const who = typeof pid === 'number' ? `process ${pid}` : 'another process';
  throw new EngineError('EMBEDDED_MONGO_LOCKED', `${file} is open in ${who}. Stop it first, or use another file.`, {
    cause,
    pid: typeof pid === 'number' ? pid : undefined,
  });
}

/**
 * Takes the database for this process. The lock is the operating system's lock on a small file of its own, held by
 * an open SQLite transaction: it goes when the process goes, however it ends.
 * @throws EngineError EMBEDDED_MONGO_LOCKED, with the pid of the holder
 */
export function takeLock(file: string): Lock {
  const database = openSqlite(`${file}.lock`);
  try {
    database.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;');
    begin(database);
    database.exec('CREATE TABLE IF NOT EXISTS holder(id INTEGER PRIMARY KEY, pid INTEGER NOT NULL, started TEXT)');
    database
      .prepare('INSERT OR REPLACE INTO holder(id, pid, started) VALUES (1, ?, ?)')
      .run(process.pid, startTime(process.pid) ?? null);
    database.exec('COMMIT');
    begin(database);
  } catch (error) {
    if (isBusy(error)) refuse(database, file, error);
    database.close();
    throw error;
  }
  return {
    release: () => {
      database.exec('ROLLBACK');
      database.close();
    },
  };
}
