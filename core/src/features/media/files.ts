import { copyFile, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MediaRoot } from '../system/index.ts';

/** The file primitives of the store: all that touches `final/` and `thumbs/`. */
export class MediaFiles {
  readonly #root: MediaRoot;

  constructor(root: MediaRoot) {
    this.#root = root;
  }

  /** Whether the share is there and ours. */
  async mounted(): Promise<boolean> {
    return this.#root.mounted();
  }

  finalPath({ sha256, ext }: { sha256: string; ext: string }): string {
    return join(this.#root.final, `${sha256}.${ext}`);
  }

  thumbnailPath(sha256: string, width: number): string {
    return join(this.#root.thumbs, `${sha256}-${width}.webp`);
  }

  /** Whether the whole file is in place. */
  async isPublished(media: { sha256: string; ext: string; size: number }): Promise<boolean> {
    const stats = await stat(this.finalPath(media)).catch(() => undefined);
    return stats?.isFile() === true && stats.size === media.size;
  }

  /** Moves a synced file into `final/` in one step and makes the move durable. */
  async publish(staged: string, media: { sha256: string; ext: string }): Promise<void> {
    const target = this.finalPath(media);
    await moveFile(staged, target);
    await syncDirectory(dirname(target));
  }

  /** Thumbnails can be made again: no sync. */
  async publishThumbnail(staged: string, sha256: string, width: number): Promise<void> {
    await moveFile(staged, this.thumbnailPath(sha256, width));
  }

  /** Takes the file and its thumbnails off the disk; what is gone already is fine. */
  async remove(media: { sha256: string; ext: string; thumbnails: readonly number[] }): Promise<void> {
    await unlink(this.finalPath(media)).catch(ignoreMissing);
    for (const width of media.thumbnails) await unlink(this.thumbnailPath(media.sha256, width)).catch(ignoreMissing);
    await syncDirectory(this.#root.final);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Renames; across file systems (a bind mount inside the share) copies beside the target first. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const beside = `${to}.part`;
    await copyFile(from, beside);
    await syncFile(beside);
    await rename(beside, to);
    await rm(from, { force: true });
  }
}

async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r+');
  await file.sync();
}

/** SMB and NFS may refuse to sync a directory; then the share's own guarantees have to do. */
async function syncDirectory(path: string): Promise<void> {
  try {
    await using folder = await open(path, 'r');
    await folder.sync();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw error;
  }
}
