import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { ProbedFile } from '@mediafetcher/sdk';
import { buildFfprobeArguments } from '../../../src/tools/ffprobe/build-arguments.ts';
import { readMp4Layout } from '../../../src/tools/ffprobe/mp4-boxes.ts';
import { readPlainMp4 } from '../../../src/tools/ffprobe/mp4-facts.ts';
import { parseProbe } from '../../../src/tools/ffprobe/parse-probe.ts';
import { makeFolder } from '../temporary-folder.ts';
import { FFMPEG_PATHS } from '../tools-of.ts';
import { H264, PICTURE, SOUND, makeMedia } from './make-media.ts';

const run = promisify(execFile);

/** Both readings of a file. */
async function readBoth(path: string): Promise<{ own: ProbedFile | undefined; ffprobe: ProbedFile | undefined }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const layout = await readMp4Layout(file, size);
    const { stdout } = await run(FFMPEG_PATHS.ffprobe, buildFfprobeArguments(path));
    return { own: await readPlainMp4(file, size, layout), ffprobe: parseProbe(stdout, { size, layout }) };
  } finally {
    await file.close();
  }
}

const x264 = (...more: readonly string[]): string[] => ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', ...more];
const LARGE = ['-f', 'lavfi', '-i', 'testsrc=size=1080x606:rate=30:duration=1'];

const plain: [what: string, argv: string[]][] = [
  ['of Baseline without a sound', [...PICTURE, ...x264('-profile:v', 'baseline')]],
  ['of Main with frames out of order', [...PICTURE, ...x264('-profile:v', 'main', '-bf', '2')]],
  ['of High with its index first', [...PICTURE, ...SOUND, ...x264('-profile:v', 'high'), '-movflags', '+faststart']],
  ['whose size is no multiple of a block', [...LARGE, ...SOUND, ...x264('-preset', 'ultrafast')]],
  [
    'with a sound of 48 kHz, which lies first',
    [...SOUND, ...PICTURE, ...x264(), '-ar', '48000', '-map', '0', '-map', '1'],
  ],
  ['with odd pixels', [...PICTURE, ...x264('-vf', 'setsar=4/3')]],
  ['with tags', [...PICTURE, ...x264('-metadata', 'title=A title')]],
  [
    'with its colours told',
    [...PICTURE, ...x264('-colorspace', 'bt709', '-color_range', 'tv', '-movflags', '+write_colr')],
  ],
];

const odd: [what: string, name: string, argv: string[]][] = [
  ['of 10 bits', 'a.mp4', [...PICTURE, '-c:v', 'libx264', '-pix_fmt', 'yuv420p10le']],
  ['of 4:4:4', 'a.mp4', [...PICTURE, '-c:v', 'libx264', '-pix_fmt', 'yuv444p']],
  ['of full range', 'a.mp4', [...PICTURE, '-c:v', 'libx264', '-pix_fmt', 'yuvj420p']],
  ['of QuickTime', 'a.mov', [...PICTURE, ...H264]],
  ['in fragments', 'a.mp4', [...PICTURE, ...H264, '-movflags', 'frag_keyframe+empty_moov']],
  ['of HEVC', 'a.mp4', [...PICTURE, '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none']],
  ['with MP3', 'a.mp4', [...PICTURE, ...SOUND, ...x264('-c:a', 'libmp3lame')]],
  ['with a slow sound', 'a.mp4', [...PICTURE, ...SOUND, ...x264('-c:a', 'aac', '-ar', '22050')]],
  ['with two sounds', 'a.mp4', [...PICTURE, ...SOUND, ...SOUND, ...H264, '-map', '0', '-map', '1', '-map', '2']],
  ['without a picture', 'a.m4a', [...SOUND, '-c:a', 'aac']],
  ['that begins late', 'a.mp4', [...PICTURE, '-itsoffset', '0.5', ...SOUND, ...H264, '-map', '0', '-map', '1']],
];

describe('a plain MP4', () => {
  for (const [what, argv] of plain) {
    it(`${what} is read as ffprobe reads it`, async (t) => {
      const { own, ffprobe } = await readBoth(await makeMedia(join(await makeFolder(t), 'a.mp4'), ...argv));
      assert.ok(own !== undefined && ffprobe !== undefined);
      // ffprobe counts from the first frame that it shows.
      assert.ok(Math.abs(own.duration - ffprobe.duration) < 0.1, `${own.duration} and ${ffprobe.duration}`);
      assert.deepEqual({ ...own, duration: 0 }, { ...ffprobe, duration: 0 });
    });
  }

  for (const [what, name, argv] of odd) {
    it(`${what} is left to ffprobe`, async (t) => {
      const { own, ffprobe } = await readBoth(await makeMedia(join(await makeFolder(t), name), ...argv));
      assert.equal(own, undefined);
      assert.ok(ffprobe !== undefined);
    });
  }

  it('that is damaged anywhere in its index is read as a whole one or not at all', async (t) => {
    const folder = await makeFolder(t);
    const source = await makeMedia(join(folder, 'a.mp4'), ...PICTURE, ...SOUND, ...H264, '-movflags', '+faststart');
    const bytes = await readFile(source);
    const size = bytes.length;
    const moov = bytes.indexOf('moov', 0, 'latin1');
    const path = join(folder, 'damaged.mp4');
    const readings = new Set<string>();
    for (let at = moov + 4; at < moov + 1_200; at += 7) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      await writeFile(path, damaged);
      const file = await open(path);
      try {
        const facts = await readPlainMp4(file, size, await readMp4Layout(file, size));
        readings.add(facts === undefined ? 'none' : facts.kind);
      } finally {
        await file.close();
      }
    }
    assert.deepEqual([...readings].sort(), ['none', 'video']);
  });
});
