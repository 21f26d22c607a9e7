import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findMemoryRoot, leaveMemory, listMemoryRoots } from './memory-directory.ts';
import { isProcessAlive, readStartTime } from './process-group.ts';
import type { JobRef } from './staging.ts';

/** Another worker may take an empty folder away this often while one is made in it. */
const MOST_TRIES = 5;
const ROOT_NAME = /^[^.]+\.(?<pid>[1-9]\d*)-(?<startTime>\d*)$/;

/**
 * Folder of one worker's running jobs; nobody else may look into it, and it never lies on the media share.
 * It is named for its process too: a worker that is started again does not share it with a life that still ends.
 */
export async function privateRootOf(dataDir: string, workerId: string): Promise<string> {
  return join(dataDir, 'run', await nameOfLife(workerId));
}

/** Where this process keeps the cookies of its jobs: in memory, else beside what else is private to them. */
export async function secretRootOf(dataDir: string, workerId: string): Promise<string> {
  const memory = await findMemoryRoot(dataDir);
  return memory === undefined ? privateRootOf(dataDir, workerId) : join(memory, await nameOfLife(workerId));
}

async function nameOfLife(workerId: string): Promise<string> {
  const worker = encodeURIComponent(workerId).replaceAll('.', '%2E');
  const startTime = (await readStartTime(process.pid)) ?? '';
  return `${worker}.${process.pid}-${startTime}`;
}

/** Removes what is private to the jobs of this process's worker. */
export async function removePrivateRoot(dataDir: string, workerId: string): Promise<void> {
  const name = await nameOfLife(workerId);
  for (const root of rootsOf(dataDir)) await removePrivateDirectory(join(root, name));
  await leaveMemory(dataDir);
}

/**
 * Removes what workers have left that are dead, whatever they were called: cookies lie there in clear text.
 * @param onDead told of each folder before it goes: a runner may still live in it
 */
export async function sweepPrivateRoots(dataDir: string, onDead: (root: string) => Promise<void>): Promise<void> {
  for (const root of rootsOf(dataDir)) await sweepRoot(root, onDead);
  await leaveMemory(dataDir);
}

function rootsOf(dataDir: string): readonly string[] {
  return [join(dataDir, 'run'), ...listMemoryRoots(dataDir)];
}

async function sweepRoot(root: string, onDead: (root: string) => Promise<void>): Promise<void> {
  const names = await readdir(root).catch(() => []);
  for (const name of names) {
    const { pid, startTime } = ROOT_NAME.exec(name)?.groups ?? {};
    if (pid === undefined || (await isProcessAlive(Number(pid), startTime))) continue;
    await onDead(join(root, name));
    await removePrivateDirectory(join(root, name));
  }
}

/** One job's private folders, which live as long as the job. */
export interface PrivateDirectory {
  /** Its working directory. */
  readonly path: string;
  /** For what a signed-in tool keeps, the cookies in it; missing for a job without cookies. */
  readonly secrets?: string;
  readonly cookiesFile?: string;
}

export async function createPrivateDirectory(
  { dataDir, workerId }: { readonly dataDir: string; readonly workerId: string },
  { jobId, attempt }: JobRef,
  cookies: string | undefined,
): Promise<PrivateDirectory> {
  const name = `${jobId}-${attempt}`;
  const path = await makeAnew(join(await privateRootOf(dataDir, workerId), name));
  if (cookies === undefined) return { path };
  const secrets = await makeAnew(join(await secretRootOf(dataDir, workerId), name, 'secrets'));
  const cookiesFile = join(secrets, 'cookies.txt');
  await writeFile(cookiesFile, cookies, { mode: 0o600, flag: 'wx' });
  return { path, secrets, cookiesFile };
}

async function makeAnew(path: string): Promise<string> {
  await rm(path, { recursive: true, force: true });
  for (let tries = 1; ; tries += 1) {
    try {
      await mkdir(path, { recursive: true, mode: 0o700 });
      return path;
    } catch (error) {
      // A worker that ends takes the empty folder above it away.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === MOST_TRIES) throw error;
    }
  }
}

/** Takes both folders away. */
export async function removePrivateDirectories({ path, secrets }: PrivateDirectory): Promise<void> {
  if (secrets !== undefined) await removePrivateDirectory(dirname(secrets));
  await removePrivateDirectory(path);
}

export async function removePrivateDirectory(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}
