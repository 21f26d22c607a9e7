import type { FastifyInstance } from 'fastify';
import { Types } from 'mongoose';
import type { LinkDoc, PostDoc } from '../../src/features/library/index.ts';
import { linkModel, postModel } from './library.ts';

type Facts = Partial<
  Pick<PostDoc, 'caption' | 'title' | 'author' | 'hashtags' | 'platform' | 'kind' | 'scope' | 'size'>
> & {
  readonly postedAt?: Date;
  /** Seconds of its only item. */
  readonly duration?: number;
};

let made = 0;

/** Puts a post without files into a person's library: for all that never touches the disk. */
export async function addPost(
  app: FastifyInstance,
  userId: string,
  facts: Facts = {},
  link: Partial<LinkDoc> = {},
): Promise<LinkDoc> {
  made += 1;
  const { duration, ...rest } = facts;
  const platform = facts.platform ?? 'tiktok';
  const post: PostDoc = {
    _id: new Types.ObjectId(),
    key: `${platform}:made-${made}`,
    scope: 'shared',
    platform,
    url: `https://www.tiktok.com/@a/video/${made}`,
    hashtags: [],
    nsfw: false,
    kind: 'video',
    size: 1000,
    state: 'ready',
    refs: [],
    refCount: 0,
    ...rest,
    items: [
      {
        index: 0,
        media: new Types.ObjectId(),
        sha256: made.toString(16).padStart(64, '0'),
        kind: 'video',
        mime: 'video/mp4',
        size: facts.size ?? 1000,
        thumbnails: [],
        ...(duration !== undefined && { duration }),
      },
    ],
  };
  await postModel(app).create(post);
  const added = await app.library.linkExisting(post, userId);
  if (Object.keys(link).length === 0) return added;
  return linkModel(app).findByIdAndUpdate(added._id, { $set: link }, { returnDocument: 'after', lean: true }).orFail();
}
