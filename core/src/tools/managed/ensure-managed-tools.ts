import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findServing } from './are-ready.ts';
import { findLockFile, toolsDirectoryOf } from './folders.ts';
import { withInstallLock } from './install-lock.ts';
import { installEnvironment } from './install-environment.ts';
import type { EnsureManagedToolsOptions } from './options.ts';
import { parseToolsLock } from './parse-lock.ts';
import { isReady, removeOthers, switchCurrent } from './ready.ts';

export interface ManagedTools {
  /** The virtual environment behind `current`. */
  readonly directory: string;
  /** False when everything was there already; then no network was touched. */
  readonly installed: boolean;
}

/**
 * Makes sure that the pinned Python tools are in `DATA_DIR/tools/current`. Builds a new environment beside the old one, tries it, then
 * switches; what was half made is thrown away. Several processes may call it at once.
 * @throws MF_ERR_TOOL_MISSING when Python or its venv module is missing, with the command that installs it as `help`
 * @throws MF_ERR_NETWORK MF_ERR_DISK_FULL MF_ERR_DISK_READ_ONLY MF_ERR_CORRUPT
 */
export async function ensureManagedTools(options: EnsureManagedToolsOptions): Promise<ManagedTools> {
  const { dataDir, log, onStep, signal = new AbortController().signal } = options;
  const lockFile = options.lockFile ?? findLockFile();
  const lock = parseToolsLock(await readFile(lockFile, 'utf8'));
  const tools = toolsDirectoryOf(dataDir);
  const directory = join(tools, lock.hash);
  const serving = await findServing(dataDir, lock);
  if (serving !== undefined) return { directory: serving, installed: false };
  return withInstallLock(tools, signal, async () => {
    const ready = await isReady(directory);
    if (!ready) await installEnvironment({ ...options, signal, directory, lockFile, pins: lock.pins });
    onStep?.('switch');
    await switchCurrent(dataDir, lock.hash);
    await removeOthers(dataDir);
    log.info({ directory, installed: !ready }, 'managed tools ready');
    return { directory, installed: !ready };
  });
}
