import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MediaRoot } from '../system/index.ts';
import { realDisk } from './disk.ts';
import type { MediaFiles } from './files.ts';
import type { MediaDoc } from './model.ts';

type Named = Pick<MediaDoc, 'sha256' | 'ext' | 'size' | 'thumbnails'>;

/** Files that do not fit their documents. What may be somebody's is moved to `lost+found/`, never deleted. */
export class StrayFiles {
  readonly #root: MediaRoot;
  readonly #files: MediaFiles;
  readonly #isKnown: (sha256: string) => Promise<boolean>;

  constructor(root: MediaRoot, files: MediaFiles, isKnown: (sha256: string) => Promise<boolean>) {
    this.#root = root;
    this.#files = files;
    this.#isKnown = isKnown;
  }

  /** Bytes; undefined when there is no such file. */
  async sizeOf(medium: Named): Promise<number | undefined> {
    const stats = await stat(this.#files.finalPath(medium)).catch(() => undefined);
    return stats?.isFile() === true ? stats.size : undefined;
  }

  async hashOf(medium: Named): Promise<string> {
    return hashFile(this.#files.finalPath(medium));
  }

  async missingThumbnails({ sha256, thumbnails }: Named): Promise<number[]> {
    const missing: number[] = [];
    for (const width of thumbnails) {
      const stats = await stat(this.#files.thumbnailPath(sha256, width)).catch(() => undefined);
      // A full disk leaves an empty one.
      if (stats === undefined || stats.size === 0) missing.push(width);
    }
    return missing;
  }

  /** Moves a file that no document speaks of; back again when one has come meanwhile. False when it is gone. */
  async moveUnknown(name: string): Promise<boolean> {
    const from = join(this.#root.final, name);
    const to = join(await this.#lostAndFound(), name);
    if (!(await realDisk.tryRename(from, to))) return false;
    if (!(await this.#isKnown(name.slice(0, name.indexOf('.'))))) return true;
    await realDisk.tryRename(to, from);
    return false;
  }

  /** Moves a file whose bytes are not those of its name, so that they can be fetched again. */
  async moveWrong(medium: Named): Promise<boolean> {
    const to = join(await this.#lostAndFound(), `${medium.sha256}.wrong-${randomUUID()}.${medium.ext}`);
    return realDisk.tryRename(this.#files.finalPath(medium), to);
  }

  /** Puts a file back that an earlier repair had moved, when its bytes are the right ones. */
  async bringBack(medium: Named): Promise<boolean> {
    const from = join(await this.#lostAndFound(), `${medium.sha256}.${medium.ext}`);
    const hash = await hashFile(from).catch(() => undefined);
    return hash === medium.sha256 && realDisk.tryRename(from, this.#files.finalPath(medium));
  }

  async removeThumbnail(name: string): Promise<boolean> {
    await realDisk.remove(join(this.#root.thumbs, name));
    return true;
  }

  async #lostAndFound(): Promise<string> {
    const folder = join(this.#root.path, 'lost+found');
    await this.#root.makeFolders();
    await mkdir(folder, { recursive: true });
    return folder;
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
