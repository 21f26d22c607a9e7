import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { Collection, Document, Filter, FindOptions } from 'mongodb';
import type { LinkDoc } from '../../../src/features/library/index.ts';
import type { LibraryFilter, LibrarySort } from '../../../src/features/library/library-query.ts';
import { valueOf } from '../../../src/features/library/listing/list-sort.ts';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { addPosts } from '../../helpers/posts.ts';

const POSTS = 480;
const LIMIT = 20;
const WORDS = ['sun', 'sunday', 'sunset', 'sea', 'seal', 'moon', 'été', 'ラーメン', 'rare'];
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const outer = await app.library.folders.create(ann.id, 'Outer');
const inner = await app.library.folders.create(ann.id, 'Inner', outer._id.toHexString());
await addPosts(
  app,
  ann.id,
  Array.from({ length: POSTS }, (_post, n) => {
    const kind = (['video', 'image', 'carousel'] as const)[(n * 7) % 3] ?? 'video';
    return {
      caption: `${WORDS[(n * 5) % 8] ?? ''} ${WORDS[(n * 3) % 7] ?? ''} ${n % 60 === 7 ? 'rare' : ''}`,
      author: { handle: `author${(n * 11) % 9}` },
      hashtags: n % 13 === 0 ? ['harbour'] : [],
      platform: ['tiktok', 'reddit', 'x', 'instagram'][(n * n) % 4] ?? 'x',
      kind,
      size: 1000 + ((n * 37) % 101),
      postedAt: day((n * 53) % 211),
      ...(kind === 'video' && { duration: (n * 17) % 120 }),
    };
  }),
);
const ids = (await linkModel(app).find({}, { _id: 1 }).sort({ _id: 1 }).lean()).map(({ _id }) => _id);
await linkModel(app).bulkWrite(
  ids.map((_id, n) => {
    const folders = [n % 6 === 0 ? [outer._id] : [], n % 9 === 0 ? [inner._id] : []].flat();
    const $set = { addedAt: day(Math.floor(n / 2)), shuffle: ((n * 61) % POSTS) / POSTS, folders };
    return {
      updateOne: {
        filter: { _id },
        update: {
          $set: { ...$set, ...(n % 15 === 0 && { favourite: true as const }) },
          ...(folders.length > 0 && { $unset: { inbox: 1 as const } }),
        },
      },
    };
  }),
);
const links = await linkModel(app).find({ user: ann.id }).lean();

interface Condition {
  readonly filter: LibraryFilter;
  readonly holds: (link: LinkDoc) => boolean;
}

const begins = (word: string) => (link: LinkDoc) => link.terms.some((term) => term.startsWith(word));
const inFolder =
  (...wanted: string[]) =>
  (link: LinkDoc) =>
    link.folders.some((id) => wanted.includes(String(id)));

/** Conditions by what they ask about; two about the same never meet. */
const CONDITIONS: Readonly<Record<string, readonly Condition[]>> = {
  kind: [{ filter: { kind: 'image' }, holds: ({ kind }) => kind === 'image' }],
  platform: [{ filter: { platform: 'reddit' }, holds: ({ platform }) => platform === 'reddit' }],
  words: [
    { filter: { q: 'rare' }, holds: begins('rare') },
    { filter: { q: 'su' }, holds: begins('su') },
    { filter: { q: 'sun moon' }, holds: (link) => begins('sun')(link) && begins('moon')(link) },
    { filter: { q: 'sea rare' }, holds: (link) => begins('sea')(link) && begins('rare')(link) },
  ],
  folder: [
    { filter: { folder: inner._id.toHexString() }, holds: inFolder(String(inner._id)) },
    {
      filter: { folder: outer._id.toHexString(), subfolders: true },
      holds: inFolder(String(outer._id), String(inner._id)),
    },
    { filter: { folder: 'inbox' }, holds: ({ folders }) => folders.length === 0 },
  ],
  tag: [{ filter: { tag: 'harbour' }, holds: ({ labels }) => labels.includes('harbour') }],
  author: [{ filter: { author: 'author3' }, holds: ({ author }) => author === 'author3' }],
  favourite: [{ filter: { favourite: true }, holds: ({ favourite }) => favourite === true }],
  added: [
    {
      filter: { from: day(60), to: day(100) },
      holds: ({ addedAt }) => addedAt >= day(60) && addedAt <= day(100),
    },
  ],
  posted: [
    {
      filter: { postedFrom: day(20), postedTo: day(45) },
      holds: ({ postedAt }) => postedAt >= day(20) && postedAt <= day(45),
    },
  ],
  length: [{ filter: { minDuration: 60 }, holds: ({ duration }) => duration >= 60 }],
};

function pairs(): Condition[] {
  const kinds = Object.values(CONDITIONS);
  const both = kinds.flatMap((ones, at) =>
    kinds.slice(at + 1).flatMap((others) =>
      ones.flatMap((one) =>
        others.map((other): Condition => ({
          filter: { ...one.filter, ...other.filter },
          holds: (link) => one.holds(link) && other.holds(link),
        })),
      ),
    ),
  );
  return [...kinds.flat(), ...both];
}

const SORTS = ['added_desc', 'posted_asc', 'size_desc', 'random'] as const satisfies readonly LibrarySort[];

function inOrder(found: readonly LinkDoc[], sort: LibrarySort): string[] {
  const sign = sort.endsWith('_desc') ? -1 : 1;
  return found
    .toSorted((a, b) => (valueOf(a, sort) - valueOf(b, sort) || (String(a._id) < String(b._id) ? -1 : 1)) * sign)
    .map(({ _id }) => String(_id));
}

interface Asked {
  readonly filter: Filter<Document>;
  readonly options: FindOptions;
}

/** What was asked of the links while something ran. */
async function watched<T>(run: () => Promise<T>): Promise<{ value: T; asked: Asked[] }> {
  const asked: Asked[] = [];
  app.database.set('debug', (name: string, method: string, filter: Filter<Document>, options: FindOptions) => {
    if (name === 'links' && method === 'find') asked.push({ filter, options });
  });
  try {
    return { value: await run(), asked };
  } finally {
    app.database.set('debug', false);
  }
}

async function examined({ filter, options }: Asked): Promise<number> {
  const collection = linkModel(app).collection as unknown as Collection;
  const plan = await collection.find(filter, options).explain('executionStats');
  const text = JSON.stringify(plan['queryPlanner']);
  assert.match(text, /"indexName":"list_/);
  assert.doesNotMatch(text, /COLLSCAN/);
  return (plan['executionStats'] as { totalDocsExamined: number }).totalDocsExamined;
}

// Draws the sample that plans are chosen by, so that it is not among what is watched.
await app.library.query.page(ann.id, { filter: { q: 'sun', kind: 'image' }, limit: 1 });

for (const [name, conditions] of Object.entries(Object.groupBy(pairs(), ({ filter }) => Object.keys(filter)[0] ?? '')))
  test(`${name}, alone and with each other condition: right and bounded in every order`, async () => {
    for (const { filter, holds } of conditions ?? []) {
      const scope = await app.library.query.scope(ann.id, filter);
      const wanted = links.filter(holds);
      for (const sort of SORTS) {
        const what = `${JSON.stringify(filter)} ${sort}`;
        const { value, asked } = await watched(async () =>
          app.library.query.links(scope, { filter, sort, limit: LIMIT }),
        );
        const shown = value.links.map(({ _id }) => String(_id));
        assert.deepEqual(shown, inOrder(wanted, sort).slice(0, LIMIT), what);
        for (const one of asked) assert.ok((await examined(one)) <= POSTS / 3, what);
      }
    }
  });

for (const [name, filter, sort] of [
  ['words of favourites', { q: 'su', favourite: true }, 'added_desc'],
  ['a time in the order of another', { postedFrom: day(0), postedTo: day(90) }, 'added_desc'],
] as const)
  test(`${name}: no post is fetched that is not an answer`, async () => {
    const scope = await app.library.query.scope(ann.id, filter);
    const { value, asked } = await watched(async () => app.library.query.links(scope, { filter, sort, limit: LIMIT }));
    const [find, ...more] = asked;
    assert.ok(find && more.length === 0 && value.links.length > 3);
    // One more than is shown tells whether there is another page.
    assert.ok((await examined(find)) <= value.links.length + 1);
  });
