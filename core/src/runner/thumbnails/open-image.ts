import type { Sharp, SharpOptions } from 'sharp';

/** Pictures beyond this many pixels are not decoded. */
const MAX_PIXELS = 200_000_000;

/** Loads libvips while something else is waited for. */
export function loadImages(): void {
  // Whoever opens the first picture gets the error, if there is one.
  import('sharp').catch(() => undefined);
}

/** Opens a picture with libvips; loaded when the first one comes, and kept small: one thread, no cache. */
export async function openImage(input: string | Buffer, options: SharpOptions = {}): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp(input, { failOn: 'truncated', limitInputPixels: MAX_PIXELS, ...options });
}
