import type { ConnectorContext, ItemFacts, PostFacts, ToolDocument } from '@mediafetcher/sdk';
import {
  compact,
  formatDate,
  formatSeconds,
  kindOfDocument,
  readNumber,
  readObject,
  readObjects,
  readText,
} from '@mediafetcher/sdk';
import { buildAuthor, postIdOf } from './author.ts';

/** Reads gallery-dl's document of a file of a Reddit post: the API's own names. */
export function readGalleryDlPost(info: ToolDocument, context: Pick<ConnectorContext, 'link'>): PostFacts {
  return compact({
    postId: postIdOf(context.link) ?? readText(info, 'id') ?? '',
    author: buildAuthor(readText(info, 'author_fullname'), readText(info, 'author')),
    title: readText(info, 'title'),
    caption: readText(info, 'selftext'),
    postedAt: formatSeconds(readNumber(info, 'created_utc')) ?? formatDate(readText(info, 'date')),
    nsfw: typeof info['over_18'] === 'boolean' ? info['over_18'] : undefined,
  });
}

/** The pictures of a gallery, or the one video or picture. A crosspost's media are its parent's. */
export function readGalleryDlItems(info: ToolDocument): readonly ItemFacts[] {
  const media = readObjects(info, 'crosspost_parent_list').at(-1) ?? info;
  const gallery = readObjects(readObject(media, 'gallery_data'), 'items');
  if (gallery.length > 0) return gallery.map((entry, index) => readGalleryItem(media, entry, index));
  const video = readObject(readObject(media, 'secure_media'), 'reddit_video');
  return [
    compact({
      index: 0,
      kind: media['is_video'] === true ? ('video' as const) : kindOfDocument(info),
      width: readNumber(video, 'width'),
      height: readNumber(video, 'height'),
      duration: readNumber(video, 'duration'),
    }),
  ];
}

function readGalleryItem(media: ToolDocument, entry: ToolDocument, index: number): ItemFacts {
  const metadata = readObject(readObject(media, 'media_metadata'), readText(entry, 'media_id') ?? '');
  const source = readObject(metadata, 's');
  return compact({
    index,
    kind: 'image' as const,
    width: readNumber(source, 'x'),
    height: readNumber(source, 'y'),
  });
}
