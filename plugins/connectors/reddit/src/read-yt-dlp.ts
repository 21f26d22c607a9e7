import type { ConnectorContext, PostFacts, ToolDocument } from '@mediafetcher/sdk';
import { compact, formatSeconds, readNumber, readText } from '@mediafetcher/sdk';
import { buildAuthor, postIdOf } from './author.ts';

/** Reads yt-dlp's info document of a Reddit post. Its `id` is the video's, not the post's. */
export function readYtDlpPost(info: ToolDocument, context: Pick<ConnectorContext, 'link'>): PostFacts {
  return compact({
    postId: postIdOf(context.link) ?? readText(info, 'display_id') ?? '',
    author: buildAuthor(undefined, readText(info, 'uploader')),
    title: readText(info, 'title'),
    postedAt: formatSeconds(readNumber(info, 'timestamp')),
    nsfw: (readNumber(info, 'age_limit') ?? 0) >= 18,
  });
}
