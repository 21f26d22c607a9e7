import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { linkModel, postModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { addPosts } from '../../helpers/posts.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
await addPosts(
  app,
  ann.id,
  Array.from({ length: 7 }, (_post, n) => ({ platform: n < 5 ? 'x' : 'reddit', size: n })),
);
const POSTS = `query($first: Int, $after: String, $filter: LibraryFilter, $sort: LibrarySort) {
  posts(first: $first, after: $after, filter: $filter, sort: $sort) {
    totalCount { value more }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { id size } }
  }
}`;

interface Connection {
  readonly totalCount: unknown;
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  readonly edges: { cursor: string; node: { size: number } }[];
}
const posts = async (variables: object): Promise<Connection> =>
  (await ann.graphql(POSTS, variables)).data?.['posts'] as Connection;
const codeOf = async (query: string, variables: object = {}) =>
  (await ann.graphql(query, variables)).errors?.[0]?.extensions?.code;

test('a connection is read page by page, from any edge of it', async () => {
  const list = { filter: { platform: 'x' }, sort: 'size_asc' };
  const first = await posts({ ...list, first: 3 });
  assert.deepEqual(
    first.edges.map(({ node }) => node.size),
    [0, 1, 2],
  );
  assert.deepEqual(first.totalCount, { value: 5, more: false });
  const { startCursor, endCursor } = first.pageInfo;
  assert.deepEqual([startCursor, endCursor], [first.edges[0]?.cursor, first.edges[2]?.cursor]);
  assert.deepEqual([first.pageInfo.hasNextPage, first.pageInfo.hasPreviousPage], [true, false]);
  const second = await posts({ ...list, first: 3, after: endCursor });
  assert.deepEqual(
    second.edges.map(({ node }) => node.size),
    [3, 4],
  );
  assert.deepEqual([second.pageInfo.hasNextPage, second.pageInfo.hasPreviousPage], [false, true]);
  const fromMiddle = await posts({ ...list, first: 1, after: first.edges[1]?.cursor });
  assert.equal(fromMiddle.edges[0]?.node.size, 2);
});

test('a cursor of another list is refused, an empty list has no cursors', async () => {
  const { pageInfo } = await posts({ first: 1 });
  assert.equal(await codeOf(POSTS, { sort: 'size_asc', after: pageInfo.endCursor }), 'MF_ERR_VALIDATION');
  const none = await posts({ filter: { platform: 'tiktok' } });
  assert.deepEqual([none.edges, none.pageInfo.endCursor, none.pageInfo.startCursor], [[], null, null]);
});

test('covers of many folders read their posts together', async (t) => {
  const links = await linkModel(app).find({ user: ann.id }).lean();
  for (const link of links.slice(0, 6)) {
    const folder = await app.library.folders.create(ann.id, `Of ${String(link._id)}`);
    await app.library.folders.filing.add({ user: link.user, links: [link._id] }, folder._id);
  }
  const find = t.mock.method(postModel(app), 'find');
  const { data } = await ann.graphql('{ folders { name cover { id } } }');
  const folders = data?.['folders'] as { name: string; cover: { id: string } }[];
  assert.equal(folders.length, 6);
  for (const { name, cover } of folders) assert.equal(name, `Of ${cover.id}`);
  assert.equal(find.mock.callCount(), 1);
});

test('a query that asks for too much at once is refused before anything is read', async (t) => {
  const find = t.mock.method(postModel(app), 'find');
  const page = 'posts(first: 200) { edges { node { items { id } } } }';
  const many = Array.from({ length: 8 }, (_field, n) => `p${n}: ${page}`).join(' ');
  const spread = Array.from({ length: 8 }, (_field, n) => `p${n}: posts(first: $n) { ...Page }`).join(' ');
  const fragments = 'fragment Page on PostConnection { edges { node { items { id } } } }';
  for (const [query, variables] of [
    [`{ ${many} }`, {}],
    [`query($n: Int!) { ${spread} } ${fragments}`, { n: 200 }],
    [`query Q { ...All } fragment All on Query { ${many} }`, {}],
    [`{ ${Array.from({ length: 500 }, (_field, n) => `c${n}: libraryCount { value }`).join(' ')} }`, {}],
  ] as const)
    assert.equal(await codeOf(query, variables), 'MF_ERR_VALIDATION', query.slice(0, 60));
  assert.equal(find.mock.callCount(), 0);
  assert.equal(await codeOf(`{ ${page} library(limit: 200) { items { items { id } } } }`), undefined);
  assert.equal(await codeOf(`query($n: Int!) { ${spread} } ${fragments}`, { n: 10 }), undefined);
});
