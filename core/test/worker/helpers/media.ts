import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

export interface TestMedia {
  /** H.264, 320×240, two seconds, the first one black. */
  readonly video: string;
  /** JPEG, 640×480, turned a quarter by its EXIF orientation. */
  readonly picture: string;
  /** MP3, one second, without a cover. */
  readonly sound: string;
  /** MP3, one second, with a cover. */
  readonly cover: string;
}

/** Makes small real media with ffmpeg, for the length of a test file. */
export function makeMedia(): TestMedia {
  const directory = mkdtempSync(join(tmpdir(), 'mf-media-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  const make = (name: string, ...args: readonly string[]): string => {
    const path = join(directory, name);
    execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', ...args, path], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return path;
  };
  const black = ['-f', 'lavfi', '-i', 'color=black:size=320x240:rate=10:duration=1'];
  const bars = ['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=10:duration=1'];
  const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1'];
  const plain = make(
    'picture.jpg',
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=640x480:duration=1',
    '-frames:v',
    '1',
    '-q:v',
    '2',
  );
  return {
    video: make(
      'video.mp4',
      ...black,
      ...bars,
      '-filter_complex',
      '[0][1]concat',
      '-pix_fmt',
      'yuv420p',
      '-g',
      '10',
      '-movflags',
      '+faststart',
    ),
    picture: plain,
    sound: make('sound.mp3', ...tone),
    cover: make('cover.mp3', ...tone, '-i', plain, '-map', '0', '-map', '1', '-c:v', 'copy', '-id3v2_version', '3'),
  };
}
