import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { FFMPEG_PATHS } from '../tools-of.ts';

const run = promisify(execFile);

/** Makes a small file with the real ffmpeg. */
export async function makeMedia(output: string, ...argv: readonly string[]): Promise<string> {
  await run(FFMPEG_PATHS.ffmpeg, ['-v', 'error', '-nostdin', '-y', ...argv, output]);
  return output;
}

export const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=25:duration=1'];
export const SOUND = ['-f', 'lavfi', '-i', 'sine=duration=1'];
export const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];

/** Writes the first part of a file under another name. */
export async function cutFile(source: string, output: string, share: number): Promise<string> {
  const bytes = await readFile(source);
  await writeFile(output, bytes.subarray(0, Math.floor(bytes.length * share)));
  return output;
}
