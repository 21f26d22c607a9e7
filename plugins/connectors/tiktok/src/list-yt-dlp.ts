import type { ListedPost, ToolDocument } from '@mediafetcher/sdk';
import { compact, createYtDlpLister, formatSeconds, readNumber, readText } from '@mediafetcher/sdk';
import { buildAuthor } from './author.ts';

/** yt-dlp reads a creator's posts with a request for each page; gallery-dl would need one more for each post. */
export const ytDlpLister = createYtDlpLister({ extractors: ['tiktok:user'], readRow });

/** A row of a creator's page. It does not tell videos from slideshows: the post's own page does. */
export function readRow(row: ToolDocument): ListedPost | undefined {
  const id = readText(row, 'id');
  if (id === undefined || !/^\d{15,21}$/.test(id)) return undefined;
  const author = buildAuthor(readText(row, 'channel_id'), readText(row, 'uploader'), readText(row, 'channel'));
  return compact({
    url: `https://www.tiktok.com/@${encodeURIComponent(author?.handle ?? '_')}/video/${id}`,
    title: readText(row, 'title'),
    author,
    postedAt: formatSeconds(readNumber(row, 'timestamp')),
  });
}
