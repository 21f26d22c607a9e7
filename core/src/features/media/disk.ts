import { copyFile, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';

/** What the store asks of a file system; tests put one in its place that refuses, is slow or hangs. */
export interface Disk {
  /** Moves a file over whatever has that name, across file systems too. */
  move(from: string, to: string): Promise<void>;
  /** Moves within one file system; false when there is nothing to move. */
  tryRename(from: string, to: string): Promise<boolean>;
  /** What is gone already is fine. */
  remove(path: string): Promise<void>;
  /** Makes the folder's entries durable where the file system can do that. */
  syncFolder(path: string): Promise<void>;
  /** Names in a folder; none when the folder is missing. */
  list(folder: string): Promise<string[]>;
}

export const realDisk: Disk = {
  async move(from, to) {
    try {
      await rename(from, to);
    } catch (error) {
      if (codeOf(error) !== 'EXDEV') throw error;
      // A mount of its own inside the share: what is copied beside the target appears in one step all the same.
      const beside = `${to}.part`;
      await copyFile(from, beside);
      await syncFile(beside);
      await rename(beside, to);
      await rm(from, { force: true });
    }
  },

  async tryRename(from, to) {
    try {
      await rename(from, to);
      return true;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      // With the file there it is the folder that is missing.
      const isThere = await stat(from).then(
        () => true,
        () => false,
      );
      if (isThere) throw error;
      return false;
    }
  },

  async remove(path) {
    await unlink(path).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  },

  async syncFolder(path) {
    try {
      await using folder = await open(path, 'r');
      await folder.sync();
    } catch (error) {
      // SMB and NFS may refuse to sync a folder; then the share's own guarantees have to do.
      if (codeOf(error) === 'ENOENT') throw error;
    }
  },

  async list(folder) {
    return readdir(folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
  },
};

async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.sync();
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
