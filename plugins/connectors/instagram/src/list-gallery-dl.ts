import type { ConnectorContext, GalleryDlRow, ItemKind, ListedPost } from '@mediafetcher/sdk';
import {
  compact,
  createGalleryDlLister,
  formatDate,
  holdsWanted,
  kindOfDocument,
  optionsForWish,
  readMediaWish,
  readText,
  requireSession,
} from '@mediafetcher/sdk';
import { buildAuthor } from './author.ts';

/** gallery-dl reads the grid of a creator, twelve posts a request; reels are in it. */
export const galleryDlLister = createGalleryDlLister({
  idField: 'post_shortcode',
  fields: ['post_date', 'description', 'username', 'fullname', 'owner_id', 'pinned'],
  buildAddress: buildListAddress,
  readRow: (row, { options }) => readRow(row, options),
});

/** @throws MF_ERR_LOGIN_REQUIRED */
function buildListAddress(context: ConnectorContext): string {
  requireSession(context);
  return new URL('posts/', context.link.url).href;
}

export function readRow({ post, files }: GalleryDlRow, options: ConnectorContext['options']): ListedPost | undefined {
  const code = readText(post, 'post_shortcode');
  const kinds = files.map((file): ItemKind => kindOfDocument(file));
  const wish = readMediaWish(options);
  if (code === undefined || !holdsWanted(kinds, wish)) return undefined;
  return compact({
    url: `https://www.instagram.com/p/${code}/`,
    title: readText(post, 'description'),
    author: buildAuthor(readText(post, 'owner_id'), readText(post, 'username'), readText(post, 'fullname')),
    postedAt: formatDate(readText(post, 'post_date')),
    kinds,
    pinned: Array.isArray(post['pinned']) && post['pinned'].length > 0 ? true : undefined,
    options: optionsForWish(kinds, wish),
  });
}
