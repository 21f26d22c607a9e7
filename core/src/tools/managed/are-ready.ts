import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findLockFile, toolsDirectoryOf } from './folders.ts';
import { parseToolsLock } from './parse-lock.ts';
import { isCurrent, isReady } from './ready.ts';

/** True when the pinned Python tools are installed and in use: looks at a few files, and loads no installer. */
export async function areManagedToolsReady(dataDir: string, lockFile: string = findLockFile()): Promise<boolean> {
  const { hash } = parseToolsLock(await readFile(lockFile, 'utf8'));
  return (await isReady(join(toolsDirectoryOf(dataDir), hash))) && isCurrent(dataDir, hash);
}
