import type { FastifyInstance } from 'fastify';
import { Types } from 'mongoose';
import type { LinkDoc, PostDoc } from '../../core/src/features/library/index.ts';
import type { MediaDoc } from '../../core/src/features/media/model.ts';
import { newLinkFields } from '../../core/src/features/library/listing/new-link.ts';
import { Words, createRandom } from './words.ts';

const BATCH = 2000;
const PLATFORMS = [
  ['instagram', 0.4],
  ['tiktok', 0.3],
  ['youtube', 0.15],
  ['x', 0.1],
  ['reddit', 0.05],
] as const;
const DAY = 86_400_000;
const START = Date.UTC(2020, 0, 1);
/** Folders of the person: ten at the top, each with three inside. */
const TOP = 10;
const INNER = 3;

/** A library of so many posts, and what to ask of it. */
export interface MadeLibrary {
  readonly userId: string;
  readonly words: Words;
  /** Top folders, each with others inside. */
  readonly folders: readonly string[];
  readonly random: () => number;
}

/**
 * Fills the database directly; the indexes come last, which is several times faster.
 * @param pictures what the posts show, again and again; without them they have no files
 */
export async function generateLibrary(
  app: FastifyInstance,
  userId: string,
  posts: number,
  pictures: readonly MediaDoc[] = [],
): Promise<MadeLibrary> {
  const random = createRandom(5);
  const words = new Words(random);
  const user = new Types.ObjectId(userId);
  const { top, all } = await makeFolders(app, userId);
  const [Post, Link] = [app.database.model<PostDoc>('Post'), app.database.model<LinkDoc>('Link')];
  for (const model of [Post, Link]) await model.collection.dropIndexes();
  for (let done = 0; done < posts; done += BATCH) {
    const made = Array.from({ length: Math.min(BATCH, posts - done) }, (_item, n) => {
      const post = makePost(done + n, posts, random, words, pictures);
      return { post, link: makeLink(post, user, all, random, START + ((done + n) / posts) * 2000 * DAY) };
    });
    await Post.collection.insertMany(made.map(({ post }) => post));
    await Link.collection.insertMany(made.map(({ link }) => link));
  }
  for (const model of [Post, Link]) await model.createIndexes();
  await app.library.folders.totals.repair(true);
  return { userId, words, folders: top, random };
}

async function makeFolders(app: FastifyInstance, userId: string): Promise<{ top: string[]; all: Types.ObjectId[] }> {
  const top: string[] = [];
  const all: Types.ObjectId[] = [];
  for (let n = 0; n < TOP; n += 1) {
    const folder = await app.library.folders.create(userId, `Folder ${n}`);
    top.push(folder._id.toHexString());
    all.push(folder._id);
    for (let inner = 0; inner < INNER; inner += 1)
      all.push((await app.library.folders.create(userId, `Inner ${inner}`, folder._id.toHexString()))._id);
  }
  return { top, all };
}

function makePost(
  n: number,
  posts: number,
  random: () => number,
  words: Words,
  pictures: readonly MediaDoc[],
): PostDoc {
  const platform = platformAt(random());
  const kind = random() < 0.6 ? 'video' : random() < 0.7 ? 'image' : 'carousel';
  const items = Array.from({ length: kind === 'carousel' ? 4 : 1 }, (_item, index) => ({
    index,
    media: new Types.ObjectId(),
    sha256: `${n.toString(16)}-${index}`.padStart(64, '0'),
    kind: kind === 'video' ? ('video' as const) : ('image' as const),
    mime: kind === 'video' ? 'video/mp4' : 'image/jpeg',
    size: Math.floor(20_000 * 1000 ** random()),
    width: 1080,
    height: 1920,
    thumbnails: [240, 480, 960],
    ...(kind === 'video' && { duration: Math.round(5 * 60 ** random()) }),
    ...shown(pictures[(n + index) % pictures.length]),
  }));
  // Few authors make most posts, most make a few.
  const author = Math.floor(Math.max(20, posts / 50) ** random());
  return {
    _id: new Types.ObjectId(),
    key: `${platform}:${n}`,
    scope: 'shared',
    platform,
    url: `https://example.com/${n}`,
    caption: words.caption(),
    author: { handle: `author${author}` },
    hashtags: Array.from({ length: Math.floor(random() * 4) }, () => words.word(0)),
    nsfw: false,
    postedAt: new Date(START + random() * 2000 * DAY),
    kind,
    items,
    size: items.reduce((sum, { size }) => sum + size, 0),
    state: 'ready',
    refs: [],
    refCount: 1,
  };
}

/** What a card shows of a picture. */
function shown(picture: MediaDoc | undefined) {
  if (picture === undefined) return {};
  const { _id, sha256, width, height, thumbhash, thumbnails } = picture;
  return {
    media: _id,
    sha256,
    thumbnails,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(thumbhash !== undefined && { thumbhash }),
  };
}

function makeLink(
  post: PostDoc,
  user: Types.ObjectId,
  folders: readonly Types.ObjectId[],
  random: () => number,
  addedAt: number,
): LinkDoc {
  const first = random() < 0.5 ? folders[Math.floor(folders.length * random() ** 3)] : undefined;
  const second = first !== undefined && random() < 0.1 ? folders[Math.floor(folders.length * random())] : undefined;
  const filed = [...new Set([first, second])].filter((folder) => folder !== undefined);
  const { inbox, ...fields } = newLinkFields(post);
  return {
    _id: new Types.ObjectId(),
    user,
    post: post._id,
    ...fields,
    shuffle: random(),
    folders: filed,
    ...(filed.length === 0 && { inbox }),
    ...(random() < 0.02 && { favourite: true as const }),
    addedAt: new Date(addedAt),
    postedAt: post.postedAt ?? new Date(addedAt),
    state: 'active',
  };
}

function platformAt(value: number): string {
  let at = value;
  return PLATFORMS.find(([, share]) => (at -= share) < 0)?.[0] ?? 'reddit';
}
