import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isProcessAlive, readStartTime } from './process-group.ts';
import type { JobRef } from './staging.ts';

const ROOT_NAME = /^[^.]+\.(?<pid>[1-9]\d*)-(?<startTime>\d*)$/;

/**
 * Folder of one worker's running jobs; nobody else may look into it, and it never lies on the media share.
 * It is named for its process too: a worker that is started again does not share it with a life that still ends.
 */
export async function privateRootOf(dataDir: string, workerId: string): Promise<string> {
  const worker = encodeURIComponent(workerId).replaceAll('.', '%2E');
  const startTime = (await readStartTime(process.pid)) ?? '';
  return join(dataDir, 'run', `${worker}.${process.pid}-${startTime}`);
}

/** Removes what is private to the jobs of this process's worker. */
export async function removePrivateRoot(dataDir: string, workerId: string): Promise<void> {
  await removePrivateDirectory(await privateRootOf(dataDir, workerId));
}

/** Removes what workers have left that are dead, whatever they were called: cookies lie there in clear text. */
export async function sweepPrivateRoots(dataDir: string): Promise<void> {
  const names = await readdir(join(dataDir, 'run')).catch(() => []);
  for (const name of names) {
    const { pid, startTime } = ROOT_NAME.exec(name)?.groups ?? {};
    if (pid === undefined || (await isProcessAlive(Number(pid), startTime))) continue;
    await removePrivateDirectory(join(dataDir, 'run', name));
  }
}

/** One job's private folder: its working directory, and its cookies in a file that lives as long as the job. */
export interface PrivateDirectory {
  readonly path: string;
  readonly cookiesFile?: string;
}

export async function createPrivateDirectory(
  root: string,
  { jobId, attempt }: JobRef,
  cookies: string | undefined,
): Promise<PrivateDirectory> {
  const path = join(root, `${jobId}-${attempt}`);
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (cookies === undefined) return { path };
  const cookiesFile = join(path, 'cookies.txt');
  await writeFile(cookiesFile, cookies, { mode: 0o600, flag: 'wx' });
  return { path, cookiesFile };
}

export async function removePrivateDirectory(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}
