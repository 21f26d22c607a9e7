import type { Connection, Types } from 'mongoose';
import type { LibraryModels, LinkDoc } from '../models.ts';
import type { TagsService } from './tags-service.ts';

const NAME = 'tags: those that posts had before tags were counted';
const BATCH = 500;

interface MigrationDoc {
  readonly _id: string;
  readonly doneAt: Date;
}

/** Makes the tags of links of earlier versions known, so that they are suggested; once for each database. */
export async function backfillTags(
  connection: Connection,
  { Link, Post }: LibraryModels,
  tags: TagsService,
): Promise<void> {
  const migrations = connection.collection<MigrationDoc>('migrations');
  if ((await migrations.findOne({ _id: NAME })) !== null) return;
  let last: Types.ObjectId | undefined;
  for (;;) {
    const links: LinkDoc[] = await Link.find({ state: 'active', ...(last !== undefined && { _id: { $gt: last } }) })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean();
    last = links.at(-1)?._id;
    if (last === undefined) break;
    const posts = await Post.find({ _id: { $in: links.map(({ post }) => post) } }, { hashtags: 1 }).lean();
    const hashtags = new Map(posts.map((post) => [post._id.toHexString(), post.hashtags]));
    for (const [user, names] of namesByUser(links, hashtags)) await tags.know(user, names);
  }
  await tags.reconcile();
  await migrations.updateOne({ _id: NAME }, { $set: { doneAt: new Date() } }, { upsert: true });
}

/** The person's own and the posts', as they are written. */
function namesByUser(
  links: readonly LinkDoc[],
  hashtags: ReadonlyMap<string, readonly string[]>,
): Map<Types.ObjectId, string[]> {
  const names = new Map<string, { readonly user: Types.ObjectId; readonly names: string[] }>();
  for (const { user, post, tags } of links) {
    const known = names.get(user.toHexString()) ?? { user, names: [] };
    known.names.push(...tags, ...(hashtags.get(post.toHexString()) ?? []));
    names.set(user.toHexString(), known);
  }
  return new Map([...names.values()].map((each) => [each.user, each.names]));
}
