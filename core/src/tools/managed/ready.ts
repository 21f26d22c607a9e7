import { mkdir, readFile, readdir, readlink, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { currentLinkOf, toolsDirectoryOf } from './folders.ts';

const MARK = 'ready.json';

/** The interpreter that an environment was made with; a system upgrade that replaces it breaks the environment. */
async function describeInterpreter(directory: string): Promise<string> {
  const program = await realpath(join(directory, 'bin', 'python3'));
  const { mtimeMs, size } = await stat(program);
  return JSON.stringify({ program, mtimeMs, size });
}

/** Says that an environment passed its checks. The last thing that is written into it. */
export async function markReady(directory: string): Promise<void> {
  await writeFile(join(directory, MARK), await describeInterpreter(directory));
}

/** True for an environment that passed its checks and whose interpreter is still the same. */
export async function isReady(directory: string): Promise<boolean> {
  try {
    return (await readFile(join(directory, MARK), 'utf8')) === (await describeInterpreter(directory));
  } catch {
    return false; // Not made, half made, or its Python is gone.
  }
}

/** True when `current` leads to that environment. */
export async function isCurrent(dataDir: string, hash: string): Promise<boolean> {
  try {
    return (await readlink(currentLinkOf(dataDir))) === hash;
  } catch {
    return false; // The first installation.
  }
}

/** Points `current` at an environment in one step; remembers the one before it as `previous`. */
export async function switchCurrent(dataDir: string, hash: string): Promise<void> {
  if (await isCurrent(dataDir, hash)) return;
  const link = currentLinkOf(dataDir);
  await mkdir(toolsDirectoryOf(dataDir), { recursive: true });
  const before = await readlink(link).catch(() => undefined);
  if (before !== undefined) await replaceLink(join(toolsDirectoryOf(dataDir), 'previous'), before);
  await replaceLink(link, hash);
}

async function replaceLink(link: string, target: string): Promise<void> {
  const draft = `${link}.${process.pid}.tmp`;
  await rm(draft, { force: true });
  await symlink(target, draft);
  await rename(draft, link);
}

/** Removes environments that are neither in use nor the one before. */
export async function removeOthers(dataDir: string): Promise<void> {
  const tools = toolsDirectoryOf(dataDir);
  const links = ['current', 'previous'].map((name) => readlink(join(tools, name)).catch(() => undefined));
  const kept = new Set(await Promise.all(links));
  const names = (await readdir(tools)).filter((name) => /^[0-9a-f]{16}$/.test(name) && !kept.has(name));
  await Promise.all(names.map((name) => rm(join(tools, name), { recursive: true, force: true })));
}
