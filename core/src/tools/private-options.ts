import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ToolContext } from './tool-context.ts';

/** What a tool must know and `ps` must not: a proxy may carry a password, a header a token. */
export interface PrivateOptions {
  readonly proxy?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Lends a file of options that only this user may read to a tool, and takes it away afterwards.
 * @param text the file's; undefined when there is nothing to hide
 */
export async function withPrivateOptions<T>(
  { stateDirectory }: Pick<ToolContext, 'stateDirectory'>,
  text: string | undefined,
  use: (file: string | undefined) => Promise<T>,
): Promise<T> {
  if (text === undefined) return use(undefined);
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(stateDirectory, 'options-'));
  try {
    const file = join(folder, 'options.conf');
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
