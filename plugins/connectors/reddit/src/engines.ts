import type { ConnectorContext, Engine } from '@mediafetcher/sdk';
import { createGalleryDlEngine, createYtDlpEngine } from '@mediafetcher/sdk';
import { readGalleryDlItems, readGalleryDlPost } from './read-gallery-dl.ts';
import { readYtDlpPost } from './read-yt-dlp.ts';

/**
 * With cookies gallery-dl goes first: one request tells video, picture or gallery, and the same run brings any of them
 * (0.6 s; yt-dlp needs 1.1 s for a video and as long to find that a picture is none). Without cookies Reddit answers
 * gallery-dl's request with a wall since May 2026, and yt-dlp knows a way round it: yt-dlp first, which then finds
 * quickly that a picture is no video.
 */
export function chooseEngines(context: ConnectorContext): readonly Engine[] {
  const galleryDl = createGalleryDlEngine({
    // Links in a post lead anywhere, to the owner's own network too: nothing but Reddit's own files is fetched.
    extra: () => ['-o', 'extractor.reddit.whitelist=[]'],
    readPost: readGalleryDlPost,
    readItems: readGalleryDlItems,
  });
  const ytDlp = createYtDlpEngine({ extractors: ['reddit'], readPost: readYtDlpPost });
  return context.cookiesFile === undefined ? [ytDlp, galleryDl] : [galleryDl, ytDlp];
}
