import type { Engine } from '@mediafetcher/sdk';
import { createYtDlpEngine } from '@mediafetcher/sdk';
import { requireShort } from './require-short.ts';
import { readYtDlpPost } from './read-yt-dlp.ts';

/** yt-dlp is the only tool for YouTube. */
export function chooseEngines(): readonly Engine[] {
  return [createYtDlpEngine({ extractors: ['youtube'], readPost: readYtDlpPost, check: requireShort })];
}
