import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaRoot } from '../system/index.ts';

const TEST_BYTES = 1024 * 1024;

/** What a look at the media folder found. */
export interface MediaFolderCheck {
  readonly path: string;
  /** The folder is there and carries this server's marker. */
  readonly marked: boolean;
  /** A file could be written, read, moved and deleted. */
  readonly writable: boolean;
  /** Downloads arrive on the disk on which they stay: a finished file moves in one step. */
  readonly sameDisk: boolean;
  /** Bytes; null when they cannot be told. */
  readonly free: number | null;
  /** Bytes of the disk; null when they cannot be told. */
  readonly size: number | null;
  /** Bytes a second that the test file was written with; null when it was not. */
  readonly speed: number | null;
  /** Node's code of what went wrong, such as `EACCES`. */
  readonly problem: string | null;
}

type Root = Pick<MediaRoot, 'path' | 'staging' | 'final' | 'mounted' | 'space'>;

/** Writes a test file as a download would, and takes it away again. Nothing is written into a folder that is not ours. */
export async function checkMediaFolder(root: Root): Promise<MediaFolderCheck> {
  const marked = await root.mounted();
  const space = await root.space().catch(() => undefined);
  const known = { path: root.path, marked, free: space?.free ?? null, size: space?.total ?? null };
  if (!marked) return { ...known, writable: false, sameDisk: false, speed: null, problem: null };
  const name = `.check-${randomUUID()}`;
  const [staged, shelf] = [join(root.staging, name), join(root.final, name)];
  try {
    await mkdir(root.staging, { recursive: true });
    await mkdir(root.final, { recursive: true });
    const speed = await writeTestFile(staged);
    const sameDisk = (await stat(root.staging)).dev === (await stat(root.final)).dev;
    await rename(staged, shelf);
    const { length } = await readFile(shelf);
    await rm(shelf);
    if (length !== TEST_BYTES) return { ...known, writable: false, sameDisk, speed, problem: 'EIO' };
    return { ...known, writable: true, sameDisk, speed, problem: null };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
    return { ...known, writable: false, sameDisk: code !== 'EXDEV', speed: null, problem: code };
  } finally {
    await Promise.all([staged, shelf].map(async (file) => rm(file, { force: true }).catch(() => undefined))); // It was said already that the folder cannot be written.
  }
}

/** @returns bytes a second, the way to the disk included */
async function writeTestFile(path: string): Promise<number> {
  const began = performance.now();
  const file = await open(path, 'wx');
  try {
    await file.writeFile(Buffer.alloc(TEST_BYTES, 'mediafetcher '));
    await file.sync();
  } finally {
    await file.close();
  }
  return Math.round((TEST_BYTES * 1000) / Math.max(1, performance.now() - began));
}
