import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Types } from 'mongoose';
import sharp from 'sharp';
import type { Tools } from '@mediafetcher/sdk';
import type { MediaDoc } from '../../core/src/features/media/model.ts';
import { MediaFiles } from '../../core/src/features/media/files.ts';
import { drawThumbnails } from '../../core/src/runner/thumbnails/make-thumbnails.ts';
import { createRandom } from '../library/words.ts';

const SHAPES = [
  [1080, 1920],
  [1080, 1350],
  [1080, 1080],
  [1920, 1080],
] as const;

/** Different pictures of the usual shapes, with the thumbnails that the product itself makes of them. */
export async function makePictures(app: FastifyInstance, count: number): Promise<readonly MediaDoc[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mediafetcher-pictures-'));
  const files = new MediaFiles(app.system.mediaRoot);
  const random = createRandom(7);
  const pictures: MediaDoc[] = [];
  try {
    for (let index = 0; index < count; index += 1) {
      const [width, height] = SHAPES[index % SHAPES.length] ?? SHAPES[0];
      const path = join(folder, `${index}.jpg`);
      await draw(path, width, height, random);
      const bytes = await readFile(path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      // Of a picture only its path is asked for, and no tool.
      const item = { index, kind: 'image', path } as Parameters<typeof drawThumbnails>[1]['item'];
      const facts = { streams: [] } as unknown as Parameters<typeof drawThumbnails>[1]['facts'];
      const drawn = await drawThumbnails({ stagingDirectory: folder, tools: {} as Tools }, { item, facts });
      for (const thumbnail of drawn.thumbnails) await files.publishThumbnail(thumbnail.path, sha256, thumbnail.width);
      await rename(path, files.finalPath({ sha256, ext: 'jpg' }));
      pictures.push({
        _id: new Types.ObjectId(),
        sha256,
        ext: 'jpg',
        mime: 'image/jpeg',
        kind: 'image',
        size: bytes.length,
        width,
        height,
        ...(drawn.thumbhash !== undefined && { thumbhash: drawn.thumbhash }),
        thumbnails: drawn.thumbnails.map((thumbnail) => thumbnail.width),
        state: 'ready',
        refs: [],
        refCount: 1,
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await app.database.model<MediaDoc>('Media').insertMany(pictures);
  return pictures;
}

/** Spots of all sizes: about as hard to pack as a photo. */
async function draw(path: string, width: number, height: number, random: () => number): Promise<void> {
  const [columns, rows] = [Math.round(width / 20), Math.round(height / 20)];
  const base = random() * 160;
  const spread = 30 + random() * 60;
  const spots = Buffer.from(
    Array.from({ length: columns * rows * 3 }, (_item, at) => base + ((at % 3) * random() + 0.5) * spread),
  );
  await sharp(spots, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .jpeg({ quality: 82 })
    .toFile(path);
}
