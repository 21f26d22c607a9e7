import { stat } from 'node:fs/promises';
import type { Tools } from '@mediafetcher/sdk';
import { openImage } from './open-image.ts';

/** Mean of each channel (0-255) below which a frame is taken for black. */
const BLACK = 14;
/** Side of the picture whose mean is taken; a JPEG is decoded at about this size. */
const SAMPLE = 64;
/** ffmpeg leaves a file of a few bytes behind, and exit code 0, when no frame came. */
const MIN_BYTES = 200;
/** Smaller only. */
const SCALE = "scale=w='min(960,iw)':h='min(1920,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2";

/** The first key frame of a video. */
export interface FirstFrame {
  /** A JPEG. */
  readonly path: string;
  readonly black: boolean;
}

/** Takes a video's first key frame; undefined when none could be had. */
export async function grabFirstFrame(tools: Tools, path: string, prefix: string): Promise<FirstFrame | undefined> {
  const frame = await grab(tools, ['-skip_frame', 'nokey', ...input(path)], `${prefix}-0.jpg`);
  return frame === undefined ? undefined : { path: frame, black: await isBlack(frame) };
}

/**
 * Chooses one frame of a video: its first key frame, or when that is black a later one.
 * @returns path of a JPEG; undefined when no frame could be had
 */
export async function grabVideoFrame(
  tools: Tools,
  path: string,
  duration: number,
  prefix: string,
  begun: Promise<FirstFrame | undefined> = grabFirstFrame(tools, path, prefix),
): Promise<string | undefined> {
  const first = await begun;
  if (first?.black === false) return first.path;
  const seconds = String(Math.min(10, duration / 3));
  // With one key frame in the clip a jump finds no frame among the key frames: every frame is decoded then.
  const later =
    (await grab(tools, ['-ss', seconds, '-skip_frame', 'nokey', ...input(path)], `${prefix}-1.jpg`)) ??
    (await grab(tools, ['-ss', seconds, ...input(path)], `${prefix}-2.jpg`));
  if (later !== undefined && !(await isBlack(later))) return later;
  return first?.path ?? later;
}

/** Takes the cover out of a sound file. */
export function grabAttachedPicture(tools: Tools, path: string, prefix: string): Promise<string | undefined> {
  return grab(tools, input(path), `${prefix}-0.jpg`);
}

function input(path: string): string[] {
  return ['-threads', '1', '-i', `file:${path}`];
}

async function grab(tools: Tools, before: readonly string[], output: string): Promise<string | undefined> {
  const after = ['-map', '0:v:0', '-an', '-sn', '-frames:v', '1', '-vf', SCALE];
  const encoder = ['-pix_fmt', 'yuvj420p', '-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2', '-update', '1'];
  await tools.ffmpeg({ arguments: [...before, ...after, ...encoder], output });
  const size = await stat(output).then(
    (stats) => stats.size,
    () => 0,
  );
  return size < MIN_BYTES ? undefined : output;
}

async function isBlack(path: string): Promise<boolean> {
  const small = (await openImage(path)).resize(SAMPLE, SAMPLE, { fit: 'fill' }).toColourspace('srgb');
  const { data, info } = await small.raw().toBuffer({ resolveWithObject: true });
  const sums = new Array<number>(info.channels).fill(0);
  data.forEach((value, at) => (sums[at % info.channels] = (sums[at % info.channels] ?? 0) + value));
  return sums.every((sum) => sum / (SAMPLE * SAMPLE) < BLACK);
}
