import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { StagedItem, StagedResult } from '../../src/channel/messages.ts';

const run = promisify(execFile);

/** A file as a runner would leave it in staging. */
export interface Sample {
  readonly kind: 'image' | 'video' | 'audio';
  readonly ext: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

const pictures = new Map<number, Promise<Sample>>();

/** A real JPEG of 64×48 pixels; the same seed gives the same bytes. */
export async function pictureOf(seed: number): Promise<Sample> {
  const known = pictures.get(seed) ?? makePicture(seed);
  pictures.set(seed, known);
  return known;
}

async function makePicture(seed: number): Promise<Sample> {
  const background = { r: (seed * 37) % 256, g: (seed * 91) % 256, b: (seed * 151) % 256 };
  const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .withExif({ IFD0: { ImageDescription: `picture ${seed}` } })
    .jpeg()
    .toBuffer();
  return sampleOf('image', 'jpg', bytes);
}

export async function thumbnailBytes(): Promise<Buffer> {
  return sharp({ create: { width: 24, height: 18, channels: 3, background: 'teal' } })
    .webp()
    .toBuffer();
}

/** A real MP4 of a fifth of a second, made by ffmpeg. */
export async function makeVideo(folder: string): Promise<Sample> {
  const path = join(folder, 'sample.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=0.2'];
  await run('ffmpeg', ['-nostdin', '-loglevel', 'error', ...source, '-pix_fmt', 'yuv420p', path]);
  return sampleOf('video', 'mp4', await readFile(path));
}

export function sampleOf(kind: Sample['kind'], ext: string, bytes: Buffer): Sample {
  return { kind, ext, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Writes samples and their thumbnails into a staging directory; says of them what a worker would say. */
export async function stage(directory: string, samples: readonly Sample[]): Promise<StagedItem[]> {
  await mkdir(directory, { recursive: true });
  const thumbnail = await thumbnailBytes();
  return Promise.all(
    samples.map(async ({ kind, ext, bytes, sha256 }, index) => {
      const path = `${index}.${ext}`;
      await writeFile(join(directory, path), bytes);
      await writeFile(join(directory, `${index}-24.webp`), thumbnail);
      return {
        index,
        kind,
        path,
        sha256,
        size: bytes.length,
        width: 64,
        height: 48,
        thumbnails: [{ width: 24, path: `${index}-24.webp` }],
        engine: 'test',
      };
    }),
  );
}

/** The result of a job whose items are staged. */
export function resultOf(key: string, items: StagedItem[], usedCookies = false): StagedResult {
  const postId = key.slice(key.indexOf(':') + 1);
  const url = `https://www.tiktok.com/@a/video/${postId}`;
  return { key, url, post: { postId, caption: `Caption of ${postId}`, author: { handle: 'a' } }, items, usedCookies };
}
