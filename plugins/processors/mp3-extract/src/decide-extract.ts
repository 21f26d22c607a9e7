import type { ProbedFile } from '@mediafetcher/sdk';

/** What becomes of an item: nothing, an MP3, or a refusal because there is no sound in it. */
export type Extract = 'keep' | 'extract' | 'no-sound';

/** Decides by the facts alone. An MP3 stays byte for byte, whatever its bit rate; a video loses its picture on request only. */
export function decideExtract(facts: ProbedFile, audioOnly: boolean): Extract {
  if (facts.kind === 'image' || (facts.kind === 'video' && !audioOnly)) return 'keep';
  const sound = facts.streams.find(({ type }) => type === 'audio');
  if (sound === undefined) return 'no-sound';
  return facts.kind === 'audio' && facts.format === 'mp3' && sound.codec === 'mp3' ? 'keep' : 'extract';
}

/** What an MP3 is made with, unless an admin wants another one. */
const BITRATE = 192;
const BITRATES: readonly unknown[] = [128, 192, 256, 320];

/** The bit rate of the settings in kbit/s; what is none of those that are offered is the usual one. */
export const readBitrate = (value: unknown): number => (BITRATES.includes(value) ? Number(value) : BITRATE);

/** Builds ffmpeg's arguments between its name and the output: the first sound as MP3, at a constant bit rate in kbit/s. */
export function buildExtractArguments(input: string, bitrate: number = BITRATE): readonly string[] {
  return [
    ...['-i', `file:${input}`, '-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-c:a', 'libmp3lame', '-b:a', `${bitrate}k`, '-f', 'mp3'],
  ];
}
