import type { Sharp, SharpOptions } from 'sharp';

/** Pictures beyond this many pixels are not decoded. */
const MAX_PIXELS = 200_000_000;

/** Opens a picture with libvips; loaded when the first one comes, and kept small: one thread, no cache. */
export async function openImage(input: string | Buffer, options: SharpOptions = {}): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp(input, { failOn: 'truncated', limitInputPixels: MAX_PIXELS, ...options });
}
