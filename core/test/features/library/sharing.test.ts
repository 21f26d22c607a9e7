import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { admit, linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { pictureOf } from '../../helpers/samples.ts';
import { assertProblem } from '../../helpers/problem.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const eve = await addPerson(app, 'eve', 'admin');
const { folders } = app.library;
const top = await folders.create(ann.id, 'Top');
const inner = await folders.create(ann.id, 'Inner', String(top._id));
const unshared = await folders.create(ann.id, 'Unshared');
const open = await admit(app, ann.id, 'tiktok:1', [await pictureOf(1)]);
const hidden = await admit(app, ann.id, 'tiktok:2', [await pictureOf(2)], ann.id);
const elsewhere = await admit(app, ann.id, 'tiktok:3', [await pictureOf(3)]);
const user = open.link.user;
await folders.filing.add({ user, links: [open.link._id, hidden.link._id] }, inner._id);
await folders.filing.add({ user, links: [elsewhere.link._id] }, unshared._id);
await linkModel(app).updateOne(
  { _id: open.link._id },
  { $set: { note: 'mine alone', favourite: true, title: 'For Lea', tags: ['gift'] } },
);

const SHARE =
  'mutation($id: ID!, $userId: ID!, $right: ShareRight) { shareFolder(id: $id, userId: $userId, right: $right) { shares { userId right } } }';
const share = async (right: 'read' | 'add' | null) =>
  ann.graphql(SHARE, { id: String(top._id), userId: ben.id, right });
const seen = async (person: typeof ben, query: string): Promise<unknown[]> => {
  const answer = await person.inject({ url: `/api/library?${query}` });
  return answer.statusCode === 200
    ? answer.json<{ items: { id: string }[] }>().items.map(({ id }) => id)
    : [answer.statusCode];
};
const fileOf = ({ post }: typeof open): string => `/api/media/${String(post.items[0]?.media)}/file`;
const codeOf = async (person: typeof ben, query: string, variables: object) =>
  (await person.graphql(query, variables)).errors?.[0]?.extensions?.code;

test('what is not shared is not there for anybody else, admins included', async () => {
  for (const person of [ben, eve]) {
    assert.deepEqual(await seen(person, `folder=${String(inner._id)}`), [404]);
    assertProblem(await person.inject({ url: fileOf(open) }), 404, 'MF_ERR_UNKNOWN');
    assert.equal(
      await codeOf(person, 'query($id: ID!) { folder(id: $id) { name } }', { id: String(top._id) }),
      'MF_ERR_UNKNOWN',
    );
    assert.deepEqual(
      (
        await person.graphql('query($id: ID!) { libraryPost(id: $id) { id } sharedFolders { id } }', {
          id: String(open.link._id),
        })
      ).data,
      {
        libraryPost: null,
        sharedFolders: [],
      },
    );
  }
});

test('a shared folder is seen with those inside it, without what an account fetched and without private words', async () => {
  assert.deepEqual((await share('read')).data, { shareFolder: { shares: [{ userId: ben.id, right: 'read' }] } });
  const { data } = await ben.graphql(
    'query($id: ID!) { sharedFolders { name count right shares { userId } } foldersInside(id: $id) { name right count cover { id title ownTitle note favourite tags } } }',
    { id: String(top._id) },
  );
  assert.deepEqual(data, {
    sharedFolders: [{ name: 'Top', count: 0, right: 'read', shares: [] }],
    foldersInside: [
      {
        name: 'Inner',
        right: 'read',
        count: 1,
        cover: { id: String(open.link._id), title: 'For Lea', ownTitle: null, note: null, favourite: false, tags: [] },
      },
    ],
  });
  for (const sort of ['added_desc', 'random', 'size_asc'])
    assert.deepEqual(await seen(ben, `folder=${String(top._id)}&subfolders=true&sort=${sort}`), [
      String(open.link._id),
    ]);
  assert.deepEqual(await app.library.query.count(ben.id, { folder: String(inner._id) }), { value: 1, more: false });
  assert.deepEqual(await seen(ben, `folder=${String(inner._id)}&favourite=true`), [403]);
  assert.deepEqual(await seen(ben, ''), []);
  assert.equal((await ben.inject({ url: fileOf(open) })).statusCode, 200);
  assertProblem(await ben.inject({ url: fileOf(hidden) }), 404, 'MF_ERR_UNKNOWN');
  assertProblem(await ben.inject({ url: fileOf(elsewhere) }), 404, 'MF_ERR_UNKNOWN');
});

test('who may look may change nothing', async () => {
  const ids = { id: String(top._id), folder: String(inner._id), posts: [String(open.link._id)] };
  for (const query of [
    'mutation($id: ID!) { renameFolder(id: $id, name: "Mine") { id } }',
    'mutation($id: ID!) { moveFolder(id: $id) { id } }',
    'mutation($id: ID!) { deleteFolder(id: $id, content: keep) }',
    'mutation($id: ID!) { setFolderCover(id: $id) { id } }',
    `mutation($id: ID!) { shareFolder(id: $id, userId: "${eve.id}", right: read) { id } }`,
    'mutation($folder: ID!, $posts: [ID!]!) { removeFromFolder(folderId: $folder, postIds: $posts) }',
    `mutation { removePost(id: "${String(open.link._id)}") { id } }`,
    `{ removalImpact(id: "${String(open.link._id)}") { files } }`,
  ])
    assert.equal(await codeOf(ben, query, ids), 'MF_ERR_UNKNOWN', query);
});

test('who may add brings own posts into the library of the owner, but not what their account fetched', async () => {
  const bens = await admit(app, ben.id, 'tiktok:4', [await pictureOf(4)]);
  const own = await admit(app, ben.id, 'tiktok:5', [await pictureOf(5)], ben.id);
  const add = 'mutation($folder: ID!, $ids: [ID!]!) { addToFolder(folderId: $folder, postIds: $ids) }';
  const of = (...links: (typeof bens)[]) => ({
    folder: String(inner._id),
    ids: links.map(({ link }) => String(link._id)),
  });
  assert.equal(await codeOf(ben, add, of(bens)), 'MF_ERR_FORBIDDEN');
  await share('add');
  const rights = 'query($id: ID!) { sharedFolders { right } foldersInside(id: $id) { right } }';
  assert.deepEqual((await ben.graphql(rights, { id: String(top._id) })).data, {
    sharedFolders: [{ right: 'add' }],
    foldersInside: [{ right: 'add' }],
  });
  assert.deepEqual((await ann.graphql('{ folders { right } }')).data, { folders: Array(3).fill({ right: null }) });
  assert.equal(await codeOf(ben, add, of(own)), 'MF_ERR_FORBIDDEN');
  assert.equal(await codeOf(ben, add, of(open)), 'MF_ERR_UNKNOWN');
  assert.deepEqual((await ben.graphql(add, of(bens))).data, { addToFolder: 1 });
  assert.equal((await app.library.query.entryOfPost(ann.id, bens.post._id))?.link.folders.length, 1);
  assert.equal((await seen(ben, `folder=${String(inner._id)}`)).length, 2);
});

test('a folder is shared with people of this server only, and no longer when that ends', async () => {
  for (const userId of [ann.id, 'f'.repeat(24)])
    assert.equal(await codeOf(ann, SHARE, { id: String(top._id), userId, right: 'read' }), 'MF_ERR_VALIDATION');
  await share(null);
  assert.deepEqual(await seen(ben, `folder=${String(inner._id)}`), [404]);
  assertProblem(await ben.inject({ url: fileOf(open) }), 404, 'MF_ERR_UNKNOWN');
});

test('whoever sees a folder is told when it changes, and when they see it no longer', async () => {
  const told: string[][] = [];
  const listen = ({ owner, seenBy }: { owner: string; seenBy: ReadonlySet<string> }): void => {
    assert.equal(owner, ann.id);
    told.push([...seenBy]);
  };
  app.library.events.on('folders', listen);
  await share('read');
  await folders.rename(ann.id, String(inner._id), 'Inside');
  await folders.filing.add({ user, links: [elsewhere.link._id] }, inner._id);
  await folders.setCover(ann.id, String(inner._id), String(elsewhere.link._id));
  await share(null);
  assert.deepEqual(told, Array(5).fill([ann.id, ben.id]));
  await folders.rename(ann.id, String(inner._id), 'Inner');
  assert.deepEqual(told.at(-1), [ann.id]);
  app.library.events.off('folders', listen);
});
