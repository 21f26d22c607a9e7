import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { buildTestApp } from '../helpers/build-test-app.ts';
import { assertProblem } from '../helpers/problem.ts';
import { isPage, listRoutes } from '../helpers/routes.ts';

/** All that answers without a login; whoever adds one says so here. */
const PUBLIC = [
  'GET /api/auth/session',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'POST /api/auth/login',
  'POST /api/auth/logout',
  'POST /api/auth/refresh',
  'POST /api/setup',
];

const app = await buildTestApp({ after });
const routes = listRoutes(app);

const fill = (url: string): string => url.replaceAll(/:\w+/g, '0'.repeat(24)).replace('*', 'x');

test('every route answers 401 without a login, but for those on the list', async () => {
  assert.ok(routes.length > 40, `only ${routes.length} routes were found`);
  const open: string[] = [];
  for (const { method, url } of routes) {
    assert.ok(app.hasRoute({ method: method, url }), `the drawing was misread: ${url}`);
    if (isPage(url)) continue;
    const { statusCode } = await app.inject({ method, url: fill(url) });
    if (statusCode !== 401 && method !== 'HEAD') open.push(`${method} ${url}`);
    if (method === 'HEAD' && !PUBLIC.includes(`GET ${url}`)) assert.equal(statusCode, 401, `HEAD ${url}`);
  }
  // Without a token these two refuse by themselves, with the same status.
  const refusing = ['POST /api/auth/refresh'];
  assert.deepEqual(open.toSorted(), PUBLIC.filter((route) => !refusing.includes(route)).toSorted());
});

test('a refusal of a route without a login is a problem document', async () => {
  for (const url of ['/api/downloads', '/api/events', '/api/docs', '/api/openapi.json', '/graphql?query={viewer{id}}'])
    assertProblem(await app.inject(url), 401, 'MF_ERR_UNAUTHENTICATED');
});

test('another spelling of an address opens nothing', async () => {
  for (const url of [
    '/%61pi/links?url=https://www.tiktok.com/@a/video/1',
    '/ap%69/openapi.json',
    '/api%2Flinks?url=x',
    '//api/openapi.json',
    '/API/openapi.json',
    '/api/openapi.json/',
    '/api;/openapi.json',
    '/./api/openapi.json',
    'http://elsewhere/api/openapi.json',
  ]) {
    const { statusCode } = await app.inject({ url, headers: { accept: 'application/json' } });
    assert.ok(statusCode === 401 || statusCode === 404, `${url} answers ${statusCode}`);
  }
});
