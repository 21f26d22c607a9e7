import type { ProbedFile } from '@mediafetcher/sdk';

/** Facts of a still picture by sharp; undefined when sharp cannot read it. EXIF orientation is applied to the size. */
export async function probeImage(path: string, size: number): Promise<ProbedFile | undefined> {
  const { default: sharp } = await import('sharp');
  try {
    const { format, width, height, orientation = 1 } = await sharp(path, { limitInputPixels: false }).metadata();
    const [wide, high] = orientation >= 5 ? [height, width] : [width, height];
    return {
      kind: 'image',
      format,
      duration: 0,
      size,
      width: wide,
      height: high,
      streams: [{ type: 'video', codec: format, width: wide, height: high, rotation: 0, attachedPicture: false }],
    };
  } catch {
    return undefined; // Not a picture that sharp knows: ffprobe has the last word.
  }
}
