import type { ConnectorContext, ItemFacts, PostFacts, ToolDocument } from '@mediafetcher/sdk';
import {
  compact,
  findHashtags,
  formatDate,
  formatSeconds,
  kindOfDocument,
  readNumber,
  readObject,
  readObjects,
  readText,
} from '@mediafetcher/sdk';
import { buildAuthor, postIdOf } from './author.ts';

/** Reads gallery-dl's document of a file of a TikTok post. */
export function readGalleryDlPost(info: ToolDocument, context: Pick<ConnectorContext, 'link'>): PostFacts {
  const author = readObject(info, 'author');
  const caption = readText(info, 'desc');
  return compact({
    postId: postIdOf(context.link) ?? readText(info, 'id') ?? '',
    author: buildAuthor(
      readText(author, 'secUid'),
      readText(author, 'uniqueId') ?? readText(info, 'user'),
      readText(author, 'nickname'),
    ),
    title: readText(readObject(info, 'imagePost'), 'title'),
    caption,
    postedAt: formatSeconds(readNumber(info, 'createTime')) ?? formatDate(readText(info, 'date')),
    hashtags: findHashtags(caption),
  });
}

/** A slideshow's images and its sound, or the one video. */
export function readGalleryDlItems(info: ToolDocument): readonly ItemFacts[] {
  const images = readObjects(readObject(info, 'imagePost'), 'images');
  if (images.length === 0) {
    const [width, height, duration] = ['width', 'height', 'duration'].map((name) => readNumber(info, name));
    return [compact({ index: 0, kind: kindOfDocument(info), width, height, duration })];
  }
  const seen = images.map((image, index) =>
    compact({
      index,
      kind: 'image' as const,
      width: readNumber(image, 'imageWidth'),
      height: readNumber(image, 'imageHeight'),
    }),
  );
  const music = readObject(info, 'music');
  if (readText(music, 'playUrl') === undefined) return seen;
  return [...seen, compact({ index: seen.length, kind: 'audio' as const, duration: readNumber(music, 'duration') })];
}
