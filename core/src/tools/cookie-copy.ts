import { copyFile, chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ToolContext } from './tool-context.ts';

/** Lends a private copy of the cookies to a tool that rewrites its jar, and takes it away afterwards. */
export async function withCookieCopy<T>(
  context: Pick<ToolContext, 'cookiesFile' | 'stateDirectory'>,
  use: (cookiesFile: string | undefined) => Promise<T>,
): Promise<T> {
  const { cookiesFile, stateDirectory } = context;
  if (cookiesFile === undefined) return use(undefined);
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(stateDirectory, 'jar-'));
  try {
    const copy = join(folder, 'cookies.txt');
    await copyFile(cookiesFile, copy);
    await chmod(copy, 0o600);
    return await use(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
