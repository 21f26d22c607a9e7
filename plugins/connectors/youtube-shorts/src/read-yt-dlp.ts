import type { AuthorFacts, ConnectorContext, PostFacts, ToolDocument } from '@mediafetcher/sdk';
import { compact, findHashtags, formatDate, formatSeconds, readNumber, readText } from '@mediafetcher/sdk';

/** Reads yt-dlp's info document of a Short. */
export function readYtDlpPost(info: ToolDocument, context: Pick<ConnectorContext, 'link'>): PostFacts {
  const title = readText(info, 'title');
  const caption = readText(info, 'description');
  return compact({
    postId: context.link.key?.slice('youtube:'.length) ?? readText(info, 'id') ?? '',
    author: readAuthor(info),
    title,
    caption,
    postedAt: formatSeconds(readNumber(info, 'timestamp')) ?? formatDate(readText(info, 'upload_date')),
    hashtags: findHashtags(title, caption),
    nsfw: (readNumber(info, 'age_limit') ?? 0) >= 18,
  });
}

/** A channel; its handle may be missing, its id never is. */
export function readAuthor(info: ToolDocument): AuthorFacts | undefined {
  const id = readText(info, 'channel_id');
  const name = readText(info, 'channel', 'uploader');
  const handle = readText(info, 'uploader_id')?.replace(/^@/, '') ?? name ?? id;
  if (handle === undefined) return undefined;
  return compact({ id, handle, name, url: id === undefined ? undefined : `https://www.youtube.com/channel/${id}` });
}
