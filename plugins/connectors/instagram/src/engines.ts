import type { ConnectorContext, Engine } from '@mediafetcher/sdk';
import { createGalleryDlEngine, createYtDlpEngine } from '@mediafetcher/sdk';
import { readGalleryDlPost } from './read-gallery-dl.ts';
import { readYtDlpPost } from './read-yt-dlp.ts';

/**
 * A reel is a video: yt-dlp first. Any other post may hold pictures, which yt-dlp leaves out: gallery-dl first, which
 * brings all items in order. Without cookies gallery-dl always meets the login page and yt-dlp sometimes does not; and
 * gallery-dl's "not found" also means that Instagram changed its scripts, so yt-dlp is asked too.
 */
export function chooseEngines(context: ConnectorContext): readonly Engine[] {
  const anonymous = context.cookiesFile === undefined;
  const galleryDl = createGalleryDlEngine({ readPost: readGalleryDlPost });
  const ytDlp = createYtDlpEngine({
    extractors: ['instagram', 'instagram:story'],
    alsoAfter: anonymous ? ['MF_ERR_NOT_FOUND', 'MF_ERR_LOGIN_REQUIRED'] : ['MF_ERR_NOT_FOUND'],
    readPost: readYtDlpPost,
  });
  return context.link.url.includes('/reel/') ? [ytDlp, galleryDl] : [galleryDl, ytDlp];
}
