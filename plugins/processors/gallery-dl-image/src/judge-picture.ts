import type { ProbedFile } from '@mediafetcher/sdk';

/** How a picture is to be met: `shown` by every browser, `kept` though some cannot show it, or no picture at all. */
export type Judgement = 'shown' | 'kept' | 'no-picture';

const SHOWN = ['jpeg', 'mjpeg', 'png', 'apng', 'webp', 'gif', 'avif'];
/** Kept as the platform gave them, because a conversion would lose something; the thumbnail is what browsers show. */
const KEPT = ['heic', 'heif', 'bmp', 'tiff', 'jxl', 'jpegxl', 'image2'];

/** Judges by the facts of the bytes, never by the name. An SVG is a program, not a picture. */
export function judgePicture(facts: ProbedFile): Judgement {
  if (facts.kind !== 'image') return 'no-picture';
  const format = facts.format.toLowerCase().replace(/_pipe$/, '');
  if (SHOWN.includes(format)) return 'shown';
  return KEPT.includes(format) ? 'kept' : 'no-picture';
}
