import type { Rendition } from './decide-rendition.ts';

/** Square pixels and even sides, as 4:2:0 needs them; ffmpeg has turned the picture upright before. */
const FILTER = 'scale=trunc(iw*sar/2)*2:trunc(ih/2)*2,setsar=1';

const ENCODE_VIDEO: readonly string[] = [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  ...['-vf', FILTER, '-fpsmax', '60'],
];
const ENCODE_AUDIO: readonly string[] = ['-c:a', 'aac', '-b:a', '160k', '-ac', '2'];

const VIDEO: Readonly<Record<Exclude<Rendition, 'keep'>, readonly string[]>> = {
  faststart: ['-c:v', 'copy'],
  remux: ['-c:v', 'copy'],
  'transcode-audio': ['-c:v', 'copy'],
  'transcode-video': ENCODE_VIDEO,
  transcode: ENCODE_VIDEO,
};
const AUDIO: Readonly<Record<Exclude<Rendition, 'keep'>, readonly string[]>> = {
  faststart: ['-c:a', 'copy'],
  remux: ['-c:a', 'copy'],
  'transcode-audio': ENCODE_AUDIO,
  'transcode-video': ['-c:a', 'copy'],
  transcode: ENCODE_AUDIO,
};

/** Builds ffmpeg's arguments between its name and the output: one picture, one sound, nothing else of the source. */
export function buildRenditionArguments(rendition: Exclude<Rendition, 'keep'>, input: string): readonly string[] {
  return [
    ...['-i', `file:${input}`, '-map', '0:V:0', '-map', '0:a:0?', '-sn', '-dn'],
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...VIDEO[rendition],
    ...AUDIO[rendition],
    ...['-max_muxing_queue_size', '1024', '-movflags', '+faststart', '-f', 'mp4'],
  ];
}
