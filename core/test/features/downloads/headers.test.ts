import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { validateHeaders } from '../../../src/features/downloads/headers.rules.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, newPostUrl, reaches } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';

const { app } = await listenTestApp({ after }, { PUBLIC_URL: 'https://media.example.org' });
const ann = await addPerson(app, 'ann');
const SECRET = 'a-token-that-nobody-may-see';

const submitWith = async (headers: unknown, extra: object = {}) =>
  ann.inject({ method: 'POST', url: '/api/downloads', payload: { url: newPostUrl(), headers }, ...extra });

test('names are lower-cased, values stay', () => {
  assert.deepEqual(validateHeaders({ 'User-Agent': 'A b', Referer: 'https://x.com/', 'X-A': "it's (1)\t;" + 'z' }), {
    'user-agent': 'A b',
    referer: 'https://x.com/',
    'x-a': "it's (1)\t;z",
  });
  assert.deepEqual(validateHeaders({}), {});
});

const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`x-${index}`, 'v']));
const long = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`x-${index}`, 'v'.repeat(4000)]));
const refused: readonly (readonly [what: string, headers: Record<string, unknown>])[] = [
  ...[
    'Cookie',
    'cookie2',
    'Authorization',
    'AUTHORIZATION',
    'proxy-authorization',
    'Proxy-Connection',
    'Host',
    'Content-Length',
    'Content-Type',
    'Connection',
    'Keep-Alive',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Expect',
    'Range',
    'If-Range',
    'Accept-Encoding',
    'X-Forwarded-For',
    'Forwarded',
    'Via',
  ].map((name) => [name, { [name]: 'x' }] as const),
  ['an empty name', { '': 'x' }],
  ['a name with a blank', { 'x a': 'x' }],
  ['a name with a colon', { 'x:a': 'x' }],
  ['a name with a line break', { 'x-a\r\nhost': 'x' }],
  ['a name that is too long', { ['x'.repeat(65)]: 'x' }],
  ['one name in two cases', { 'X-A': '1', 'x-a': '2' }],
  ['a value with a line feed', { 'x-a': 'a\nHost: b' }],
  ['a value with a carriage return', { 'x-a': 'a\rb' }],
  ['a value with a NUL', { 'x-a': 'a\0b' }],
  ['a value that is not ASCII', { 'x-a': 'é' }],
  ['an empty value', { 'x-a': '' }],
  ['a value of blanks', { 'x-a': ' ' }],
  ['a value that is too long', { 'x-a': 'a'.repeat(4097) }],
  ['too many', many],
  ['too much together', long],
];
for (const [what, headers] of refused) {
  test(`${what}: refused with a sentence, over REST and GraphQL`, async () => {
    const before = await downloadModel(app).countDocuments();
    assertProblem(await submitWith(headers), 400, 'MF_ERR_VALIDATION');
    const mutation =
      'mutation ($url: String!, $headers: JSON) { submitDownload(url: $url, headers: $headers) { jobId } }';
    const { errors } = await ann.graphql(mutation, { url: newPostUrl(), headers });
    assert.equal(errors?.[0]?.extensions?.code, 'MF_ERR_VALIDATION');
    assert.equal(await downloadModel(app).countDocuments(), before);
  });
}

for (const headers of ['x', 1, true, ['x-a'], [['x-a', 'b']], { 'x-a': 1 }, { 'x-a': ['b'] }, { 'x-a': { b: 1 } }]) {
  test(`${JSON.stringify(headers)} are no headers`, async () => {
    const mutation =
      'mutation ($url: String!, $headers: JSON) { submitDownload(url: $url, headers: $headers) { jobId } }';
    const { errors } = await ann.graphql(mutation, { url: newPostUrl(), headers });
    assert.equal(errors?.[0]?.extensions?.code, 'MF_ERR_VALIDATION');
    if (typeof headers !== 'object' || Array.isArray(headers))
      assertProblem(await submitWith(headers), 400, 'MF_ERR_VALIDATION');
  });
}

test('headers reach the worker; elsewhere only their names are seen, and at rest they are sealed', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const answer = await submitWith({ 'User-Agent': 'Mine/1.0', 'X-Token': SECRET });
  assert.equal(answer.statusCode, 202, answer.body);
  const { jobId } = answer.json<{ jobId: string }>();
  const assign = await worker.next('assign', jobId);
  assert.deepEqual(assign.headers, { 'user-agent': 'Mine/1.0', 'x-token': SECRET });
  const record = await ann.inject({ url: `/api/downloads/${jobId}` });
  assert.deepEqual(record.json<{ headers: string[] }>().headers, ['user-agent', 'x-token']);
  const { data } = await ann.graphql('query ($id: ID!) { download(id: $id) { headers } }', { id: jobId });
  assert.deepEqual(data?.['download'], { headers: ['user-agent', 'x-token'] });
  const stored = await downloadModel(app).findById(jobId).lean().orFail();
  assert.ok(!JSON.stringify(stored).includes(SECRET));
  assert.ok(!Buffer.from(JSON.stringify(stored.headers)).toString('latin1').includes(SECRET));
  worker.send({ type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_NOT_FOUND', message: 'It is gone.' });
  await reaches(app, jobId, ({ status }) => status === 'failed');
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/retry` });
  assert.deepEqual((await worker.next('assign', jobId)).headers, assign.headers);
});

test('a worker whose connection others can read gets no headers', async (t) => {
  const worker = await FakeWorker.connect(t, app, { headers: { 'x-real-ip': '203.0.113.7' } });
  const { jobId } = (await submitWith({ 'x-token': SECRET })).json<{ jobId: string }>();
  assert.equal((await worker.next('assign', jobId)).headers, undefined);
});

for (const [what, url, payload] of [
  ['headers', '/api/downloads', { url: newPostUrl(), headers: { 'x-token': SECRET } }],
  ['cookies', '/api/cookies', { platform: 'x', cookies: [{ domain: '.x.com', name: 'auth_token', value: SECRET }] }],
] as const) {
  const send = async (remoteAddress: string, headers: Record<string, string> = {}, to = ann) =>
    to.inject({ method: 'POST', url, payload, remoteAddress, headers });

  test(`${what} are taken from this machine and over TLS that a private proxy ends, else refused`, async () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      assert.ok((await send(address)).statusCode < 300, address);
    assert.ok((await send('10.0.0.2', { 'x-forwarded-proto': 'https' })).statusCode < 300);
    assert.ok(
      (await send('127.0.0.1', { 'x-forwarded-proto': 'https', 'x-forwarded-for': '8.8.8.8' })).statusCode < 300,
    );
    for (const [address, headers] of [
      ['203.0.113.7', {}],
      ['203.0.113.7', { 'x-forwarded-proto': 'https' }],
      ['127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }],
      ['127.0.0.1', { forwarded: 'for=203.0.113.7' }],
      ['127.0.0.1', { 'x-forwarded-proto': 'http' }],
    ] as const)
      assertProblem(await send(address, headers), 403, 'MF_ERR_INSECURE');
  });

  test(`${what} are taken from the private network too, unless it is not trusted`, async (t) => {
    const near = ['192.168.1.7', '172.17.0.1', '100.64.0.9', 'fd00::1', '::ffff:10.1.2.3'];
    for (const address of near) assert.ok((await send(address)).statusCode < 300, address);
    assert.ok((await send('127.0.0.1', { 'x-forwarded-for': '192.168.1.7' })).statusCode < 300);
    const { app: wary } = await listenTestApp(t, { TRUST_LAN: 'false' });
    const ben = await addPerson(wary, 'ben');
    for (const address of near) assertProblem(await send(address, {}, ben), 403, 'MF_ERR_INSECURE');
    assert.ok((await send('127.0.0.1', {}, ben)).statusCode < 300);
  });
}
