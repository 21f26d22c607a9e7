import { constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** Says why a path that somebody claims is no staged file. */
export class StagedFileError extends Error {
  override readonly name = 'StagedFileError';
}

export interface StagedFile {
  /** Absolute, without symlinks. */
  readonly path: string;
  /** Relative to the staging directory. */
  readonly relative: string;
  readonly size: number;
}

/**
 * Believes no path: it must lead, after realpath, to a regular file with one name inside the staging directory.
 * @throws StagedFileError
 */
export async function checkStagedFile(stagingDirectory: string, claimed: string): Promise<StagedFile> {
  const root = await realpath(stagingDirectory);
  const named = isAbsolute(claimed) ? claimed : resolve(root, claimed);
  const stats = await lstat(named).catch((cause: unknown) => {
    throw new StagedFileError('The file is not there.', { cause });
  });
  if (stats.isSymbolicLink()) throw new StagedFileError('The file is a symbolic link.');
  if (!stats.isFile()) throw new StagedFileError('It is not a regular file.');
  if (stats.nlink > 1) throw new StagedFileError('The file has another name as well.');
  const path = await realpath(named);
  const inside = relative(root, path);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new StagedFileError('The file is not in the staging directory.');
  }
  return { path, relative: inside, size: stats.size };
}

/** Opens a staged file without following a symlink that took its place meanwhile. @throws StagedFileError */
export async function openStagedFile(
  stagingDirectory: string,
  claimed: string,
): Promise<StagedFile & { readonly handle: FileHandle }> {
  const file = await checkStagedFile(stagingDirectory, claimed);
  const handle = await open(file.path, constants.O_RDONLY | constants.O_NOFOLLOW);
  const stats = await handle.stat();
  if (stats.isFile() && stats.nlink <= 1) return { ...file, size: stats.size, handle };
  await handle.close();
  throw new StagedFileError('It is not a regular file.');
}
