import type { PostFacts, PostProbe } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import type { RunnerResult } from '../../channel/runner-messages.ts';

/** Facts of a post as they travel. */
export type SentPost = RunnerResult['post'];

/** Cuts what a platform sent to what the channel takes. @throws MF_ERR_PLUGIN when the plugin does not say which post it is */
export function readPostFacts(probe: PostProbe): SentPost {
  // A plugin may return anything.
  const post = (probe as Partial<PostProbe> | undefined)?.post as Partial<PostFacts> | undefined;
  const postId = textOf(post?.postId, 150);
  if (postId === undefined || postId === '')
    throw new PluginError('MF_ERR_PLUGIN', 'The plugin did not say which post it is.');
  const author = readAuthor(post?.author);
  const title = textOf(post?.title, 2_000);
  const caption = textOf(post?.caption, 50_000);
  const postedAt = textOf(post?.postedAt, 40);
  return {
    postId,
    ...(author !== undefined && { author }),
    ...(title !== undefined && { title }),
    ...(caption !== undefined && { caption }),
    ...(postedAt !== undefined && { postedAt }),
    ...(Array.isArray(post?.hashtags) && { hashtags: readHashtags(post.hashtags) }),
    ...(typeof post?.nsfw === 'boolean' && { nsfw: post.nsfw }),
  };
}

function readAuthor(author: PostFacts['author']): SentPost['author'] {
  const handle = textOf(author?.handle, 200);
  if (handle === undefined) return undefined;
  const id = textOf(author?.id, 200);
  const name = textOf(author?.name, 500);
  const url = textOf(author?.url, 2_048);
  return {
    handle,
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(url !== undefined && { url }),
  };
}

function readHashtags(hashtags: readonly unknown[]): string[] {
  return hashtags.flatMap((tag) => textOf(tag, 200) ?? []).slice(0, 200);
}

function textOf(value: unknown, limit: number): string | undefined {
  return typeof value === 'string' ? value.slice(0, limit).toWellFormed() : undefined;
}
