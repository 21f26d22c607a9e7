import type { ListedPost, ToolDocument } from '@mediafetcher/sdk';
import { compact, createYtDlpLister, formatSeconds, readNumber, readText } from '@mediafetcher/sdk';
import { readAuthor } from './read-yt-dlp.ts';

/** yt-dlp reads the Shorts tab of a channel, forty-eight a request. It tells no dates. */
export const ytDlpLister = createYtDlpLister({
  extractors: ['youtube:tab'],
  buildAddress: ({ link }) => buildListAddress(link.url),
  readRow,
});

/** The list of a channel's Shorts is its tab, under another name: its number is the channel's. */
export function buildListAddress(url: string): string {
  const list = /^UUSH([\w-]{22})$/.exec(new URL(url).searchParams.get('list') ?? '')?.[1];
  return list === undefined ? url : `https://www.youtube.com/channel/UC${list}/shorts`;
}

export function readRow(row: ToolDocument): ListedPost | undefined {
  const id = readText(row, 'id');
  // A tab that is none leads to the channel's other tabs.
  if (id === undefined || !/^[\w-]{11}$/.test(id)) return undefined;
  return compact({
    url: `https://www.youtube.com/shorts/${id}`,
    title: readText(row, 'title'),
    author: readAuthor(row),
    postedAt: formatSeconds(readNumber(row, 'timestamp')),
  });
}
