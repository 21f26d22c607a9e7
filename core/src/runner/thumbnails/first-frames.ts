import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchedItem, Tools } from '@mediafetcher/sdk';
import { grabFirstFrame } from './grab-frame.ts';
import type { FirstFrame } from './grab-frame.ts';

/** Where the pictures of a job are made. */
export const THUMBNAIL_FOLDER = '.thumbs';

/** Frames of videos that are taken while ffprobe still looks at the file: most of both is a program's start. */
export class FirstFrames {
  readonly #directory: string;
  readonly #tools: Tools;
  readonly #begun = new Map<number, Promise<FirstFrame | undefined>>();
  #busy = false;

  constructor(stagingDirectory: string, tools: Tools) {
    this.#directory = join(stagingDirectory, THUMBNAIL_FOLDER);
    this.#tools = tools;
  }

  /**
   * Begins with a file that lies where it may, unless another one is under way: a carousel is not decoded all at once.
   * Whatever goes wrong shows when the frame is wanted.
   */
  begin({ index, kind, path }: FetchedItem): void {
    if (kind !== 'video' || this.#busy) return;
    this.#busy = true;
    const frame = this.#grab(index, path)
      .catch(() => undefined)
      .finally(() => (this.#busy = false));
    this.#begun.set(index, frame);
  }

  /** The frame of an item, if it was begun. */
  of(index: number): Promise<FirstFrame | undefined> | undefined {
    return this.#begun.get(index);
  }

  async #grab(index: number, path: string): Promise<FirstFrame | undefined> {
    await mkdir(this.#directory, { recursive: true });
    return grabFirstFrame(this.#tools, path, framePrefix(this.#directory, index));
  }
}

/** What the names of an item's frames begin with. */
export function framePrefix(directory: string, index: number): string {
  return join(directory, `${index}-frame`);
}
