import type { ProbedFile } from '@mediafetcher/sdk';
import { decideRendition } from './decide-rendition.ts';

/** True when a result plays everywhere and has lost no time: at most a second, or a twentieth of it. */
export function isGoodResult(result: ProbedFile, source: ProbedFile): boolean {
  if (result.kind !== 'video' || decideRendition(result) !== 'keep') return false;
  const hadSound = source.streams.some(({ type }) => type === 'audio');
  if (hadSound && !result.streams.some(({ type }) => type === 'audio')) return false;
  return source.duration === 0 || Math.abs(result.duration - source.duration) <= Math.max(1, source.duration / 20);
}
