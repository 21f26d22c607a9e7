import type { ConnectorContext, GalleryDlRow, ItemKind, ListedPost } from '@mediafetcher/sdk';
import {
  compact,
  createGalleryDlLister,
  formatSeconds,
  holdsWanted,
  kindOfDocument,
  optionsForWish,
  readMediaWish,
  readNumber,
  readText,
  requireSession,
} from '@mediafetcher/sdk';
import { buildAuthor } from './author.ts';

/** gallery-dl reads what people post and what is posted in a subreddit, a hundred posts a request. */
export const galleryDlLister = createGalleryDlLister({
  idField: 'permalink',
  fields: ['id', 'title', 'author', 'author_fullname', 'created_utc', 'is_video', 'stickied', 'pinned'],
  buildAddress: (context) => {
    requireSession(context);
    return buildListAddress(context.link.url);
  },
  extra: () => [
    // The site's own answers, not the application's: they need no client of ours.
    ...['-o', 'extractor.reddit.api=rest', '-o', 'extractor.reddit.limit=100'],
    // Links in a post lead anywhere, to the owner's own network too: nothing but Reddit's own files counts.
    ...['-o', 'extractor.reddit.whitelist=[]', '-o', 'extractor.reddit.selftext=false'],
  ],
  readRow: (row, { options }) => readRow(row, options),
});

/** What a person posts, without what they only comment on. */
export function buildListAddress(url: string): string {
  return url.replace(/(\/user\/[\w-]+\/)$/, '$1submitted/');
}

export function readRow({ post, files }: GalleryDlRow, options: ConnectorContext['options']): ListedPost | undefined {
  const id = readText(post, 'id');
  const kinds = files.map((file): ItemKind => (post['is_video'] === true ? 'video' : kindOfDocument(file)));
  const wish = readMediaWish(options);
  if (id === undefined || !holdsWanted(kinds, wish)) return undefined;
  return compact({
    url: `https://www.reddit.com/comments/${id}/`,
    title: readText(post, 'title'),
    author: buildAuthor(readText(post, 'author_fullname'), readText(post, 'author')),
    postedAt: formatSeconds(readNumber(post, 'created_utc')),
    kinds,
    pinned: post['stickied'] === true || post['pinned'] === true ? true : undefined,
    options: optionsForWish(kinds, wish),
  });
}
