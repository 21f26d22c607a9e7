import assert from 'node:assert/strict';
import { once } from 'node:events';
import test, { after } from 'node:test';
import { WebSocket } from 'ws';
import { Household } from '../../../src/features/accounts/household.ts';
import type { AccountModels, HouseholdDoc, SessionDoc, UserDoc } from '../../../src/features/accounts/models.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { newPostUrl, submit } from '../../helpers/downloads.ts';
import { admit, assertCounted, linkModel, mediaModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import type { TestPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app, origin } = await listenTestApp({ after });
const { household, departures, sessions } = app.accounts;
const root = await addPerson(app, 'root', 'admin');
const models: AccountModels = {
  User: app.database.model<UserDoc>('User'),
  Session: app.database.model<SessionDoc>('Session'),
  Household: app.database.model<HouseholdDoc>('Household'),
};
const CREATE = `mutation($username: String!, $password: String!, $role: Role) {
  createAccount(username: $username, password: $password, role: $role) { id username role disabled }
}`;
const codeOf = async (person: TestPerson, query: string, variables: object = {}) =>
  (await person.graphql(query, variables)).errors?.[0]?.extensions?.code;
const signIn = async (username: string, password: string) =>
  app.inject({ method: 'POST', url: '/api/auth/login', payload: { username, password } });

/** Opens a stream and a socket of a person; gives what waits until both have ended. */
async function opened(person: TestPerson): Promise<() => Promise<unknown>> {
  const events = await fetch(`${origin}/api/events`, { headers: person.headers });
  assert.equal(events.status, 200);
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: person.headers,
  });
  await once(socket, 'open');
  const ended = Promise.all([events.text(), once(socket, 'close')]);
  return async () => ended;
}

test('an admin makes an account, resets its password, disables it and lets it in again', async () => {
  const given = { username: 'Zoe', password: 'zoe has a long one' };
  const { data } = await root.graphql(CREATE, given);
  const made = data?.['createAccount'] as { id: string };
  assert.deepEqual(made, { id: made.id, username: 'Zoe', role: 'user', disabled: false });
  assert.equal(await codeOf(root, CREATE, { ...given, username: ' zOE ' }), 'MF_ERR_STATE');

  const reset = 'mutation($id: ID!, $password: String!) { resetPassword(id: $id, password: $password) { id } }';
  assert.equal(await codeOf(root, reset, { id: made.id, password: 'another long one' }), undefined);
  const signedIn = await signIn('zoe', 'another long one');
  assert.equal(signedIn.statusCode, 200);
  const bearer = { authorization: `Bearer ${signedIn.json<{ accessToken: string }>().accessToken}` };
  assert.equal((await app.inject({ url: '/api/library', headers: bearer })).statusCode, 200);

  const disable = 'mutation($id: ID!, $to: Boolean!) { setAccountDisabled(id: $id, disabled: $to) { disabled } }';
  assert.deepEqual((await root.graphql(disable, { id: made.id, to: true })).data, {
    setAccountDisabled: { disabled: true },
  });
  assertProblem(await app.inject({ url: '/api/library', headers: bearer }), 401, 'MF_ERR_UNAUTHENTICATED');
  const { refreshToken } = signedIn.json<{ refreshToken: string }>();
  const refresh = { method: 'POST', url: '/api/auth/refresh', payload: { refreshToken } } as const;
  assertProblem(await app.inject(refresh), 401, 'MF_ERR_UNAUTHENTICATED');
  assertProblem(await signIn('zoe', 'another long one'), 403, 'MF_ERR_FORBIDDEN');
  await root.graphql(disable, { id: made.id, to: false });
  // What was open before stays ended.
  assertProblem(await app.inject({ url: '/api/library', headers: bearer }), 401, 'MF_ERR_UNAUTHENTICATED');
  assert.equal(await app.accounts.isPerson(made.id), true);
});

for (const [what, end] of [
  ['disabled', async ({ id }: TestPerson) => household.change(id, { disabled: true })],
  ['given a new password', async ({ id }: TestPerson) => household.change(id, { passwordHash: 'scrypt$2$8$1$AA$AA' })],
  ['deleted', async ({ id }: TestPerson) => household.change(id, { leaving: true })],
] as const) {
  test(`streams and sockets of somebody who is ${what} end at once, others stay`, async () => {
    const person = await addPerson(app, `watcher ${what}`);
    const ended = await opened(person);
    await end(person);
    await ended();
    assertProblem(await person.inject({ url: '/api/library' }), 401, 'MF_ERR_UNAUTHENTICATED');
    assert.equal((await root.inject({ url: '/api/library' })).statusCode, 200);
  });
}

test('what ended a session on another server ends its streams and sockets here', async () => {
  const person = await addPerson(app, 'elsewhere');
  const ended = await opened(person);
  await models.User.updateOne({ _id: person.id }, { $set: { disabled: true } });
  await sessions.endOver();
  await ended();
});

test('a sign-in that began before a reset does not outlive it', async () => {
  const { id } = await addPerson(app, 'racer');
  const before = await models.User.findById(id).lean().orFail();
  await household.change(id, { passwordHash: 'scrypt$2$8$1$AA$AA' });
  const { cookie } = await sessions.open(before);
  const late = await app.inject({ url: '/api/library', headers: { cookie: `mf_session=${cookie}` } });
  assertProblem(late, 401, 'MF_ERR_UNAUTHENTICATED');
});

test('of admins who shut each other out at the same time, from two servers, one stays', async () => {
  const other = new Household(models, sessions);
  const admins = [root, await addPerson(app, 'admin 1', 'admin'), await addPerson(app, 'admin 2', 'admin')];
  for (let round = 0; round < 5; round += 1) {
    const changes = [{ role: 'user' }, { disabled: true }, { role: 'user', disabled: true }] as const;
    const results = await Promise.allSettled(
      admins.flatMap(({ id }, n) =>
        [household, other].map(async (server, m) => server.change(id, changes[(n + m + round) % 3] ?? {})),
      ),
    );
    const left = await models.User.find({ role: 'admin', disabled: { $ne: true }, leaving: { $ne: true } }).lean();
    assert.equal(left.length, 1);
    const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    assert.deepEqual(
      new Set(refused.map(({ reason }) => (reason as { code: string }).code)),
      new Set(['MF_ERR_STATE']),
    );
    for (const { id } of admins) await household.change(id, { role: 'admin', disabled: false });
  }
  for (const { id } of admins.slice(1)) await household.change(id, { role: 'user' });
});

test('a change that a crash cut short is made by whoever comes next, and once', async () => {
  const [one, two] = [await addPerson(app, 'one', 'admin'), await addPerson(app, 'two', 'admin')];
  const roleOf = async ({ id }: TestPerson) => (await models.User.findById(id).lean().orFail()).role;
  const { version } = await models.Household.findById('household').lean().orFail();
  const intent = { id: one.id, set: { role: 'user' as const } };
  await models.Household.updateOne({ _id: 'household' }, { $set: { version: version + 1, intent } });
  await household.change(two.id, { role: 'user' });
  assert.deepEqual([await roleOf(one), await roleOf(two)], ['user', 'user']);
  // The server that hung in the middle wakes up after the account was changed again.
  await household.change(one.id, { role: 'admin' });
  const late = await models.User.updateOne(
    { _id: one.id, rev: { $not: { $gte: version + 1 } } },
    { $set: { role: 'user' } },
  );
  assert.deepEqual([late.matchedCount, await roleOf(one)], [0, 'admin']);
  await household.change(one.id, { role: 'user' });
});

test('with an account go its posts, files that nobody else keeps, cookies, folders and downloads', async () => {
  const [leaver, stays] = [await addPerson(app, 'leaver'), await addPerson(app, 'stays')];
  const [own, both, away] = [await pictureOf(31), await pictureOf(32), await pictureOf(33)];
  await admit(app, leaver.id, 'tiktok:31', [own]);
  const shared = await admit(app, leaver.id, 'tiktok:32', [both]);
  await app.library.linkExisting(shared.post, stays.id);
  const thrown = await admit(app, leaver.id, 'tiktok:33', [away], leaver.id);
  await app.library.trash(String(thrown.link._id), leaver.id);
  const folder = await app.library.folders.create(leaver.id, 'Mine');
  await app.library.folders.filing.add({ user: shared.link.user, links: [shared.link._id] }, folder._id);
  const theirs = await app.library.folders.create(stays.id, 'Shared');
  await app.library.sharing.share(stays.id, String(theirs._id), leaver.id, 'add');
  const cookies = [{ domain: '.tiktok.com', name: 'sessionid', value: 'b' }];
  await leaver.inject({ method: 'POST', url: '/api/cookies', payload: { platform: 'tiktok', cookies } });
  await submit(leaver);

  await household.change(leaver.id, { leaving: true });
  await departures.work();
  await departures.work();

  const left: Record<string, number> = {};
  const places: [string, Record<string, unknown>][] = [
    ['User', { _id: leaver.id }],
    ['Session', { userId: leaver.id }],
    ['Link', { user: leaver.id }],
    ['Folder', { $or: [{ user: leaver.id }, { 'shares.user': leaver.id }] }],
    ['FolderTree', { _id: leaver.id }],
    ['Tag', { user: leaver.id }],
    ['Tombstone', { user: leaver.id }],
    ['BulkJob', { user: leaver.id }],
    ['BulkStep', { user: leaver.id }],
    ['Download', { user: leaver.id }],
    ['AccountCookies', { userId: leaver.id }],
  ];
  for (const [name, where] of places) left[name] = await app.database.model(name).countDocuments(where);
  assert.deepEqual(
    Object.entries(left).filter(([, count]) => count > 0),
    [],
  );
  assert.deepEqual(
    (await mediaModel(app).find().lean()).map(({ sha256 }) => sha256),
    [both.sha256],
  );
  assert.equal(await linkModel(app).countDocuments({ user: stays.id, state: 'active' }), 1);
  await assertCounted(app);
});

test('accounts are for admins, also for those who were one a moment ago', async () => {
  const user = await addPerson(app, 'plain');
  const admin = await addPerson(app, 'former', 'admin');
  assert.equal(await codeOf(user, '{ accounts { id } }'), 'MF_ERR_FORBIDDEN');
  const shown = await admin.graphql('{ accounts { username } }');
  assert.ok(JSON.stringify(shown.data).includes('plain'));
  await household.change(admin.id, { role: 'user' });
  assert.equal(await codeOf(admin, '{ accounts { id } }'), 'MF_ERR_FORBIDDEN');
  await assert.rejects(app.accounts.assertAdmin(admin.id), { code: 'MF_ERR_FORBIDDEN' });
});

test('names and passwords that are none are refused', async () => {
  const admin = await addPerson(app, 'strict', 'admin');
  for (const given of [
    { username: ' ', password: 'long enough' },
    { username: 'x'.repeat(65), password: 'long enough' },
    { username: 'a\u202eb', password: 'long enough' },
    { username: 'nul\0', password: 'long enough' },
    { username: 'short', password: 'seven77' },
    { username: 'long', password: 'x'.repeat(1025) },
  ])
    assert.equal(await codeOf(admin, CREATE, given), 'MF_ERR_VALIDATION', JSON.stringify(given).slice(0, 60));
  await assert.rejects(household.change('f'.repeat(24), { role: 'user' }), { code: 'MF_ERR_UNKNOWN' });
});

test('everybody may know the names of those who can sign in, and nothing else of them', async () => {
  const [eve, fay, gus] = await Promise.all(['eve', 'fay', 'gus'].map(async (name) => addPerson(app, name)));
  assert.ok(eve && fay && gus);
  await household.change(gus.id, { disabled: true });
  const { data } = await eve.graphql('{ members { id username } }');
  const members = data?.['members'] as readonly { id: string; username: string }[];
  assert.deepEqual(
    members.filter(({ username }) => ['eve', 'fay', 'gus'].includes(username)),
    [{ id: fay.id, username: 'fay' }],
  );
  assert.match(String((await eve.graphql('{ members { role } }')).errors?.[0]?.message), /role/);
});

test('what was under way when an account went leaves nothing behind', async () => {
  const hal = await addPerson(app, 'hal');
  await household.change(hal.id, { leaving: true });
  await departures.work();
  // Asked for before, and just now coming through.
  const url = newPostUrl();
  await assert.rejects(app.downloads.submit({ userId: hal.id, url }), { code: 'MF_ERR_UNAUTHENTICATED' });
  await assert.rejects(admit(app, hal.id, 'tiktok:late', [await pictureOf(77)]), { code: 'MF_ERR_UNKNOWN' });
  assert.equal(await app.database.model('Download').countDocuments({ user: hal.id }), 0);
  assert.equal(await linkModel(app).countDocuments({ user: hal.id }), 0);
  assert.equal(await app.database.model('Post').countDocuments({ key: 'tiktok:late' }), 0);
  assert.equal((await app.library.fsck({ settleMs: 1 })).left, 0);
});
