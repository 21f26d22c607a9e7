import type { ConnectorContext, Engine } from '@mediafetcher/sdk';
import { createGalleryDlEngine, createYtDlpEngine, readSelection } from '@mediafetcher/sdk';
import { refuseSlideshow } from './refuse-slideshow.ts';
import { readGalleryDlItems, readGalleryDlPost } from './read-gallery-dl.ts';
import { readYtDlpPost } from './read-yt-dlp.ts';

/**
 * yt-dlp shows bytes and speed of a video, but of a slideshow it brings the sound alone, and it refuses /photo/
 * addresses; gallery-dl brings both. A login wall that meets one of them without cookies may not meet the other. A post
 * of sound alone looks like a slideshow to yt-dlp; when gallery-dl has found no pictures in it, its sound is the post.
 */
export function chooseEngines(context: ConnectorContext): readonly Engine[] {
  const alsoAfter = context.cookiesFile === undefined ? (['MF_ERR_LOGIN_REQUIRED'] as const) : [];
  const galleryDl = createGalleryDlEngine({
    alsoAfter,
    extra: buildGalleryDlArguments,
    readPost: readGalleryDlPost,
    readItems: readGalleryDlItems,
  });
  const soundAlone = createYtDlpEngine({
    extractors: ['tiktok'],
    onlyAfter: ['MF_ERR_NO_MEDIA'],
    buildAddress: ({ link }) => link.url.replace('/photo/', '/video/'),
    readPost: readYtDlpPost,
  });
  if (context.link.url.includes('/photo/')) return [galleryDl, soundAlone];
  const ytDlp = createYtDlpEngine({ extractors: ['tiktok'], readPost: readYtDlpPost, check: refuseSlideshow });
  return [ytDlp, galleryDl, soundAlone];
}

/** Leaves out at the source what is not wanted. */
export function buildGalleryDlArguments(context: Pick<ConnectorContext, 'options'>): readonly string[] {
  const { audioOnly, withSound } = readSelection(context.options);
  if (audioOnly) return ['-o', 'extractor.tiktok.photos=false'];
  return withSound ? [] : ['-o', 'extractor.tiktok.audio=false'];
}
