import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Types } from 'mongoose';
import type { LinkDoc, PostDoc } from '../../src/features/library/index.ts';
import { listedMedia } from '../../src/features/library/listed-media.rules.ts';
import type { MediaDoc } from '../../src/features/media/index.ts';
import type { Sample } from './samples.ts';
import { resultOf, stage } from './samples.ts';

let staged = 0;

/** Brings a post of these samples into a person's library, as a finished job does. */
export async function admit(
  app: FastifyInstance,
  userId: string,
  key: string,
  samples: readonly Sample[],
  scope = 'shared',
): Promise<{ post: PostDoc; link: LinkDoc }> {
  staged += 1;
  const stagingDirectory = join(app.system.mediaRoot.staging, `admit-${staged}`);
  const result = resultOf(key, await stage(stagingDirectory, samples));
  return app.library.admit({ userId, platform: 'tiktok', scope, result, stagingDirectory });
}

export const mediaModel = (app: FastifyInstance) => app.database.model<MediaDoc>('Media');
export const postModel = (app: FastifyInstance) => app.database.model<PostDoc>('Post');
export const linkModel = (app: FastifyInstance) => app.database.model<LinkDoc>('Link');

const texts = (ids: readonly Types.ObjectId[]): string[] => ids.map(String).toSorted();

/** As {@link assertCounted}, and nothing is in the trash. */
export async function assertConsistent(app: FastifyInstance): Promise<void> {
  await assertCounted(app);
  assert.equal(await linkModel(app).countDocuments({ state: { $ne: 'active' } }), 0);
}

/** Counts everything anew: each count is right, each file has its document, each document its file and an owner. */
export async function assertCounted(app: FastifyInstance): Promise<void> {
  const [media, posts, links] = await Promise.all([
    mediaModel(app).find().lean(),
    postModel(app).find().lean(),
    linkModel(app).find().lean(),
  ]);
  for (const medium of media) {
    const owners = posts.filter((post) => listedMedia(post).some((each) => each.media.equals(medium._id)));
    assert.equal(medium.state, 'ready');
    assert.deepEqual(texts(medium.refs), texts(owners.map(({ _id }) => _id)), `refs of ${medium.sha256}`);
    assert.equal(medium.refCount, medium.refs.length);
    assert.ok(medium.refCount > 0, `${medium.sha256} has no owner`);
  }
  for (const post of posts) {
    const owners = links.filter((link) => link.post.equals(post._id));
    assert.equal(post.state, 'ready');
    assert.equal(post.lease, undefined);
    assert.deepEqual(texts(post.refs), texts(owners.map(({ _id }) => _id)), `refs of ${post.key}`);
    assert.equal(post.refCount, post.refs.length);
    assert.ok(post.refCount > 0, `${post.key} has no owner`);
  }
  for (const link of links) {
    assert.ok(['active', 'trashed'].includes(link.state), link.state);
    assert.ok(
      posts.some(({ _id }) => _id.equals(link.post)),
      `the post of a link is gone`,
    );
  }
  const { final, thumbs, removing } = app.system.mediaRoot;
  assert.deepEqual(await readdir(removing), []);
  assert.deepEqual((await readdir(final)).toSorted(), media.map(({ sha256, ext }) => `${sha256}.${ext}`).toSorted());
  assert.deepEqual(
    (await readdir(thumbs)).toSorted(),
    media.flatMap(({ sha256, thumbnails }) => thumbnails.map((width) => `${sha256}-${width}.webp`)).toSorted(),
  );
}
