import { access, constants, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { ProgramFile } from './version-cache.ts';

/** First executable file of that name in the folders of a PATH; relative folders are left out. */
export async function findOnPath(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const program = join(folder, name);
    if (isAbsolute(folder) && (await identifyProgram(program)) !== undefined) return program;
  }
  return undefined;
}

/** The file behind a path (links followed), when it can be executed. */
export async function identifyProgram(path: string): Promise<ProgramFile | undefined> {
  try {
    await access(path, constants.X_OK);
    const facts = await stat(path);
    if (!facts.isFile()) return undefined;
    return { path: await realpath(path), mtimeMs: facts.mtimeMs, size: facts.size };
  } catch {
    return undefined; // Not there, or not for us.
  }
}
