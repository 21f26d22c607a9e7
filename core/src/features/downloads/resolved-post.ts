import type { Resolved } from '../../channel/messages.ts';
import type { LibraryService } from '../library/index.ts';
import { metaOf } from './completed-fields.ts';
import type { Followers } from './followers.ts';
import { linkOutcome } from './link-outcome.ts';
import type { DownloadDoc } from './model.ts';
import type { DownloadQueue } from './queue.ts';
import { assertSamePost } from './store-stage.ts';
import { wishedKey } from './wished-key.rules.ts';

interface Dependencies {
  readonly queue: DownloadQueue;
  readonly library: LibraryService;
  readonly followers: Followers;
}

/** A share link, or a probe, has shown its post: the attempt goes on unless the post is there or on its way. */
export async function settleResolved(
  { queue, library, followers }: Dependencies,
  job: DownloadDoc,
  message: Resolved,
): Promise<'continue' | 'drop'> {
  const key = wishedKey(message.key, job.options);
  if (!(await isSamePost(queue, job, key))) return 'drop';
  const meta = message.post && metaOf(message.post);
  if (job.key === key) {
    if (meta) await queue.update(message, { $set: { meta } });
    return 'continue';
  }
  const post = await library.findPost(job.user.toString(), key);
  const outcome = post === null ? undefined : await linkOutcome(library, post, job);
  if (outcome !== undefined) {
    await queue.finish(message, outcome, post?.size);
    return 'drop';
  }
  if (await followers.join(job, key)) return 'drop';
  await queue.update(message, { $set: { key, 'link.key': message.key, ...(meta && { meta }) } });
  return 'continue';
}

/** A share link can lead anywhere, but not to another platform, and a post to no other post. */
async function isSamePost(queue: DownloadQueue, job: DownloadDoc, key: string): Promise<boolean> {
  try {
    assertSamePost(job, { key });
    return true;
  } catch (error) {
    const { message } = error as Error;
    await queue.finish(
      { jobId: job._id.toString(), attempt: job.attempt },
      { status: 'failed', errorCode: 'MF_ERR_PLUGIN', errorMessage: message },
    );
    return false;
  }
}
