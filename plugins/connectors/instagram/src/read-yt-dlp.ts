import type { ConnectorContext, PostFacts, ToolDocument } from '@mediafetcher/sdk';
import { compact, findHashtags, formatSeconds, readNumber, readText } from '@mediafetcher/sdk';
import { buildAuthor, postIdOf } from './author.ts';

/** Reads yt-dlp's info document of an Instagram post, or of one entry of a carousel. */
export function readYtDlpPost(info: ToolDocument, context: Pick<ConnectorContext, 'link'>): PostFacts {
  const caption = readText(info, 'description');
  return compact({
    // A carousel's entries have ids of their own: the address knows the post's.
    postId: postIdOf(context.link) ?? readText(info, 'playlist_id', 'id') ?? '',
    author: buildAuthor(readText(info, 'uploader_id'), readText(info, 'channel'), readText(info, 'uploader')),
    caption,
    postedAt: formatSeconds(readNumber(info, 'timestamp')),
    hashtags: findHashtags(caption),
  });
}
