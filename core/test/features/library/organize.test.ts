import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { LinkDoc } from '../../../src/features/library/index.ts';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { linkModel, postModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { addPost } from '../../helpers/posts.ts';

const app = await buildTestApp({ after });
let people = 0;
const newPerson = async () => addPerson(app, `person-${(people += 1)}`);
const ORGANIZE = `mutation($id: ID!, $words: PostWords!) {
  organizePost(id: $id, words: $words) { title ownTitle note favourite tags hiddenItems items { index } }
}`;
const tagsOf = async (userId: string, prefix?: string) =>
  (await app.library.tags.suggest(userId, prefix)).map(({ name, count }) => `${name} ${count}`);
const found = async (userId: string, filter: object) => (await app.library.query.count(userId, filter)).value;

test('a post keeps what a person says of it, is found by that, and loses it again', async () => {
  const { id, graphql } = await newPerson();
  const { _id } = await addPost(app, id, { caption: 'plain', hashtags: ['Sea'] });
  const change = async (words: object) =>
    (await graphql(ORGANIZE, { id: String(_id), words })).data?.['organizePost'] as Record<string, unknown>;
  const said = await change({ favourite: true, note: ' why ', title: 'Éclair', tags: ['#Blue', 'blue', 'Été'] });
  assert.deepEqual(said, {
    title: 'Éclair',
    ownTitle: 'Éclair',
    note: 'why',
    favourite: true,
    tags: ['Blue', 'Été'],
    hiddenItems: [],
    items: [{ index: 0 }],
  });
  for (const filter of [{ q: 'eclair' }, { tag: 'BLUE' }, { tag: 'sea' }, { favourite: true }, { q: 'ete plain' }])
    assert.equal(await found(id, filter), 1, JSON.stringify(filter));
  const none = await change({ favourite: false, note: '', title: ' ', tags: [] });
  assert.deepEqual([none['title'], none['note'], none['favourite'], none['tags']], ['plain', null, false, []]);
  for (const filter of [{ q: 'eclair' }, { tag: 'blue' }, { favourite: true }])
    assert.equal(await found(id, filter), 0);
});

test('words that are too long, tags that are none and items that are not there are refused', async () => {
  const { id, graphql } = await newPerson();
  const { _id } = await addPost(app, id);
  for (const words of [
    { note: 'x'.repeat(10_001) },
    { title: 'x'.repeat(501) },
    { tags: ['#'] },
    { tags: ['a\u202eb'] },
    { tags: ['x'.repeat(65)] },
    { tags: Array.from({ length: 51 }, (_item, n) => `t${n}`) },
    { hiddenItems: [7] },
    { hiddenItems: [0] },
  ]) {
    const { errors } = await graphql(ORGANIZE, { id: String(_id), words });
    assert.equal(errors?.[0]?.extensions?.code, 'MF_ERR_VALIDATION', JSON.stringify(words).slice(0, 40));
  }
  const stranger = await newPerson();
  const { errors } = await stranger.graphql(ORGANIZE, { id: String(_id), words: { note: 'mine' } });
  assert.equal(errors?.[0]?.extensions?.code, 'MF_ERR_UNKNOWN');
});

test('single items of a carousel are hidden', async () => {
  const { id, graphql } = await newPerson();
  const link = await addPost(app, id);
  const { items } = await postModel(app).findById(link.post).lean().orFail();
  const three = [0, 1, 2].map((index) => ({ ...items[0], index }));
  await postModel(app).updateOne({ _id: link.post }, { $set: { items: three, kind: 'carousel' } });
  const { data } = await graphql(ORGANIZE, { id: String(link._id), words: { hiddenItems: [2, 0, 2] } });
  const shown = data?.['organizePost'] as { hiddenItems: number[]; items: unknown[] };
  assert.deepEqual([shown.hiddenItems, shown.items], [[0, 2], [{ index: 1 }]]);
});

test('of changes made at the same time none is lost, and search knows all', async () => {
  const { id } = await newPerson();
  const { _id } = await addPost(app, id);
  const change = async (words: object) => app.library.organizer.change(id, String(_id), words);
  await Promise.all([
    change({ title: 'Alpha' }),
    change({ tags: ['beta'] }),
    change({ note: 'gamma' }),
    change({ favourite: true }),
  ]);
  assert.equal(await found(id, { q: 'alpha beta', tag: 'beta', favourite: true }), 1);
});

test('tags are suggested by their beginning, the most used first, and count what is not in the trash', async () => {
  const { id } = await newPerson();
  const posts: LinkDoc[] = [];
  for (let n = 0; n < 3; n += 1) posts.push(await addPost(app, id, { hashtags: n === 0 ? ['Cafe', 'Sea'] : ['Sea'] }));
  const [first, second] = posts.map(({ _id }) => String(_id));
  assert.ok(first !== undefined && second !== undefined);
  await app.library.organizer.change(id, second, { tags: ['Café', 'Cat'] });
  assert.deepEqual(await tagsOf(id), ['Sea 3', 'Cafe 2', 'Cat 1']);
  assert.deepEqual(await tagsOf(id, '#CÀ'), ['Cafe 2', 'Cat 1']);
  await app.library.trash(second, id);
  assert.deepEqual(await tagsOf(id), ['Sea 2', 'Cafe 1']);
  await app.library.restore(second, id);
  assert.deepEqual(await tagsOf(id, 'c'), ['Cafe 2', 'Cat 1']);
});

test('the janitor counts tags that a crash left marked', async () => {
  const { id } = await newPerson();
  await addPost(app, id, { hashtags: ['Sea'] });
  await app.database.model('Tag').updateOne({ user: id }, { $set: { count: 9, stale: 'crashed' } });
  await app.library.tags.reconcile();
  assert.deepEqual(await tagsOf(id), ['Sea 1']);
  assert.equal(await linkModel(app).countDocuments({ user: id }), 1);
});
