import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { MediaLibrary } from './library.ts';
import { itemOf, openMediaLibrary } from './library.ts';
import { buildFreeBox, topLevelBoxes } from './mp4.ts';
import { RECIPES } from './recipes.ts';

interface Stream {
  readonly codec_type: string;
  readonly codec_name: string;
  readonly width?: number;
  readonly height?: number;
  readonly pix_fmt?: string;
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

interface Probe {
  readonly streams: readonly Stream[];
  readonly format: { readonly tags?: Record<string, string> };
}

const probe = async (file: string): Promise<Probe> => {
  const { stdout } = await promisify(execFile)('ffprobe', [
    '-v',
    'error',
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    file,
  ]);
  return JSON.parse(stdout) as Probe;
};

/** What a file needs by its own facts, for comparison with what its recipe says. */
const judge = ({ streams, format }: Probe, boxes: readonly string[]): string => {
  const picture = streams.find((stream) => stream.codec_type === 'video');
  if (picture?.codec_name !== 'h264' || picture.pix_fmt !== 'yuv420p') return 'transcode';
  if (format.tags?.['major_brand']?.startsWith('qt') === true) return 'remux';
  return boxes.indexOf('moov') < boxes.indexOf('mdat') ? 'as-is' : 'faststart';
};

describe('the lab’s media', { concurrency: 2 }, () => {
  let library: MediaLibrary;
  before(async () => {
    library = await openMediaLibrary();
  });

  for (const recipe of RECIPES.filter(({ kind, onDemand }) => kind === 'video' && onDemand !== true))
    it(`${recipe.name} is what its recipe says`, async () => {
      const asset = library.asset(recipe.name);
      const found = await probe(asset.file);
      const picture = found.streams.find((stream) => stream.codec_type === 'video');
      assert.deepEqual([picture?.width, picture?.height], [recipe.width, recipe.height]);
      assert.equal(judge(found, topLevelBoxes(asset.bytes)), recipe.playable);
      assert.equal(
        picture?.side_data_list?.[0]?.rotation,
        recipe.rotation === undefined ? undefined : -recipe.rotation,
      );
    });

  it('a turned video is described as it is shown', () => {
    const { width, height } = itemOf(library.asset('rotated.mp4'));
    assert.deepEqual([width, height], [720, 1280]);
  });

  it('a free box is one more box at the end', () => {
    const boxes = topLevelBoxes(Buffer.concat([library.asset('small.mp4').bytes, buildFreeBox('tiktok:1')]));
    assert.deepEqual([boxes.at(0), boxes.at(-1)], ['ftyp', 'free']);
  });
});
