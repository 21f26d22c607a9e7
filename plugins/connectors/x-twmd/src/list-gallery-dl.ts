import type { ConnectorContext, GalleryDlRow, ItemKind, ListedPost, ToolDocument } from '@mediafetcher/sdk';
import {
  PluginError,
  compact,
  createGalleryDlLister,
  formatDate,
  holdsWanted,
  optionsForWish,
  readMediaWish,
  readObject,
  readText,
} from '@mediafetcher/sdk';
import { buildAuthor, timeOfPostId } from './post-id.ts';

/** gallery-dl reads a profile's posts with media; it needs a session, as all of X's timelines do. */
export const galleryDlLister = createGalleryDlLister({
  idField: 'tweet_id',
  fields: ['date', 'content', 'author', 'pinned'],
  buildAddress: ({ link, options }) => buildListAddress(link.url, wantsRetweets(options)),
  extra: ({ options }) => [
    // Else a rate limit is waited out inside, for a quarter of an hour.
    ...['-o', 'extractor.twitter.ratelimit=abort'],
    // The other's post under its own number, not the retweet.
    ...(wantsRetweets(options) ? ['-o', 'extractor.twitter.retweets=original'] : []),
  ],
  readRow: (row, { options }) => readRow(row, options),
});

function wantsRetweets({ retweets }: ConnectorContext['options']): boolean {
  return retweets === true;
}

/**
 * The list of a profile that costs least: its media, or all its posts where reposts are wanted; what is a list already
 * stays as it is. @throws MF_ERR_UNSUPPORTED
 */
export function buildListAddress(url: string, retweets: boolean): string {
  const { pathname } = new URL(url);
  const byNumber = /^\/i\/user\/(\d+)$/.exec(pathname)?.[1];
  const name = byNumber === undefined ? /^\/(\w{1,15})$/.exec(pathname)?.[1] : `id:${byNumber}`;
  const tag = /^\/hashtag\/([^/]+)$/.exec(pathname)?.[1];
  // What the tool would make of it itself, in a run of its own.
  if (tag !== undefined) return `https://x.com/search?q=%23${tag}`;
  if (name === undefined || name === 'home') {
    if (/^\/(?:i\/lists\/\d+|i\/bookmarks|i\/history\/likes|\w{1,15}\/likes)$/.test(pathname)) return url;
    throw new PluginError('MF_ERR_UNSUPPORTED', 'This page of X is no list of posts.');
  }
  return `https://x.com/${name}/${retweets ? 'tweets' : 'media'}`;
}

/** A post that holds something of what is wanted; undefined for all others. */
export function readRow({ post, files }: GalleryDlRow, options: ConnectorContext['options']): ListedPost | undefined {
  const id = readText(post, 'tweet_id');
  const kinds = files.flatMap((file) => kindOf(file) ?? []);
  const wish = readMediaWish(options);
  if (id === undefined || !holdsWanted(kinds, wish)) return undefined;
  const author = readObject(post, 'author');
  return compact({
    url: `https://x.com/i/status/${id}`,
    title: readText(post, 'content'),
    author: buildAuthor(readText(author, 'id'), readText(author, 'name'), readText(author, 'nick')),
    postedAt: formatDate(readText(post, 'date')) ?? timeOfPostId(id),
    kinds,
    pinned: post['pinned'] === true ? true : undefined,
    options: optionsForWish(kinds, wish),
  });
}

function kindOf(file: ToolDocument): ItemKind | undefined {
  const type = readText(file, 'type');
  if (type === 'photo') return 'image';
  return type === 'video' || type === 'animated_gif' ? 'video' : undefined;
}
