import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rgbaToThumbHash } from 'thumbhash';
import type { Sharp } from 'sharp';
import type { Log, Tools } from '@mediafetcher/sdk';
import type { VerifiedItem } from '../stages/verify.ts';
import { openImage } from './open-image.ts';
import type { FirstFrames } from './first-frames.ts';
import { THUMBNAIL_FOLDER, framePrefix } from './first-frames.ts';
import { grabAttachedPicture, grabVideoFrame } from './grab-frame.ts';

export interface Thumbnails {
  readonly thumbnails: readonly { readonly width: number; readonly path: string }[];
  readonly thumbhash?: string;
}

/** What drawing needs. */
interface Drawing {
  readonly stagingDirectory: string;
  readonly tools: Tools;
  /** Frames that were begun while the files were verified. */
  readonly frames?: FirstFrames;
}

export interface ThumbnailContext extends Drawing {
  readonly log: Log;
  readonly signal: AbortSignal;
}

const WIDTHS = [240, 480, 960] as const;
const NONE: Thumbnails = { thumbnails: [] };

/** Makes the small pictures of an item. One that cannot be made is logged and left out: the post is kept all the same. */
export async function makeThumbnails(context: ThumbnailContext, verified: VerifiedItem): Promise<Thumbnails> {
  try {
    return await drawThumbnails(context, verified);
  } catch (error) {
    if (context.signal.aborted) throw error;
    context.log.warn({ error, index: verified.item.index }, 'No thumbnail could be made.');
    return NONE;
  }
}

/** The same; none only where there is no picture. @throws whatever sharp and ffmpeg have to say */
export async function drawThumbnails(context: Drawing, verified: VerifiedItem): Promise<Thumbnails> {
  const directory = join(context.stagingDirectory, THUMBNAIL_FOLDER);
  await mkdir(directory, { recursive: true });
  const source = await findPicture(context, verified, directory);
  return source === undefined ? NONE : scaleAll(source, join(directory, `${verified.item.index}`));
}

async function findPicture(
  context: Drawing,
  { item, facts }: VerifiedItem,
  directory: string,
): Promise<string | undefined> {
  if (item.kind === 'image') return item.path;
  const frame = framePrefix(directory, item.index);
  if (item.kind === 'video')
    return grabVideoFrame(context.tools, item.path, facts.duration, frame, context.frames?.of(item.index));
  const hasPicture = facts.streams.some((stream) => stream.attachedPicture);
  return hasPicture ? grabAttachedPicture(context.tools, item.path, frame) : undefined;
}

async function scaleAll(source: string, prefix: string): Promise<Thumbnails> {
  const { autoOrient } = await (await openImage(source)).metadata();
  const widths = WIDTHS.filter((width) => width === WIDTHS[0] || width <= autoOrient.width);
  // Decoded once, at the largest size that is needed.
  const largest = Math.max(...widths);
  const { data, info } = await fit((await openImage(source)).autoOrient(), largest)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const draw = async (width: number): Promise<{ width: number; path: string }> => {
    const path = `${prefix}-${width}.webp`;
    await fit(await openImage(data, { raw }), width)
      .webp({ quality: 78, effort: 2 })
      .toFile(path);
    return { width, path };
  };
  const drawOthers = async (): Promise<Thumbnails> => {
    const thumbnails = [];
    for (const width of widths) if (width !== largest) thumbnails.push(await draw(width));
    return { thumbnails, thumbhash: await hashPicture(await openImage(data, { raw })) };
  };
  // The largest takes as long as the others together; more at once would only take memory from other jobs.
  const both = [draw(largest), drawOthers()] as const;
  try {
    const [big, others] = await Promise.all(both);
    return { ...others, thumbnails: [...others.thumbnails, big] };
  } finally {
    await Promise.allSettled(both);
    free(data);
  }
}

/** Gives a decoded picture's memory back now: a warm runner makes so little else that V8 would let dozens pile up. */
function free({ buffer, byteLength }: Buffer): void {
  const isItsOwn = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  if (isItsOwn) buffer.transfer(0);
}

/** A very tall picture is bounded as well: a comic strip is no thumbnail. */
function fit(image: Sharp, width: number): Sharp {
  return image.resize({ width, height: width * 4, fit: 'inside', withoutEnlargement: true });
}

async function hashPicture(image: Sharp): Promise<string> {
  const { data, info } = await image
    .resize(100, 100, { fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}
