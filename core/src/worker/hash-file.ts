import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PluginError } from '@mediafetcher/sdk';
import { StagedFileError, openStagedFile } from '../channel/staged-file.ts';

const CHUNK_BYTES = 1024 * 1024;

export interface HashedFile {
  readonly sha256: string;
  readonly size: number;
  /** Relative to the staging directory. */
  readonly relative: string;
}

/**
 * Reads a staged file once: SHA-256, size, and through to the disk.
 * @throws MF_ERR_PLUGIN for a path that is refused, MF_ERR_CORRUPT for an empty file, MF_ERR_TOO_LARGE
 */
export async function hashStagedFile(
  stagingDirectory: string,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<HashedFile> {
  const file = await openStagedFile(stagingDirectory, path).catch((cause: unknown) => {
    if (!(cause instanceof StagedFileError)) throw cause;
    throw new PluginError('MF_ERR_PLUGIN', `The plugin named a file that is refused: ${cause.message}`, { cause });
  });
  try {
    if (file.size === 0) throw new PluginError('MF_ERR_CORRUPT', 'The file is empty.');
    if (file.size > maxBytes) throw new PluginError('MF_ERR_TOO_LARGE', 'The file is larger than what is allowed.');
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, file.size));
    let size = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await file.handle.read(buffer, 0, buffer.length, size);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    if (size !== file.size) throw new PluginError('MF_ERR_CORRUPT', 'The file changed while it was read.');
    await file.handle.sync();
    await syncDirectory(dirname(file.path));
    return { sha256: hash.digest('hex'), size, relative: file.relative };
  } finally {
    await file.handle.close();
  }
}

/** Network shares refuse to sync a directory; it never matters there. */
async function syncDirectory(path: string): Promise<void> {
  try {
    const directory = await open(path);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EIO') throw error;
  }
}
