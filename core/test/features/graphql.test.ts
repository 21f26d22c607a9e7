import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after } from 'node:test';
import { printSdl } from '../../src/api/sdl.ts';
import { listenTestApp } from '../helpers/build-test-app.ts';
import { GraphQLSocket } from '../helpers/graphql-socket.ts';
import { addPerson } from '../helpers/people.ts';
import { assertProblem } from '../helpers/problem.ts';
import { followedBy } from '../../src/features/downloads/events.ts';

const { app, origin } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const UNKNOWN_ID = 'a'.repeat(24);
const submit = 'mutation ($url: String!) { submitDownload(url: $url) { jobId existing download { status } } }';
const videoUrl = (id: number): string => `https://www.tiktok.com/@a/video/73000000000000000${id}`;

test('the checked-in schema is the schema that is served', async () => {
  assert.equal(printSdl(), await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'));
});

for (const [what, query, code] of [
  ['a field that does not exist', '{ nothing }', 'MF_ERR_VALIDATION'],
  ['no GraphQL', '{', 'MF_ERR_VALIDATION'],
  [
    'an unsupported address',
    'mutation { submitDownload(url: "https://example.com") { jobId } }',
    'MF_ERR_URL_UNSUPPORTED',
  ],
  [
    'options that are no object',
    `mutation { submitDownload(url: "${videoUrl(10)}", options: "loud") { jobId } }`,
    'MF_ERR_VALIDATION',
  ],
  [
    'a list of options',
    `mutation { submitDownload(url: "${videoUrl(10)}", options: [1]) { jobId } }`,
    'MF_ERR_VALIDATION',
  ],
  ['an unknown download', `mutation { cancelDownload(id: "${UNKNOWN_ID}") { id } }`, 'MF_ERR_UNKNOWN'],
  ['an id that is none', 'mutation { cancelDownload(id: "x") { id } }', 'MF_ERR_UNKNOWN'],
  ['a download whose id is none', '{ download(id: "x") { id } }', 'MF_ERR_UNKNOWN'],
  ['a post whose id is none', 'mutation { removePost(id: "x") { id } }', 'MF_ERR_UNKNOWN'],
  ['a strange cursor', '{ downloads(cursor: "x") { nextCursor } }', 'MF_ERR_VALIDATION'],
  ['a strange library cursor', '{ library(cursor: "x") { nextCursor } }', 'MF_ERR_VALIDATION'],
] as const) {
  test(`${what} is an error with the code ${code}`, async () => {
    const { data, errors = [] } = await ann.graphql(query);
    assert.deepEqual(
      [Object.values(data ?? {}).every((value) => value === null), errors[0]?.extensions?.code],
      [true, code],
    );
    assert.match(errors[0]?.message ?? '', /\w+ \w+/);
  });
}

test('a query deeper than eight levels is refused', async () => {
  const deep = '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name } } } } } } } } }';
  const { errors = [] } = await ann.graphql(deep);
  assert.equal(errors[0]?.extensions?.code, 'MF_ERR_VALIDATION');
});

test('a mutation does not go by GET', async () => {
  const answer = await ann.inject({
    url: '/graphql',
    query: { query: `mutation { submitDownload(url: "${videoUrl(11)}") { jobId } }` },
  });
  assert.ok(!answer.body.includes('jobId":"'), answer.body);
  assert.equal(await app.database.model('Download').countDocuments({ url: videoUrl(11) }), 0);
});

test('what comes before the query is refused as everywhere', async () => {
  assertProblem(
    await app.inject({ method: 'POST', url: '/graphql', payload: { query: '{viewer{id}}' } }),
    401,
    'MF_ERR_UNAUTHENTICATED',
  );
  const broken = {
    method: 'POST',
    url: '/graphql',
    payload: '{"query',
    headers: { 'content-type': 'application/json' },
  } as const;
  assertProblem(await ann.inject(broken), 400, 'MF_ERR_VALIDATION');
});

test("a subscription tells of one's own downloads only", async (t) => {
  const anns = await GraphQLSocket.open(t, origin, ann.headers);
  const bens = await GraphQLSocket.open(t, origin, ben.headers);
  await anns.subscribe('subscription { downloadChanged { url status } }');
  await bens.subscribe('subscription { downloadChanged { url status } }');
  await ann.graphql(submit, { url: videoUrl(12) });
  await ben.graphql(submit, { url: videoUrl(13) });
  const first = async (socket: GraphQLSocket): Promise<unknown> => (await socket.next())['downloadChanged'];
  assert.deepEqual(await first(anns), { url: videoUrl(12), status: 'queued' });
  assert.deepEqual(await first(bens), { url: videoUrl(13), status: 'queued' });
});

test('a subscription that ends leaves no listener behind', async (t) => {
  const listeners = (): number => app.downloads.events.followed.listenerCount(followedBy(ann.id));
  const before = listeners();
  const socket = await GraphQLSocket.open(t, origin, ann.headers);
  await socket.subscribe('subscription { downloadChanged { url } }');
  assert.equal(listeners(), before + 1);
  const gone = new Promise<void>((resolve) => {
    const look = (): void => (listeners() === before ? resolve() : void setImmediate(look));
    look();
  });
  await socket.close();
  await gone;
});
