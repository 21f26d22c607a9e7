import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const RETRY_MS = 250;

/**
 * Runs something while no other process does it for the same folder. The operating system gives the lock back when a process dies,
 * so there is no stale one. Waiting ends with the signal.
 */
export async function withInstallLock<T>(directory: string, signal: AbortSignal, use: () => Promise<T>): Promise<T> {
  await mkdir(directory, { recursive: true });
  // Loaded here only: most starts of the server find everything in place.
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(join(directory, 'install.lock'), { timeout: 0 });
  try {
    while (!tryBegin(() => database.exec('BEGIN EXCLUSIVE'))) await setTimeout(RETRY_MS, undefined, { signal });
    return await use();
  } finally {
    database.close();
  }
}

const SQLITE_BUSY = 5;

function tryBegin(begin: () => void): boolean {
  try {
    begin();
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
