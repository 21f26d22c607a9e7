import type { ConnectorContext, PostFacts, ToolDocument } from '@mediafetcher/sdk';
import { compact, findHashtags, formatSeconds, readNumber, readText } from '@mediafetcher/sdk';
import { buildAuthor, postIdOf, timeOfPostId } from './post-id.ts';

/** Reads yt-dlp's info document of a post of X. Its `id` is the video's, not the post's. */
export function readYtDlpPost(info: ToolDocument, context: Pick<ConnectorContext, 'link'>): PostFacts {
  const postId = postIdOf(context.link) ?? readText(info, 'display_id') ?? '';
  const caption = readText(info, 'description');
  return compact({
    postId,
    author: buildAuthor(readText(info, 'channel_id'), readText(info, 'uploader_id'), readText(info, 'uploader')),
    caption,
    postedAt: formatSeconds(readNumber(info, 'timestamp')) ?? timeOfPostId(postId),
    hashtags: findHashtags(caption),
    nsfw: (readNumber(info, 'age_limit') ?? 0) >= 18,
  });
}
