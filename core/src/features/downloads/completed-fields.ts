import type { PostDoc } from '../library/index.ts';
import { nameOf, titleOf } from '../library/index.ts';
import type { DownloadDoc } from './model.ts';

/** What a download's record says once its post is in the library. @param options the download's: how its files are named */
export function completedFields(post: PostDoc, { nameFormat }: DownloadDoc['options']) {
  const [first] = post.items;
  const ext = first === undefined ? '' : extensionOf(first.mime);
  return {
    status: 'completed',
    key: post.key,
    post: post._id,
    progress: 100,
    indeterminate: false,
    totalBytes: post.size,
    ...(first && { filename: `${nameOf(post, first, nameFormat)}.${ext}`, outputPath: `final/${first.sha256}.${ext}` }),
    meta: metaOf(post),
  } satisfies Partial<DownloadDoc>;
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'audio/mpeg': 'mp3', 'audio/mp4': 'm4a' };

function extensionOf(mime: string): string {
  return EXTENSIONS[mime] ?? mime.slice(mime.indexOf('/') + 1);
}

/** Title and author of a post that is being fetched, for lists of downloads. */
export function metaOf(post: {
  title?: string;
  caption?: string;
  author?: { handle: string; name?: string };
}): DownloadDoc['meta'] {
  const title = titleOf(post.title, post.caption);
  const author = post.author?.name ?? post.author?.handle;
  return { ...(title !== null && { title }), ...(author !== undefined && { author }) };
}
