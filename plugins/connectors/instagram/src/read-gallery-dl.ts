import type { ConnectorContext, PostFacts, ToolDocument } from '@mediafetcher/sdk';
import { compact, findHashtags, formatDate, readText } from '@mediafetcher/sdk';
import { buildAuthor, postIdOf } from './author.ts';

/** Reads gallery-dl's document of a file of an Instagram post. */
export function readGalleryDlPost(info: ToolDocument, context: Pick<ConnectorContext, 'link'>): PostFacts {
  const caption = readText(info, 'description');
  return compact({
    postId: postIdOf(context.link) ?? readText(info, 'post_shortcode', 'shortcode') ?? '',
    author: buildAuthor(readText(info, 'owner_id'), readText(info, 'username'), readText(info, 'fullname')),
    caption,
    postedAt: formatDate(readText(info, 'post_date', 'date')),
    hashtags: findHashtags(caption),
  });
}
