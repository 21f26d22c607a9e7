import type { ProbedFile } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import { openImage } from '../thumbnails/open-image.ts';

/** Facts of a picture, by decoding all of it (small): ffprobe would not notice a missing end. @throws MF_ERR_CORRUPT */
export async function probeImage(path: string, mime: string, size: number): Promise<ProbedFile> {
  try {
    const image = await openImage(path);
    const { autoOrient, format } = await image.metadata();
    await image.resize(32, 32, { fit: 'inside' }).raw().toBuffer();
    return {
      kind: 'image',
      format: mime.split('/')[1] ?? format,
      duration: 0,
      size,
      streams: [],
      width: autoOrient.width,
      height: autoOrient.height,
    };
  } catch (cause) {
    throw new PluginError('MF_ERR_CORRUPT', 'The picture cannot be read to its end.', { cause });
  }
}
