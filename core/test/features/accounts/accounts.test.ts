import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { WebSocket } from 'ws';
import { buildTestApp, listenTestApp } from '../../helpers/build-test-app.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';

const admin = { username: 'Robin', password: 'correct horse battery' };

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

const { app, origin } = await listenTestApp({ after });

// Hashing a password is slow on purpose: the tests share two sign-ins.
let setUp: LightMyRequestResponse | undefined;
let signedIn: LightMyRequestResponse | undefined;

const refresh = async (refreshToken: string): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url: '/api/auth/refresh', payload: { refreshToken } });
const withBearer = async (token: string, url = '/api/downloads'): Promise<LightMyRequestResponse> =>
  app.inject({ url, headers: { authorization: `Bearer ${token}` } });
const cookieOf = (response: LightMyRequestResponse, name: string): string =>
  `${name}=${response.cookies.find((cookie) => cookie.name === name)?.value ?? ''}`;

test('of two set-ups at the same time one makes the admin', async () => {
  const session = await app.inject('/api/auth/session');
  assert.deepEqual(session.json(), { user: null, setupNeeded: true });
  const answers = await Promise.all(
    [admin, { username: 'Mallory', password: 'also eight' }].map(async (payload) =>
      app.inject({ method: 'POST', url: '/api/setup', payload }),
    ),
  );
  const [won, lost] = answers.toSorted((a, b) => a.statusCode - b.statusCode);
  assert.ok(won !== undefined && lost !== undefined);
  assert.equal(won.statusCode, 200);
  assertProblem(lost, 409, 'MF_ERR_SETUP_DONE');
  const User = app.database.model<{ username: string; role: string }>('User');
  setUp = won;
  const [user, ...more] = await User.find().lean();
  assert.deepEqual([user?.role, more.length], ['admin', 0]);
  // Whoever was first: the tests below sign in as Robin.
  if (user?.username !== admin.username) {
    await User.deleteMany({});
    setUp = await app.inject({ method: 'POST', url: '/api/setup', payload: admin });
  }
});

test('a later set-up is refused', async () => {
  assertProblem(await app.inject({ method: 'POST', url: '/api/setup', payload: admin }), 409, 'MF_ERR_SETUP_DONE');
  assert.deepEqual((await app.inject('/api/auth/session')).json(), { user: null, setupNeeded: false });
});

test('the name counts without its case, the password with it', async () => {
  signedIn = await app.inject({ method: 'POST', url: '/api/auth/login', payload: { ...admin, username: ' rOBIN ' } });
  assert.equal(signedIn.statusCode, 200);
  for (const payload of [
    { ...admin, password: 'Correct horse battery' },
    { ...admin, username: 'nobody' },
  ])
    assertProblem(await app.inject({ method: 'POST', url: '/api/auth/login', payload }), 401, 'MF_ERR_CREDENTIALS');
});

test('cookies are HttpOnly and SameSite, and the session cookie alone signs in', async () => {
  assert.ok(signedIn);
  for (const cookie of signedIn.cookies) {
    assert.equal(cookie.httpOnly, true);
    assert.match(String(cookie.sameSite), /^(?:lax|strict)$/i);
  }
  const cookie = cookieOf(signedIn, 'mf_session');
  assert.equal((await app.inject({ url: '/api/downloads', headers: { cookie } })).statusCode, 200);
  assertProblem(
    await app.inject({ url: '/api/downloads', headers: { cookie: `${cookie}x` } }),
    401,
    'MF_ERR_UNAUTHENTICATED',
  );
});

test('a refresh token works once; seen again it ends the whole family', async () => {
  assert.ok(signedIn);
  const first = signedIn.json<Tokens>();
  const second = (await refresh(first.refreshToken)).json<Tokens>();
  assert.notEqual(second.refreshToken, first.refreshToken);
  assert.equal((await withBearer(second.accessToken)).statusCode, 200);
  assertProblem(await refresh(first.refreshToken), 401, 'MF_ERR_UNAUTHENTICATED');
  assertProblem(await refresh(second.refreshToken), 401, 'MF_ERR_UNAUTHENTICATED');
  assertProblem(await withBearer(second.accessToken), 401, 'MF_ERR_UNAUTHENTICATED');
  assertProblem(await withBearer(first.accessToken), 401, 'MF_ERR_UNAUTHENTICATED');
});

test('a refresh without a token, or with nonsense, is refused', async () => {
  for (const payload of [undefined, {}, { refreshToken: 7 }, { refreshToken: 'x' }]) {
    const answer = await app.inject({ method: 'POST', url: '/api/auth/refresh', ...(payload && { payload }) });
    assertProblem(answer, 401, 'MF_ERR_UNAUTHENTICATED');
  }
});

test('sign-out ends the cookie and the bearer tokens of that session, and no other session', async () => {
  const person = await addPerson(app, 'other');
  const session = await addPerson(app, 'leaver');
  const out = await session.inject({ method: 'POST', url: '/api/auth/logout' });
  assert.equal(out.statusCode, 204);
  assertProblem(await session.inject({ url: '/api/downloads' }), 401, 'MF_ERR_UNAUTHENTICATED');
  assert.equal((await person.inject({ url: '/api/downloads' })).statusCode, 200);
  assert.ok(setUp);
  const { accessToken } = setUp.json<Tokens>();
  assert.equal((await withBearer(accessToken)).statusCode, 200);
  await app.inject({
    method: 'POST',
    url: '/api/auth/logout',
    headers: { cookie: cookieOf(setUp, 'mf_session') },
  });
  assertProblem(await withBearer(accessToken), 401, 'MF_ERR_UNAUTHENTICATED');
});

test('sign-out ends the event streams and sockets that the session has open', async () => {
  const person = await addPerson(app, 'watcher');
  const events = await fetch(`${origin}/api/events`, { headers: person.headers });
  assert.equal(events.status, 200);
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: person.headers,
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await person.inject({ method: 'POST', url: '/api/auth/logout' });
  await events.text();
  await closed;
});

for (const [what, authorization] of [
  ['a made-up token', 'Bearer abc'],
  ['an unsigned token', `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
  ['another scheme', 'Basic dXNlcjpwYXNz'],
  ['no token at all', 'Bearer'],
] as const) {
  test(`${what} is answered with 401, also beside a cookie that is good`, async () => {
    const person = await addPerson(app, `bearer-${what}`);
    assertProblem(
      await person.inject({ url: '/api/downloads', headers: { authorization } }),
      401,
      'MF_ERR_UNAUTHENTICATED',
    );
  });
}

test("another site's page can neither post with the person's cookie nor open a socket", async () => {
  const person = await addPerson(app, 'lured');
  const post = async (headers: Record<string, string>): Promise<LightMyRequestResponse> =>
    person.inject({ method: 'POST', url: '/api/downloads', payload: { url: 'x' }, headers });
  const foreign = 'https://evil.example';
  assertProblem(await post({ origin: foreign }), 403, 'MF_ERR_CROSS_SITE');
  assertProblem(await post({ 'sec-fetch-site': 'cross-site' }), 403, 'MF_ERR_CROSS_SITE');
  assertProblem(await post({ origin: 'null' }), 403, 'MF_ERR_CROSS_SITE');
  assertProblem(await post({ origin: foreign, 'sec-fetch-site': 'same-site' }), 403, 'MF_ERR_CROSS_SITE');
  assert.equal((await post({ 'sec-fetch-site': 'same-origin' })).statusCode, 422);
  assert.equal((await post({ origin: 'http://localhost:8484', host: 'localhost:8484' })).statusCode, 422);
  for (const path of ['/graphql', '/worker'])
    assert.equal(await upgradeStatus(path, { ...person.headers, origin: foreign }), 403, path);
});

test('a socket is not opened without a login', async () => {
  for (const path of ['/graphql', '/worker']) assert.equal(await upgradeStatus(path, {}), 401);
  assert.equal(await upgradeStatus('/worker', { authorization: 'Bearer wrong' }), 401);
});

test('sign-in is limited to ten tries a minute', async (t) => {
  const limited = await buildTestApp(t);
  const tries: number[] = [];
  // A body that is refused before any password is hashed counts as a try.
  for (let index = 0; index < 12; index += 1)
    tries.push((await limited.inject({ method: 'POST', url: '/api/auth/login', payload: {} })).statusCode);
  assert.deepEqual(tries, [...Array<number>(10).fill(400), 429, 429]);
  const last = await limited.inject({ method: 'POST', url: '/api/auth/login', payload: {} });
  assertProblem(last, 429, 'MF_ERR_TOO_MANY_REQUESTS');
});

async function upgradeStatus(path: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers });
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once('open', () => {
      socket.close();
      reject(new Error('The socket was opened.'));
    });
    socket.once('error', reject);
  });
}

test('of many sign-ins at a time two are looked at, the rest are told when to come again', async (t) => {
  const own = await buildTestApp(t);
  const payload = { username: 'nobody', password: 'whatever it is' };
  const signIn = async () => own.inject({ method: 'POST', url: '/api/auth/login', payload });
  const answers = await Promise.all(Array.from({ length: 5 }, signIn));
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).toSorted(), [401, 401, 429, 429, 429]);
  for (const answer of answers.filter(({ statusCode }) => statusCode === 429)) {
    assertProblem(answer, 429, 'MF_ERR_TOO_MANY_REQUESTS');
    assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/);
  }
  // Those that were looked at hold no place any more.
  assertProblem(await signIn(), 401, 'MF_ERR_CREDENTIALS');
});
