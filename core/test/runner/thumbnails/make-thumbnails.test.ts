import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import sharp from 'sharp';
import type { ItemKind } from '@mediafetcher/sdk';
import { FirstFrames } from '../../../src/runner/thumbnails/first-frames.ts';
import type { Thumbnails } from '../../../src/runner/thumbnails/make-thumbnails.ts';
import { makeThumbnails } from '../../../src/runner/thumbnails/make-thumbnails.ts';
import { verifyItem } from '../../../src/runner/stages/verify.ts';
import { createTools } from '../../../src/tools/index.ts';
import { findProgram } from '../../worker/helpers/find-program.ts';
import { makeMedia } from '../../worker/helpers/media.ts';

const media = makeMedia();
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };

async function make(t: TestContext, kind: ItemKind, prepare: (path: string) => Promise<unknown>): Promise<Thumbnails> {
  const stagingDirectory = await mkdtemp(join(tmpdir(), 'mf-thumbs-'));
  t.after(() => rm(stagingDirectory, { recursive: true, force: true }));
  const path = join(stagingDirectory, 'item');
  await prepare(path);
  const base = { signal: t.signal, stagingDirectory, maxFileBytes: 1e9, log: quiet };
  const paths = { ffmpeg: findProgram('ffmpeg'), ffprobe: findProgram('ffprobe') };
  const tools = createTools({
    ...base,
    paths,
    stateDirectory: stagingDirectory,
    platform: 'stage',
    onProgress: () => undefined,
  });
  const frames = new FirstFrames(stagingDirectory, tools);
  const item = { index: 0, kind, path, engine: 'test' };
  const verified = await verifyItem({ ...base, tools }, item, (placed) => frames.begin(placed));
  return makeThumbnails({ ...base, tools, frames }, verified);
}

const sizes = ({ thumbnails }: Thumbnails): Promise<number[][]> =>
  Promise.all(
    thumbnails.map(async ({ path }) => {
      const { width, height, format } = await sharp(path).metadata();
      assert.equal(format, 'webp');
      return [width, height];
    }),
  );

describe('thumbnails', { timeout: 60_000 }, () => {
  it('of a picture are never larger than it is', async (t) => {
    const made = await make(t, 'image', (path) => copyFile(media.picture, path));
    assert.deepEqual(await sizes(made), [
      [240, 180],
      [480, 360],
    ]);
    assert.ok(Buffer.from(made.thumbhash ?? '', 'base64').length > 5);
  });

  it('of a large picture come in all sizes', async (t) => {
    const picture = sharp({ create: { width: 1080, height: 1920, channels: 3, background: 'teal' } }).jpeg();
    const made = await make(t, 'image', (path) => picture.toFile(path));
    assert.deepEqual(
      (await sizes(made)).map(([width]) => width),
      [240, 480, 960],
    );
  });

  it('of a tiny picture there is one, as large as it is', async (t) => {
    const picture = sharp({ create: { width: 20, height: 10, channels: 4, background: '#00000000' } }).png();
    const made = await make(t, 'image', (path) => picture.toFile(path));
    assert.deepEqual(await sizes(made), [[20, 10]]);
    assert.equal(made.thumbnails[0]?.width, 240);
  });

  it('of a turned picture stand upright', async (t) => {
    const made = await make(t, 'image', (path) =>
      sharp(media.picture)
        .withMetadata({ orientation: 6 })
        .toFile(`${path}.jpg`)
        .then(() => copyFile(`${path}.jpg`, path)),
    );
    const [[width = 0, height = 0] = []] = await sizes(made);
    assert.ok(height > width);
  });

  it('of a video that begins black show a later frame', async (t) => {
    const made = await make(t, 'video', (path) => copyFile(media.video, path));
    const { channels } = await sharp(made.thumbnails[0]?.path).stats();
    assert.ok(channels.some(({ mean }) => mean > 40));
  });

  it('of a sound are its cover', async (t) => {
    const made = await make(t, 'audio', (path) => copyFile(media.cover, path));
    assert.ok(made.thumbnails.length > 0);
    assert.deepEqual((await make(t, 'audio', (path) => copyFile(media.sound, path))).thumbnails, []);
  });

  it('that cannot be made are left out', async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'mf-thumbs-'));
    t.after(() => rm(directory, { recursive: true, force: true }));
    await writeFile(join(directory, 'broken.jpg'), 'no picture');
    const paths = {};
    const base = { signal: t.signal, stagingDirectory: directory, maxFileBytes: 1e9, log: quiet };
    const tools = createTools({
      ...base,
      paths,
      stateDirectory: directory,
      platform: 'stage',
      onProgress: () => undefined,
    });
    const item = { index: 0, kind: 'image', path: join(directory, 'broken.jpg'), engine: 'test' } as const;
    const facts = { kind: 'image', format: 'jpeg', duration: 0, size: 1, streams: [] } as const;
    const frames = new FirstFrames(directory, tools);
    assert.deepEqual(await makeThumbnails({ ...base, tools, frames }, { item, facts }), { thumbnails: [] });
  });
});
