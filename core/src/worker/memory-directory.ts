import { createHash } from 'node:crypto';
import { lstat, mkdir, rmdir, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** File systems that live in memory: tmpfs and ramfs. */
const IN_MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);
/** With less room than this, in bytes, what a signed-in tool keeps for a job might not fit. */
const ROOM = 16 * 1024 * 1024;

/** Where a system may have room in memory for what must not reach a disk. */
function listCandidates(): readonly string[] {
  const runtime = process.env['XDG_RUNTIME_DIR'];
  return [...(runtime === undefined || runtime === '' ? [] : [runtime]), '/dev/shm'];
}

/** The folders in memory that this installation uses, or has used; they need not be there. */
export function listMemoryRoots(dataDir: string): readonly string[] {
  const owner = `mediafetcher-${process.getuid?.() ?? 0}`;
  const installation = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  return listCandidates().map((candidate) => join(candidate, owner, installation));
}

/** A folder in memory that only this user may enter; undefined where there is none. */
export async function findMemoryRoot(dataDir: string): Promise<string | undefined> {
  for (const root of listMemoryRoots(dataDir)) if (await isUsable(root)) return root;
  return undefined;
}

async function isUsable(root: string): Promise<boolean> {
  const parent = join(root, '..');
  try {
    const { type, bavail, bsize } = await statfs(join(parent, '..'));
    if (!IN_MEMORY.has(type) || bavail * bsize < ROOM) return false;
    await mkdir(root, { recursive: true, mode: 0o700 });
    // Everybody may write to /dev/shm: a folder of this name may be somebody else's, or a link to elsewhere.
    return (await isOurs(parent)) && (await isOurs(root));
  } catch {
    return false; // Not there, or not for us: the disk has to do.
  }
}

async function isOurs(folder: string): Promise<boolean> {
  const facts = await lstat(folder);
  return facts.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & 0o077) === 0;
}

/** Takes the installation's folders in memory away when they hold nothing. */
export async function leaveMemory(dataDir: string): Promise<void> {
  for (const root of listMemoryRoots(dataDir)) {
    // Not there, or another worker's is in it.
    await rmdir(root).catch(() => undefined);
  }
}
