import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Model } from 'mongoose';
import { CodedError } from '../../errors.ts';
import type { MediaFiles } from './files.ts';
import type { KeyedMutex } from './keyed-mutex.ts';
import type { MediaDoc } from './model.ts';
import { inspectThumbnail } from './staged-file.ts';
import { Places } from './places.ts';
import { chooseWidth, isWholeWebp } from './thumbnail.rules.ts';

/** Pictures at a time: each is a process, beside the jobs. */
const AT_A_TIME = 2;
/** Milliseconds in which a file that could not be drawn is not tried again. */
const REST_MS = 10 * 60_000;
/** Milliseconds that somebody who looks at a page is kept waiting for a picture. */
const PATIENCE_MS = 15_000;

/** What was drawn of a stored file, in a folder of staging that goes with it. */
export interface Drawing extends AsyncDisposable {
  /** Absolute. */
  readonly directory: string;
  /** Paths are relative to the folder; none when there is no picture in the file. */
  readonly thumbnails: readonly { readonly width: number; readonly path: string }[];
  /** Base64. */
  readonly thumbhash?: string;
}

/** Draws elsewhere: no picture is decoded in the server's own process. @throws MF_ERR_UNAVAILABLE when nobody can now */
export type Draw = (media: Pick<MediaDoc, 'sha256' | 'ext' | 'kind'>) => Promise<Drawing>;

export interface Thumbnail {
  readonly width: number;
  /** WebP. */
  readonly bytes: Buffer;
}

/** The small pictures: handed out, and made again when they are missing. */
export class Thumbnails {
  readonly #media: Model<MediaDoc>;
  readonly #files: MediaFiles;
  readonly #hashes: KeyedMutex;
  readonly #places = new Places(AT_A_TIME);
  readonly #making = new Map<string, Promise<void>>();
  readonly #resting = new Map<string, number>();
  #draw: Draw | undefined;

  constructor(media: Model<MediaDoc>, files: MediaFiles, hashes: KeyedMutex) {
    this.#media = media;
    this.#files = files;
    this.#hashes = hashes;
  }

  /** Says who draws; a process without workers has nobody. */
  drawBy(draw: Draw): void {
    this.#draw = draw;
  }

  /**
   * The picture of about this width, made again when it is not there or not whole. Undefined when the file has none.
   * @throws MF_ERR_UNAVAILABLE when it could not be had in time · MF_ERR_UNKNOWN when it cannot be made
   */
  async read(media: MediaDoc, size: number): Promise<Thumbnail | undefined> {
    const there = await this.#readWhole(media, size);
    if (there !== undefined || media.thumbnails.length === 0) return there;
    await this.#patiently(this.remake(media));
    const now = await this.#media.findById(media._id).lean();
    return now === null ? undefined : this.#readWhole(now, size);
  }

  /** Makes all pictures of a file again; who asks meanwhile waits for the same. @throws MF_ERR_UNAVAILABLE · MF_ERR_UNKNOWN */
  async remake(media: MediaDoc): Promise<void> {
    const { sha256 } = media;
    const making =
      this.#making.get(sha256) ??
      this.#places.run(async () => this.#make(media)).finally(() => this.#making.delete(sha256));
    this.#making.set(sha256, making);
    return making;
  }

  async #readWhole({ sha256, thumbnails }: MediaDoc, size: number): Promise<Thumbnail | undefined> {
    const width = chooseWidth(thumbnails, size);
    if (width === undefined) return undefined;
    const bytes = await readFile(this.#files.thumbnailPath(sha256, width)).catch(() => undefined);
    return bytes !== undefined && isWholeWebp(bytes) ? { width, bytes } : undefined;
  }

  async #patiently(making: Promise<void>): Promise<void> {
    const enough = new AbortController();
    const late = delay(PATIENCE_MS, undefined, { signal: enough.signal }).then(() => {
      throw unavailable('The picture is just being made again.');
    });
    try {
      await Promise.race([making, late]);
    } finally {
      enough.abort();
      late.catch(() => undefined);
    }
  }

  async #make(media: MediaDoc): Promise<void> {
    const { sha256 } = media;
    const draw = this.#draw;
    if (draw === undefined) throw unavailable('No worker is there to make the picture again.');
    if ((this.#resting.get(sha256) ?? 0) > Date.now()) throw impossible();
    if (!(await this.#files.mounted()))
      throw new CodedError('MF_ERR_MOUNT_MISSING', 'The media folder is not mounted.');
    if (!(await this.#files.isPublished(media))) throw impossible();
    try {
      await using drawing = await draw(media);
      await this.#hashes.run(sha256, async () => this.#publish(media, drawing));
    } catch (error) {
      // That nobody could try it says nothing of the file.
      if (error instanceof CodedError && error.code === 'MF_ERR_UNAVAILABLE') throw error;
      this.#rest(sha256);
      throw impossible(error);
    }
  }

  /** First the document, then the files: what a crash leaves of them goes with the medium. */
  async #publish({ _id, sha256, ...before }: MediaDoc, drawing: Drawing): Promise<void> {
    const { directory, thumbnails, thumbhash } = drawing;
    const drawn = await Promise.all(
      thumbnails.map(async ({ width, path }) => ({ width, path: await inspectThumbnail(directory, path) })),
    );
    const widths = drawn.map(({ width }) => width);
    const { matchedCount } = await this.#media.updateOne(
      { _id, state: 'ready' },
      { $set: { thumbnails: widths, ...(thumbhash !== undefined && { thumbhash: before.thumbhash ?? thumbhash }) } },
    );
    if (matchedCount === 0) return;
    const dropped = before.thumbnails.filter((width) => !widths.includes(width));
    await this.#files.removeThumbnails(sha256, dropped);
    for (const { width, path } of drawn) await this.#files.publishThumbnail(path, sha256, width);
    // Another server may have deleted it in between.
    if ((await this.#media.exists({ sha256 })) === null) await this.#files.removeThumbnails(sha256, widths);
  }

  #rest(sha256: string): void {
    const now = Date.now();
    for (const [hash, until] of this.#resting) if (until <= now) this.#resting.delete(hash);
    this.#resting.set(sha256, now + REST_MS);
  }
}

function impossible(cause?: unknown): CodedError {
  return new CodedError('MF_ERR_UNKNOWN', 'No picture can be made of this file.', { cause });
}

function unavailable(detail: string): CodedError {
  return new CodedError('MF_ERR_UNAVAILABLE', detail, { retryAfter: 10 });
}
