import { stat } from 'node:fs/promises';

/** Leaves out files that are not there, not regular, or empty. */
export async function keepWholeFiles<F extends { readonly path: string }>(files: readonly F[]): Promise<F[]> {
  const sizes = await Promise.all(files.map(({ path }) => sizeOfFile(path)));
  return files.filter((_, index) => (sizes[index] ?? 0) > 0);
}

/** Bytes of a regular file; 0 when there is none. */
export async function sizeOfFile(path: string): Promise<number> {
  try {
    const facts = await stat(path);
    return facts.isFile() ? facts.size : 0;
  } catch {
    return 0; // Not there (yet): nothing has arrived.
  }
}
