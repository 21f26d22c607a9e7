import { CodedError } from '../../errors.ts';
import type { MediaService } from '../media/index.ts';

const BATCH = 500;

/** Has thumbnails that are missing made again, one file after the other. Ends early when nobody is there who can. */
export async function remakeMissingThumbnails(media: MediaService, signal: AbortSignal): Promise<number> {
  let made = 0;
  let batch = await media.idsAfter(undefined, BATCH);
  while (batch.length > 0) {
    for (const medium of await media.byIds(batch.map(({ _id }) => _id))) {
      if (signal.aborted) return made;
      if (medium.state !== 'ready' || (await media.strays.missingThumbnails(medium)).length === 0) continue;
      try {
        await media.thumbnails.remake(medium);
        made += 1;
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        // Of this file none can be made; the others have nothing to do with that. Else nobody can, now.
        if (error.code !== 'MF_ERR_UNKNOWN') return made;
      }
    }
    batch = await media.idsAfter(batch.at(-1)?._id, BATCH);
  }
  return made;
}
