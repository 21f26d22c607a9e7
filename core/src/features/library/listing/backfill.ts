import { mongo } from 'mongoose';
import type { Connection, Types } from 'mongoose';
import type { LibraryModels, LinkDoc, PostDoc } from '../models.ts';
import { OLD_INDEXES } from './link-fields.ts';
import { newLinkFields } from './new-link.ts';

const NAME = 'links: what lists filter and sort by';
const BATCH = 500;

interface MigrationDoc {
  readonly _id: string;
  readonly doneAt: Date;
}

/** Gives links of earlier versions the fields that lists need; once for each database, and again after a crash. */
export async function backfillLinks(connection: Connection, { Link, Post }: LibraryModels): Promise<void> {
  await dropOldIndexes(Link);
  const migrations = connection.collection<MigrationDoc>('migrations');
  if ((await migrations.findOne({ _id: NAME })) !== null) return;
  let last: Types.ObjectId | undefined;
  for (;;) {
    const links: LinkDoc[] = await Link.find({ rev: null, ...(last !== undefined && { _id: { $gt: last } }) })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean();
    last = links.at(-1)?._id;
    if (last === undefined) break;
    const posts = await Post.find({ _id: { $in: links.map(({ post }) => post) } }).lean();
    await fill(Link, links, new Map(posts.map((post) => [post._id.toHexString(), post])));
  }
  await migrations.updateOne({ _id: NAME }, { $set: { doneAt: new Date() } }, { upsert: true });
}

async function fill(
  Link: LibraryModels['Link'],
  links: readonly LinkDoc[],
  posts: ReadonlyMap<string, PostDoc>,
): Promise<void> {
  await Link.bulkWrite(
    links.flatMap((link) => {
      const post = posts.get(link.post.toHexString());
      // A link that a crash left without its post is the janitor's.
      if (post === undefined) return [];
      return [{ updateOne: { filter: { _id: link._id, rev: null }, update: { $set: newLinkFields(post) } } }];
    }),
  );
}

async function dropOldIndexes(Link: LibraryModels['Link']): Promise<void> {
  const there = new Set((await Link.collection.indexes()).map(({ name }) => name));
  for (const name of OLD_INDEXES.filter((old) => there.has(old)))
    await Link.collection.dropIndex(name).catch((error: unknown) => {
      // Another server that starts as well was faster.
      if (!isIndexMissing(error)) throw error;
    });
}

const isIndexMissing = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === 27;
