import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { request as httpRequest } from 'node:http';
import { listenTestApp } from '../helpers/build-test-app.ts';
import { addPerson } from '../helpers/people.ts';
import { assertProblem } from '../helpers/problem.ts';

const { app, origin } = await listenTestApp({ after }, { ALLOW_PRIVATE_HOSTS: '' });
const person = await addPerson(app, 'ann');
const UNKNOWN_ID = 'a'.repeat(24);

const ADDRESSES: readonly (readonly [what: string, url: string, code: string])[] = [
  ['an empty text', '', 'MF_ERR_URL_INVALID'],
  ['no address at all', 'what a nice day', 'MF_ERR_URL_INVALID'],
  ['another scheme', 'ftp://www.tiktok.com/@a/video/7300000000000000001', 'MF_ERR_URL_INVALID'],
  ['a script', 'javascript:alert(1)', 'MF_ERR_URL_INVALID'],
  ['user-info', 'https://www.tiktok.com@evil.example/@a/video/7300000000000000001', 'MF_ERR_URL_INVALID'],
  ['a port', 'https://www.tiktok.com:8443/@a/video/7300000000000000001', 'MF_ERR_URL_INVALID'],
  ['a site that nobody reads', 'https://example.com/watch/1', 'MF_ERR_URL_UNSUPPORTED'],
  ['a look-alike host', 'https://tiktok.com.evil-host.com/@a/video/7300000000000000001', 'MF_ERR_URL_UNSUPPORTED'],
  ['a playlist', 'https://www.youtube.com/playlist?list=PL0123456789', 'MF_ERR_URL_NOT_A_SHORT'],
  ['a live stream', 'https://www.youtube.com/live/abcdefghijk', 'MF_ERR_URL_NOT_A_SHORT'],
  ['an address that is too long', `https://www.tiktok.com/@a/video/${'1'.repeat(2100)}`, 'MF_ERR_URL_TOO_LONG'],
  ['an endless address', `https://www.tiktok.com/@a/video/${'1'.repeat(60_000)}`, 'MF_ERR_URL_TOO_LONG'],
  ['a loopback address', 'http://127.0.0.1/x', 'MF_ERR_URL_PRIVATE_HOST'],
  ['a private address', 'http://192.168.1.10/x', 'MF_ERR_URL_PRIVATE_HOST'],
  ['a link-local address', 'http://[fe80::1]/x', 'MF_ERR_URL_PRIVATE_HOST'],
  ['localhost', 'http://localhost/x', 'MF_ERR_URL_PRIVATE_HOST'],
];

for (const [what, url, code] of ADDRESSES) {
  test(`${what} is refused with ${code}`, async () => {
    assertProblem(await person.inject({ method: 'POST', url: '/api/downloads', payload: { url } }), 422, code);
    if (url.length < 10_000) assertProblem(await person.inject({ url: '/api/links', query: { url } }), 422, code);
    assert.equal(await app.database.model('Download').countDocuments(), 0);
  });
}

test('a list that cannot be read is recognised, and refused as a download', async () => {
  const url = 'https://www.tiktok.com/tag/something';
  assertProblem(
    await person.inject({ method: 'POST', url: '/api/downloads', payload: { url } }),
    422,
    'MF_ERR_URL_UNSUPPORTED',
  );
  const { kind } = (await person.inject({ url: '/api/links', query: { url } })).json<{ kind: string }>();
  assert.equal(kind, 'listing');
});

const json = { 'content-type': 'application/json' };
const BODIES: readonly (readonly [what: string, payload: string, headers: Record<string, string>])[] = [
  ['JSON that breaks off', '{"url": "https://', json],
  ['an empty body', '', json],
  ['a list', '[]', json],
  ['no address', '{}', json],
  ['an address that is a number', '{"url": {"a": 1}}', json],
  ['options that are a list', '{"url":"https://www.tiktok.com/@a/video/7300000000000000001","options":[1]}', json],
  [
    'an option of the wrong type',
    '{"url":"https://www.tiktok.com/@a/video/7300000000000000001","options":{"audioOnly":"loud"}}',
    json,
  ],
  ['a polluted prototype', '{"url":"x","__proto__":{"a":1}}', json],
];

for (const [what, payload, headers] of BODIES) {
  test(`a body with ${what} is refused as invalid`, async () => {
    assertProblem(
      await person.inject({ method: 'POST', url: '/api/downloads', payload, headers }),
      400,
      'MF_ERR_VALIDATION',
    );
  });
}

for (const [what, payload, headers, status, code] of [
  [
    'another content type',
    'url=x',
    { 'content-type': 'application/x-www-form-urlencoded' },
    415,
    'MF_ERR_CONTENT_TYPE',
  ],
  ['three megabytes', JSON.stringify({ url: 'x'.repeat(3_000_000) }), json, 413, 'MF_ERR_BODY_TOO_LARGE'],
] as const) {
  test(`a body of ${what} is refused with ${status}`, async () => {
    assertProblem(await person.inject({ method: 'POST', url: '/api/downloads', payload, headers }), status, code);
  });
}

for (const [method, url, status, code] of [
  ['GET', '/api/nothing', 404, 'MF_ERR_UNKNOWN'],
  ['GET', '/nothing', 404, 'MF_ERR_UNKNOWN'],
  ['PUT', '/api/nothing', 404, 'MF_ERR_UNKNOWN'],
  ['GET', `/api/downloads/${UNKNOWN_ID}`, 404, 'MF_ERR_UNKNOWN'],
  ['GET', `/api/downloads/${UNKNOWN_ID}/events`, 404, 'MF_ERR_UNKNOWN'],
  ['POST', `/api/downloads/${UNKNOWN_ID}/cancel`, 404, 'MF_ERR_UNKNOWN'],
  ['POST', `/api/downloads/${UNKNOWN_ID}/retry`, 404, 'MF_ERR_UNKNOWN'],
  ['GET', `/api/files/${UNKNOWN_ID}`, 404, 'MF_ERR_UNKNOWN'],
  ['GET', `/api/media/${UNKNOWN_ID}/file`, 404, 'MF_ERR_UNKNOWN'],
  ['DELETE', `/api/library/${UNKNOWN_ID}`, 404, 'MF_ERR_UNKNOWN'],
  ['GET', '/api/downloads/short', 400, 'MF_ERR_VALIDATION'],
  ['GET', `/api/downloads/${'a'.repeat(500)}`, 400, 'MF_ERR_VALIDATION'],
  ['GET', '/api/downloads?limit=0', 400, 'MF_ERR_VALIDATION'],
  ['GET', '/api/downloads?cursor=abc', 400, 'MF_ERR_VALIDATION'],
  ['GET', '/api/library?sort=best', 400, 'MF_ERR_VALIDATION'],
  ['GET', '/api/library?from=yesterday', 400, 'MF_ERR_VALIDATION'],
  ['GET', '/api/library?cursor=WzFd', 400, 'MF_ERR_VALIDATION'],
  ['GET', '/api/%zz', 400, 'MF_ERR_VALIDATION'],
  ['GET', '/api/downloads/%c0%80', 400, 'MF_ERR_VALIDATION'],
] as const) {
  test(`${method} ${url.slice(0, 60)} is answered with ${code}`, async () => {
    assertProblem(await person.inject({ method, url }), status, code);
  });
}

for (const [method, url, allow] of [
  ['PUT', '/api/downloads', 'GET, HEAD, POST'],
  ['GET', `/api/downloads/${UNKNOWN_ID}/cancel?x=1`, 'POST'],
  ['PATCH', `/api/library/${UNKNOWN_ID}`, 'DELETE'],
  ['DELETE', '/health', 'GET, HEAD'],
] as const) {
  test(`${method} ${url.slice(0, 60)} is told to be ${allow}`, async () => {
    const answer = assertProblem(await person.inject({ method, url }), 405, 'MF_ERR_METHOD');
    assert.equal(answer.headers.allow, allow);
  });
}

test('what is no HTTP at all is answered with 400, and the server lives', async () => {
  const status = await new Promise<number>((resolve, reject) => {
    const request = httpRequest(
      `${origin}/api/downloads`,
      { headers: { 'x-long': 'x'.repeat(20_000) } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('error', reject).end();
  });
  assert.ok(status >= 400 && status < 500, String(status));
  assert.equal((await fetch(`${origin}/health/live`)).status, 200);
});
