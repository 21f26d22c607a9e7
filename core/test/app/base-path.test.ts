import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { normalizeBasePath } from '../../src/config.ts';
import { stripBasePath } from '../../src/app.ts';
import { listenTestApp } from '../helpers/build-test-app.ts';
import { GraphQLSocket } from '../helpers/graphql-socket.ts';
import { addPerson } from '../helpers/people.ts';

const { app, origin } = await listenTestApp({ after }, { BASE_PATH: 'mf' });
const ann = await addPerson(app, 'ann');

for (const [given, expected] of [
  ['', '/'],
  ['/', '/'],
  ['mf', '/mf/'],
  ['/mf', '/mf/'],
  ['/a//b/', '/a/b/'],
] as const) {
  test(`the base path "${given}" is ${expected}`, () => assert.equal(normalizeBasePath(given), expected));
}

for (const [url, expected] of [
  ['/mf/api/x?y=1', '/api/x?y=1'],
  ['/mf', '/'],
  ['/mf?x=1', '/?x=1'],
  ['/mf/', '/'],
  ['/mfx/api', '/mfx/api'],
  ['/health', '/health'],
] as const) {
  test(`below /mf/, ${url} is ${expected}`, () => assert.equal(stripBasePath(url, '/mf/'), expected));
}

test('the API, GraphQL and its sockets answer below the base path, health at the root too', async (t) => {
  for (const path of ['/mf/api/downloads', '/mf/api/openapi.json', '/mf/health', '/health', '/health/live'])
    assert.equal((await fetch(`${origin}${path}`, { headers: ann.headers })).status, 200, path);
  const asked = await ann.inject({ method: 'POST', url: '/mf/graphql', payload: { query: '{ viewer { username } }' } });
  assert.deepEqual(asked.json(), { data: { viewer: { username: 'ann' } } });
  const socket = await GraphQLSocket.open(t, `${origin}/mf`, ann.headers);
  await socket.subscribe('subscription { downloadChanged { status } }');
  await ann.inject({
    method: 'POST',
    url: '/mf/api/downloads',
    payload: { url: 'https://www.tiktok.com/@a/video/7300000000000000001' },
  });
  assert.deepEqual(await socket.next(), { downloadChanged: { status: 'queued' } });
});

test('cookies are for the base path only', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/mf/api/setup',
    payload: { username: 'robin', password: 'correct horse' },
  });
  // Somebody is there already: nothing is set, and nobody is told a second time.
  assert.equal(answer.statusCode, 409);
  const { headers } = await ann.inject({ method: 'POST', url: '/mf/api/auth/logout' });
  assert.deepEqual(
    [headers['set-cookie']].flat().map((cookie) => /Path=([^;]+)/.exec(cookie ?? '')?.[1]),
    ['/mf/', '/mf/api/auth'],
  );
});
