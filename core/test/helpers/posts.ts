import type { FastifyInstance } from 'fastify';
import { Types } from 'mongoose';
import type { LinkDoc, PostDoc } from '../../src/features/library/index.ts';
import { newLinkFields } from '../../src/features/library/listing/new-link.ts';
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
  const post = makePost(facts);
  await postModel(app).create(post);
  const added = await app.library.linkExisting(post, userId);
  if (Object.keys(link).length === 0) return added;
  return linkModel(app).findByIdAndUpdate(added._id, { $set: link }, { returnDocument: 'after', lean: true }).orFail();
}

/** Many at once, as they stand when their downloads are over. */
export async function addPosts(app: FastifyInstance, userId: string, many: readonly Facts[]): Promise<void> {
  const addedAt = new Date();
  const user = new Types.ObjectId(userId);
  const pairs = many.map((facts) => {
    const post = makePost(facts);
    const link = { _id: new Types.ObjectId(), user, post: post._id, addedAt, ...newLinkFields(post) };
    return {
      post: { ...post, refs: [link._id], refCount: 1 },
      link: { ...link, postedAt: post.postedAt ?? addedAt, state: 'active' as const },
    };
  });
  const tags = many.flatMap(({ hashtags = [] }) => hashtags);
  await app.library.tags.around(user, tags, async () => {
    await postModel(app).insertMany(pairs.map(({ post }) => post));
    await linkModel(app).insertMany(pairs.map(({ link }) => link));
  });
}

function makePost(facts: Facts): PostDoc {
  made += 1;
  const { duration, ...rest } = facts;
  const platform = facts.platform ?? 'tiktok';
  return {
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
}
