import assert from 'node:assert/strict';
import test from 'node:test';
import { buildTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import { linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { addPost } from '../../helpers/posts.ts';

test('links of an earlier version are found by everything after the next start', async (t) => {
  const folder = await makeDataDir(t);
  const first = await buildTestApp({ after: () => undefined }, { DATA_DIR: folder });
  const ann = await addPerson(first, 'ann');
  const { _id } = await addPost(first, ann.id, {
    caption: 'Été',
    author: { handle: 'Sea' },
    hashtags: ['Blue'],
    size: 7,
  });
  const fields = ['author', 'folders', 'inbox', 'tags', 'labels', 'size', 'duration', 'shuffle', 'rev'];
  const links = linkModel(first).collection;
  await links.updateOne({ _id }, { $unset: Object.fromEntries(fields.map((field) => [field, 1])) });
  await links.createIndex({ user: 1, terms: 1 }, {}, {});
  await first.database.collection('tags').deleteMany({});
  await first.database.collection('migrations').deleteMany({});
  await first.close();

  const second = await buildTestApp(t, { DATA_DIR: folder });
  for (const filter of [{ author: 'sea' }, { tag: 'blue' }, { folder: 'inbox' }, { q: 'ete' }]) {
    for (const sort of ['size_asc', 'random', 'added_desc'] as const) {
      const { items } = await second.library.query.page(ann.id, { filter, sort, limit: 2 });
      assert.deepEqual(
        items.map(({ link }) => link._id),
        [_id],
      );
    }
  }
  const names = (await linkModel(second).collection.indexes()).map(({ name }) => name);
  assert.ok(!names.includes('user_1_terms_1') && names.includes('list_terms'));
  assert.deepEqual(
    (await second.library.tags.suggest(ann.id, 'bl')).map(({ name, count }) => [name, count]),
    [['Blue', 1]],
  );
});

test('an index of an earlier version goes at any start', async (t) => {
  const folder = await makeDataDir(t);
  const first = await buildTestApp({ after: () => undefined }, { DATA_DIR: folder });
  await linkModel(first).collection.createIndex({ user: 1, state: 1, addedAt: 1, _id: 1 }, { name: 'list_added' }, {});
  await first.close();
  const second = await buildTestApp(t, { DATA_DIR: folder });
  const names = (await linkModel(second).collection.indexes()).map(({ name }) => name);
  assert.ok(!names.includes('list_added') && names.includes('list_by_added'), names.join());
});
