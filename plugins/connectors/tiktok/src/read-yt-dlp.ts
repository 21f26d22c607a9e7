import type { ConnectorContext, PostFacts, ToolDocument } from '@mediafetcher/sdk';
import { compact, findHashtags, formatSeconds, readNumber, readText } from '@mediafetcher/sdk';
import { buildAuthor, postIdOf } from './author.ts';

/** Reads yt-dlp's info document of a TikTok post. */
export function readYtDlpPost(info: ToolDocument, context: Pick<ConnectorContext, 'link'>): PostFacts {
  const caption = readText(info, 'description', 'title');
  return compact({
    postId: postIdOf(context.link) ?? readText(info, 'id') ?? '',
    author: buildAuthor(readText(info, 'channel_id'), readText(info, 'uploader'), readText(info, 'channel')),
    caption,
    postedAt: formatSeconds(readNumber(info, 'timestamp')),
    hashtags: findHashtags(caption),
    nsfw: (readNumber(info, 'age_limit') ?? 0) >= 18 ? true : undefined,
  });
}
