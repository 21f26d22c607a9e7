import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** All that the server keeps about tools. */
export function toolsDirectoryOf(dataDir: string): string {
  return join(dataDir, 'tools');
}

/** The link to the virtual environment in use. */
export function currentLinkOf(dataDir: string): string {
  return join(toolsDirectoryOf(dataDir), 'current');
}

/** Where the managed program of that name is, if it is. */
export function managedProgram(dataDir: string, name: string): string {
  return join(currentLinkOf(dataDir), 'bin', name);
}

/** The lock file of the managed tools, from the sources as well as from a build beside them. */
export function findLockFile(from: string = import.meta.dirname): string {
  const path = join(from, 'tools.lock', 'requirements.lock');
  const parent = dirname(from);
  return existsSync(path) || parent === from ? path : findLockFile(parent);
}
