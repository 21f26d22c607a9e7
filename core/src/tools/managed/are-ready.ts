import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isNoOlder, readVersions } from './environment-versions.ts';
import { currentLinkOf, findLockFile, toolsDirectoryOf } from './folders.ts';
import { parseToolsLock } from './parse-lock.ts';
import type { ToolsLock } from './parse-lock.ts';
import { isCurrent, isReady } from './ready.ts';

/** True when the pinned Python tools are installed and in use: looks at a few files, and loads no installer. */
export async function areManagedToolsReady(dataDir: string, lockFile: string = findLockFile()): Promise<boolean> {
  return (await findServing(dataDir, parseToolsLock(await readFile(lockFile, 'utf8')))) !== undefined;
}

/** The environment in use, when it is ready and no older than the lock file: the one of the lock, or an update after it. */
export async function findServing(dataDir: string, { hash, pins }: ToolsLock): Promise<string | undefined> {
  const own = join(toolsDirectoryOf(dataDir), hash);
  if (await isCurrent(dataDir, hash)) return (await isReady(own)) ? own : undefined;
  const current = await realpath(currentLinkOf(dataDir)).catch(() => undefined);
  const versions = current === undefined ? undefined : await readVersions(current);
  if (current === undefined || versions === undefined || !isNoOlder(versions, pins)) return undefined;
  return (await isReady(current)) ? current : undefined;
}
