import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobRef } from './staging.ts';

/** Folder of one worker's running jobs; nobody else may look into it, and it never lies on the media share. */
export function privateRootOf(dataDir: string, workerId: string): string {
  return join(dataDir, 'run', encodeURIComponent(workerId).replaceAll('.', '%2E'));
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
