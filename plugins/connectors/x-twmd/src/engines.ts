import type { ConnectorContext, Engine, FailureCode, Lister } from '@mediafetcher/sdk';
import { createGalleryDlEngine, createYtDlpEngine } from '@mediafetcher/sdk';
import { galleryDlLister } from './list-gallery-dl.ts';
import { readGalleryDlPost } from './read-gallery-dl.ts';
import { readYtDlpPost } from './read-yt-dlp.ts';
import { createTwmdEngine } from './twmd-engine.ts';

/**
 * gallery-dl first: photos, videos and GIFs in one run, in order, with all facts. For a signed-out person twmd comes
 * next: it finds all media, though nothing else; yt-dlp leaves photos out. For a signed-in one twmd is last, because its
 * resolver asks as a guest. A login wall without cookies differs from tool to tool; with cookies it is the last word.
 */
export function chooseEngines(context: ConnectorContext): readonly Engine[] {
  const anonymous = context.cookiesFile === undefined;
  const alsoAfter: readonly FailureCode[] = anonymous ? ['MF_ERR_LOGIN_REQUIRED'] : [];
  const galleryDl = createGalleryDlEngine({
    // Else a rate limit is waited out inside, for a quarter of an hour.
    extra: () => ['-o', 'extractor.twitter.ratelimit=abort'],
    readPost: readGalleryDlPost,
  });
  const ytDlp = createYtDlpEngine({ extractors: ['twitter'], alsoAfter, readPost: readYtDlpPost });
  if (!context.tools.has('twmd')) return [galleryDl, ytDlp];
  const twmd = createTwmdEngine(alsoAfter);
  return anonymous ? [galleryDl, twmd, ytDlp] : [galleryDl, ytDlp, twmd];
}

/** Who can read a profile or a list. */
export function chooseListers(_context: ConnectorContext): readonly Lister[] {
  return [galleryDlLister];
}
