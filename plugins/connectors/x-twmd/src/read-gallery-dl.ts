import type { ConnectorContext, PostFacts, ToolDocument } from '@mediafetcher/sdk';
import { compact, findHashtags, formatDate, readObject, readText } from '@mediafetcher/sdk';
import { buildAuthor, postIdOf, timeOfPostId } from './post-id.ts';

/** Reads gallery-dl's document of a file of a post of X. */
export function readGalleryDlPost(info: ToolDocument, context: Pick<ConnectorContext, 'link'>): PostFacts {
  // The number in the document lost its last digits on the way through JSON: the address has them.
  const postId = postIdOf(context.link) ?? '';
  const author = readObject(info, 'author');
  const caption = readText(info, 'content');
  return compact({
    postId,
    author: buildAuthor(readText(author, 'id'), readText(author, 'name'), readText(author, 'nick')),
    caption,
    postedAt: formatDate(readText(info, 'date')) ?? timeOfPostId(postId),
    hashtags: findHashtags(caption),
    nsfw: typeof info['sensitive'] === 'boolean' ? info['sensitive'] : undefined,
  });
}
