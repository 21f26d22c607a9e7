import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MediaRoot } from '../system/index.ts';
import { realDisk } from './disk.ts';
import type { Disk } from './disk.ts';

interface FileName {
  readonly sha256: string;
  readonly ext: string;
}

/** A file that was taken out of `final/` on its way to be deleted: `removing/<sha256>.<ext>.<token>`. */
export interface AsideFile extends FileName {
  /** Absolute. */
  readonly path: string;
}

const ASIDE = /^([0-9a-f]{64})\.([0-9a-z]{1,8})\.[0-9a-f-]{1,64}$/;

/** The file primitives of the store: all that touches `final/`, `thumbs/` and `removing/`. */
export class MediaFiles {
  readonly #root: MediaRoot;
  readonly #disk: Disk;

  constructor(root: MediaRoot, disk: Disk = realDisk) {
    this.#root = root;
    this.#disk = disk;
  }

  /** Whether the share is there and ours. */
  async mounted(): Promise<boolean> {
    return this.#root.mounted();
  }

  finalPath({ sha256, ext }: FileName): string {
    return join(this.#root.final, `${sha256}.${ext}`);
  }

  thumbnailPath(sha256: string, width: number): string {
    return join(this.#root.thumbs, `${sha256}-${width}.webp`);
  }

  /** Whether the whole file is in place. */
  async isPublished(media: FileName & { size: number }): Promise<boolean> {
    const stats = await stat(this.finalPath(media)).catch(() => undefined);
    return stats?.isFile() === true && stats.size === media.size;
  }

  /** Moves a synced file into `final/` in one step and makes the move durable. */
  async publish(staged: string, media: FileName): Promise<void> {
    const target = this.finalPath(media);
    await this.#disk.move(staged, target);
    await this.#disk.syncFolder(dirname(target));
  }

  /** Thumbnails can be made again: no sync. */
  async publishThumbnail(staged: string, sha256: string, width: number): Promise<void> {
    await this.#disk.move(staged, this.thumbnailPath(sha256, width));
  }

  /**
   * Takes the file out of `final/` without deleting it: whoever comes too late (a call that hung until another server had
   * taken over, and the same bytes were stored anew) can put it back. Undefined when it is gone already.
   */
  async takeAside(media: FileName, token: string): Promise<AsideFile | undefined> {
    const path = join(this.#root.removing, `${media.sha256}.${media.ext}.${token}`);
    await this.#root.makeFolders();
    if (!(await this.#disk.tryRename(this.finalPath(media), path))) return undefined;
    await this.#disk.syncFolder(this.#root.final);
    return { sha256: media.sha256, ext: media.ext, path };
  }

  /** Puts a file that was taken aside back. False when it is gone. */
  async putBack(aside: AsideFile): Promise<boolean> {
    return this.#disk.tryRename(aside.path, this.finalPath(aside));
  }

  /** Deletes a file that was taken aside; one that is gone already is fine. */
  async discard(aside: AsideFile): Promise<void> {
    await this.#disk.remove(aside.path);
  }

  async removeThumbnails(sha256: string, widths: readonly number[]): Promise<void> {
    for (const width of widths) await this.#disk.remove(this.thumbnailPath(sha256, width));
  }

  /** What was taken aside and neither deleted nor put back. */
  async asides(): Promise<AsideFile[]> {
    return (await this.#disk.list(this.#root.removing)).flatMap((name) => {
      const [, sha256, ext] = ASIDE.exec(name) ?? [];
      return sha256 === undefined || ext === undefined ? [] : [{ sha256, ext, path: join(this.#root.removing, name) }];
    });
  }
}
