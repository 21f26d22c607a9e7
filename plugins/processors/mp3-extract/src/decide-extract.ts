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

/** Builds ffmpeg's arguments between its name and the output: the first sound as MP3, 192 kbit/s constant. */
export function buildExtractArguments(input: string): readonly string[] {
  return [
    ...['-i', `file:${input}`, '-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-c:a', 'libmp3lame', '-b:a', '192k', '-f', 'mp3'],
  ];
}
