import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { Types } from 'mongoose';
import type { LinkDoc } from '../../../src/features/library/index.ts';
import type { FolderDoc, FolderTreeDoc } from '../../../src/features/library/folders/folder-model.ts';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { addPost } from '../../helpers/posts.ts';
import { createRandom } from '../../helpers/random.ts';

const app = await buildTestApp({ after });
const { folders } = app.library;
const folderModel = app.database.model<FolderDoc>('Folder');
const treeModel = app.database.model<FolderTreeDoc>('FolderTree');
let people = 0;
const newPerson = async () => addPerson(app, `person-${(people += 1)}`);
const idOf = ({ _id }: { _id: Types.ObjectId }): string => _id.toHexString();

/** Every count is what is there, every folder leads to the top, what is in no folder is in the inbox. */
async function assertRight(userId: string): Promise<void> {
  const links = await linkModel(app).find({ user: userId }).lean();
  const docs = await folderModel.find({ user: userId }).lean();
  for (const folder of docs) {
    assert.deepEqual([folder.state, folder.stale], ['ready', undefined]);
    const there = links.filter((link) => link.state === 'active' && link.folders.some((id) => id.equals(folder._id)));
    assert.equal(folder.count, there.length, folder.name);
  }
  for (const link of links) {
    assert.equal(link.inbox === true, link.folders.length === 0);
    assert.equal(new Set(link.folders.map(String)).size, link.folders.length);
    for (const id of link.folders)
      assert.ok(
        docs.some((folder) => folder._id.equals(id)),
        'a folder that is gone',
      );
  }
  assert.equal((await folders.list(userId)).length, docs.length);
}

test('folders are made, renamed, moved, ordered and listed in their order', async () => {
  const { id, graphql } = await newPerson();
  const make = async (name: string, parentId?: string) => {
    const { data } = await graphql(
      'mutation($name: String!, $parentId: ID) { createFolder(name: $name, parentId: $parentId) { id } }',
      { name, parentId },
    );
    return (data?.['createFolder'] as { id: string }).id;
  };
  const [a, b] = [await make(' Été '), await make('B')];
  const c = await make('C', a);
  await graphql('mutation($b: ID!, $a: ID!) { moveFolder(id: $b, beforeId: $a) { id } }', { a, b });
  await graphql('mutation($c: ID!) { renameFolder(id: $c, name: "Sea") { id } }', { c });
  const { data } = await graphql('{ folders { name parentId count } }');
  assert.deepEqual(data?.['folders'], [
    { name: 'B', parentId: null, count: 0 },
    { name: 'Été', parentId: null, count: 0 },
    { name: 'Sea', parentId: a, count: 0 },
  ]);
  for (const [name, code] of [
    ['ete', 'MF_ERR_STATE'],
    ['x'.repeat(10_000), 'MF_ERR_VALIDATION'],
    ['a/b', 'MF_ERR_VALIDATION'],
  ]) {
    const { errors } = await graphql('mutation($name: String!) { createFolder(name: $name) { id } }', { name });
    assert.equal(errors?.[0]?.extensions?.code, code);
  }
  await assert.rejects(folders.move(id, a, c), { code: 'MF_ERR_STATE' });
  await assertRight(id);
});

test('of moves that would make a ring together only those succeed that do not', async () => {
  const { id } = await newPerson();
  const random = createRandom(Number(process.env['SEED'] ?? 7));
  const made = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (name) => folders.create(id, name)));
  assert.equal(new Set(made.map(({ order }) => order)).size, 5, 'two have one place');
  for (let round = 0; round < 6; round += 1) {
    await Promise.allSettled(made.map(async (folder) => folders.move(id, idOf(folder), idOf(random.pick(made)))));
    // A folder in a ring would not be reached from the top.
    assert.equal((await folders.list(id)).length, made.length);
  }
  await assertRight(id);
});

test('of two folders of one name made at once one is refused', async () => {
  const { id } = await newPerson();
  const results = await Promise.allSettled([1, 2, 3].map(async () => folders.create(id, 'Same')));
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
  await assertRight(id);
});

test('a change that a crash cut short is made by whoever comes next, once', async () => {
  const { id } = await newPerson();
  const folder = await folders.create(id, 'Before');
  const user = new Types.ObjectId(id);
  const { version } = await treeModel.findById(user).lean().orFail();
  const intent = [{ id: folder._id, set: { name: 'After' } }];
  await treeModel.updateOne({ _id: user }, { $set: { version: version + 1, intent } });
  await folders.create(id, 'Next');
  assert.deepEqual(
    (await folders.list(id)).map(({ name }) => name),
    ['After', 'Next'],
  );
  await folders.rename(id, idOf(folder), 'Later');
  // The one that hung writes its change only now.
  await folderModel.updateOne({ _id: folder._id, rev: { $lt: version + 1 } }, { $set: { name: 'After' } });
  assert.equal((await folders.get(id, idOf(folder))).name, 'Later');
});

test('a post may be in several folders, and in the inbox when it is in none', async () => {
  const { id, graphql } = await newPerson();
  const [a, b] = [await folders.create(id, 'A'), await folders.create(id, 'B')];
  const posts = await Promise.all([1, 2, 3].map(async () => addPost(app, id)));
  const add = 'mutation($folder: ID!, $ids: [ID!]!) { addToFolder(folderId: $folder, postIds: $ids) }';
  const ids = posts.map(idOf);
  assert.deepEqual((await graphql(add, { folder: idOf(a), ids })).data, { addToFolder: 3 });
  assert.deepEqual((await graphql(add, { folder: idOf(a), ids })).data, { addToFolder: 0 });
  await graphql(add, { folder: idOf(b), ids: ids.slice(0, 1) });
  await graphql('mutation($a: ID!, $b: ID!, $ids: [ID!]!) { moveToFolder(folderId: $b, fromId: $a, postIds: $ids) }', {
    a: idOf(a),
    b: idOf(b),
    ids: ids.slice(1, 2),
  });
  await graphql('mutation($a: ID!, $ids: [ID!]!) { removeFromFolder(folderId: $a, postIds: $ids) }', {
    a: idOf(a),
    ids: ids.slice(2),
  });
  await assertRight(id);
  const listed = async (filter: object) =>
    (await app.library.query.page(id, { filter, limit: 10 })).items.map(({ link }) => idOf(link)).toSorted();
  assert.deepEqual(await listed({ folder: idOf(a) }), ids.slice(0, 1));
  assert.deepEqual(await listed({ folder: idOf(b) }), ids.slice(0, 2).toSorted());
  assert.deepEqual(await listed({ folder: 'inbox' }), ids.slice(2));
  assert.deepEqual(
    (await folders.list(id)).map(({ count }) => count),
    [1, 2],
  );
  await app.database.model('Post').updateMany({}, { $set: { items: [] } });
  await app.library.remove(ids[0] ?? '', id);
  await assertRight(id);
});

test('a folder is listed with all inside it, each post once, in order', async () => {
  const { id } = await newPerson();
  const top = await folders.create(id, 'Top');
  const inner = await folders.create(id, 'Inner', idOf(top));
  const innermost = await folders.create(id, 'Innermost', idOf(inner));
  const posts: LinkDoc[] = [];
  for (let n = 0; n < 30; n += 1)
    posts.push(await addPost(app, id, {}, { addedAt: new Date(Date.UTC(2026, 0, 1 + n)) }));
  const some = (every: number) => posts.filter((_post, n) => n % every === 0).map(({ _id }) => _id);
  const user = new Types.ObjectId(id);
  for (const [folder, every] of [
    [top, 5],
    [inner, 3],
    [innermost, 2],
  ] as const)
    await folders.filing.add({ user, links: some(every) }, folder._id);
  const wanted = posts
    .filter((_post, n) => n % 5 === 0 || n % 3 === 0 || n % 2 === 0)
    .map(idOf)
    .toReversed();
  const got: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await app.library.query.page(id, {
      filter: { folder: idOf(top), subfolders: true },
      limit: 4,
      cursor,
    });
    got.push(...page.items.map(({ link }) => idOf(link)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  assert.deepEqual(got, wanted);
  assert.deepEqual(await app.library.query.count(id, { folder: idOf(top), subfolders: true }), {
    value: wanted.length,
    more: false,
  });
});

for (const [content, where] of [
  ['keep', 'inbox'],
  ['parent', 'parent'],
  ['trash', 'trash'],
] as const) {
  test(`a deleted folder's posts go to the ${where}, if they are in no other`, async () => {
    const { id, graphql } = await newPerson();
    const user = new Types.ObjectId(id);
    const top = await folders.create(id, 'Top');
    const doomed = await folders.create(id, 'Doomed', idOf(top));
    const inner = await folders.create(id, 'Inner', idOf(doomed));
    const other = await folders.create(id, 'Other');
    const posts = await Promise.all([1, 2, 3].map(async () => addPost(app, id)));
    const [first, second, third] = posts.map(({ _id }) => _id);
    assert.ok(first && second && third);
    await folders.filing.add({ user, links: [first, second] }, doomed._id);
    await folders.filing.add({ user, links: [third] }, inner._id);
    await folders.filing.add({ user, links: [second] }, other._id);
    await graphql(`mutation($id: ID!) { deleteFolder(id: $id, content: ${content}) }`, { id: idOf(doomed) });
    await assertRight(id);
    const there = async (folder: string) =>
      (await app.library.query.page(id, { filter: { folder }, limit: 10 })).items
        .map(({ link }) => idOf(link))
        .toSorted();
    assert.deepEqual(await there('inbox'), content === 'keep' ? [first, third].map(String).toSorted() : []);
    assert.deepEqual(await there(idOf(top)), content === 'parent' ? posts.map(idOf).toSorted() : []);
    assert.deepEqual(await there(idOf(other)), [String(second)]);
    const trashed = await app.library.query.page(id, { filter: { trash: true }, limit: 10 });
    assert.equal(trashed.items.length, content === 'trash' ? 2 : 0);
    for (const { link } of trashed.items) await app.library.restore(idOf(link), id);
    await assertRight(id);
  });
}

test('what is filed, moved and deleted at the same time is counted right', async () => {
  const { id } = await newPerson();
  const user = new Types.ObjectId(id);
  const random = createRandom(Number(process.env['SEED'] ?? 11));
  const posts = (await Promise.all(Array.from({ length: 8 }, async () => addPost(app, id)))).map(({ _id }) => _id);
  const made = await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => folders.create(id, name)));
  await Promise.allSettled(
    Array.from({ length: 60 }, async (_item, n) => {
      const filed = { user, links: [random.pick(posts), random.pick(posts)] };
      if (n === 30) return folders.remove(id, idOf(random.pick(made)), 'keep');
      if (n % 3 === 0) return folders.filing.remove(filed, random.pick(made)._id);
      if (n % 7 === 0) return folders.filing.toInbox(filed);
      return folders.filing.add(filed, random.pick(made)._id);
    }),
  );
  await assertRight(id);
});

test('the janitor counts what a crash left marked, empties what was being deleted, forgets what never was', async () => {
  const { id } = await newPerson();
  const user = new Types.ObjectId(id);
  const [a, b] = [await folders.create(id, 'A'), await folders.create(id, 'B')];
  const { _id } = await addPost(app, id);
  await folders.filing.add({ user, links: [_id] }, a._id);
  await folders.filing.add({ user, links: [_id] }, b._id);
  await folderModel.updateOne({ _id: a._id }, { $set: { count: 5, stale: 'crashed' } });
  await folderModel.updateOne({ _id: b._id }, { $set: { state: 'deleting', content: 'keep' } });
  await folderModel.create({
    user,
    name: 'lost',
    parent: null,
    order: 1,
    shares: [],
    count: 0,
    state: 'new',
    rev: 0,
    createdAt: new Date(0),
  });
  await folders.reconcile();
  await assertRight(id);
  await folderModel.updateOne({ _id: a._id }, { $set: { count: 7 } });
  assert.equal(await folders.totals.repair(true), 1);
  await assertRight(id);
});

test('a folder shows the chosen picture while that is in it, else the newest', async () => {
  const { id, graphql } = await newPerson();
  const user = new Types.ObjectId(id);
  const folder = await folders.create(id, 'A');
  const old = await addPost(app, id, {}, { addedAt: new Date(0) });
  const fresh = await addPost(app, id);
  const cover = async () => {
    const { data } = await graphql('query($id: ID!) { folder(id: $id) { cover { id } } }', { id: idOf(folder) });
    return (data?.['folder'] as { cover: { id: string } | null }).cover?.id;
  };
  assert.equal(await cover(), undefined);
  await assert.rejects(folders.setCover(id, idOf(folder), idOf(old)), { code: 'MF_ERR_UNKNOWN' });
  await folders.filing.add({ user, links: [old._id, fresh._id] }, folder._id);
  assert.equal(await cover(), idOf(fresh));
  await folders.setCover(id, idOf(folder), idOf(old));
  assert.equal(await cover(), idOf(old));
  await folders.filing.remove({ user, links: [old._id] }, folder._id);
  assert.equal(await cover(), idOf(fresh));
});

test('more ids than one call may name are refused with a code', async () => {
  const { id, graphql } = await newPerson();
  const folder = await folders.create(id, 'A');
  for (const count of [1001, 60_000]) {
    const ids = Array.from({ length: count }, (_item, n) => n.toString(16).padStart(24, '0'));
    const { errors } = await graphql('mutation($f: ID!, $ids: [ID!]!) { addToFolder(folderId: $f, postIds: $ids) }', {
      f: idOf(folder),
      ids,
    });
    assert.equal(errors?.[0]?.extensions?.code, 'MF_ERR_VALIDATION');
  }
});
