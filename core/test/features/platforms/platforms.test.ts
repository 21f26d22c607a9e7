import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import mongoose from 'mongoose';
import { start } from '@mediafetcher/embedded-mongo';
import { createPlatformModel } from '../../../src/features/platforms/model.ts';
import { PlatformsService } from '../../../src/features/platforms/platforms-service.ts';
import type { Outcome, Turn } from '../../../src/features/platforms/platforms-service.ts';
import { makeDataDir } from '../../helpers/build-test-app.ts';
import type { Scope } from '../../helpers/build-test-app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Some servers on one database, with a clock that the test turns. */
async function cluster(scope: Scope, servers: number) {
  const clock = { time: Date.UTC(2026, 10, 28), now: () => clock.time, random: () => 0.5 };
  const engine = await start({ file: join(await makeDataDir(scope), 'db.sqlite') });
  const connect = async () => mongoose.createConnection(engine.uri, { dbName: 'mediafetcher' }).asPromise();
  const connections = await Promise.all(Array.from({ length: servers }, connect));
  scope.after(async () => {
    for (const connection of connections) await connection.close();
    await engine.close();
  });
  const serve = async (index: number, polite = true) => {
    const connection = connections[index % servers];
    assert.ok(connection !== undefined);
    connection.deleteModel(/./);
    const model = createPlatformModel(connection);
    await model.init();
    return new PlatformsService(model, { clock, polite });
  };
  const services = [];
  for (let index = 0; index < servers; index += 1) services.push(await serve(index));
  return { clock, services, serve };
}

let jobs = 0;
const attempt = (platform = 'instagram', account = 'ann') => ({ platform, account, by: `job-${(jobs += 1)}` });
const ended = (code?: Outcome['code'], more: Partial<Outcome> = {}): Outcome => ({
  ...attempt(),
  source: `post-${jobs}`,
  ...(code !== undefined && { code }),
  ...more,
});

const isGranted = (turn: Turn | undefined): boolean => turn !== undefined && turn.closed === undefined;

test('of two servers that ask at the same time as many get a turn as the burst has', async (t) => {
  const { services, clock } = await cluster(t, 2);
  const ask = async () =>
    Promise.all(Array.from({ length: 20 }, async (_, index) => services[index % 2]?.take(attempt())));
  const refused = (await ask()).flatMap((turn) => turn?.closed ?? []);
  assert.equal(refused.length, 16);
  assert.deepEqual(
    new Set(refused.map(({ reason, until }) => `${reason} ${(until?.getTime() ?? 0) - clock.time}`)),
    new Set(['pace 30000']),
  );
  clock.time += 30_000;
  assert.equal((await ask()).filter(isGranted).length, 1);
  // Another account has a pace of its own.
  assert.deepEqual(await services[0]?.take(attempt('instagram', 'ben')), { probe: false });
});

test('a refusal that one server meets holds for the other, and for whoever starts again', async (t) => {
  const { services, clock, serve } = await cluster(t, 2);
  const [one, two] = services;
  await one?.record(ended('MF_ERR_RATE_LIMITED', { retryAfterMs: HOUR }));
  const until = new Date(clock.time + 1.1 * HOUR);
  const rests = { platform: 'instagram', account: 'ann', until, reason: 'MF_ERR_RATE_LIMITED' };
  assert.deepEqual(await two?.closed(), [rests]);
  assert.deepEqual(await two?.take(attempt()), { closed: rests });
  const again = await serve(0);
  assert.deepEqual(await again.closed(), [rests]);
  assert.deepEqual(await two?.take(attempt('instagram', 'ben')), { probe: false });
  clock.time = until.getTime();
  assert.deepEqual(await again.closed(), []);
});

test('of all servers one attempt is the probe; its success lets the others go on, at half the pace', async (t) => {
  const { services, clock } = await cluster(t, 2);
  const [one, two] = services;
  await one?.record(ended('MF_ERR_RATE_LIMITED'));
  clock.time += 15 * MINUTE;
  const tries = Array.from({ length: 8 }, () => attempt());
  const answers = await Promise.all(tries.map(async (each, index) => services[index % 2]?.take(each)));
  const probe = tries[answers.findIndex(isGranted)];
  assert.deepEqual(answers.filter(isGranted), [{ probe: true }]);
  assert.ok(probe !== undefined);
  assert.deepEqual(
    (await two?.closed())?.map(({ reason }) => reason),
    ['MF_ERR_RATE_LIMITED'],
  );
  assert.equal(await two?.record({ ...probe, source: 'post' }), undefined);
  assert.deepEqual(await one?.closed(), []);
  const next = await Promise.all(Array.from({ length: 4 }, async () => one?.take(attempt())));
  // A burst of four, halved.
  assert.deepEqual(next.filter(isGranted), [{ probe: false }, { probe: false }]);
});

test('a probe of which nobody hears anything makes way: given back at once, lost after ten minutes', async (t) => {
  const { services, clock } = await cluster(t, 1);
  const [server] = services;
  await server?.record(ended('MF_ERR_RATE_LIMITED'));
  clock.time += 15 * MINUTE;
  const probe = attempt();
  assert.deepEqual(await server?.take(probe), { probe: true });
  await server?.release(probe);
  assert.deepEqual(await server?.take(attempt()), { probe: true });
  assert.deepEqual((await server?.take(attempt()))?.closed?.until, new Date(clock.time + 10 * MINUTE));
  clock.time += 10 * MINUTE;
  assert.deepEqual(await server?.take(attempt()), { probe: true });
});

test('a challenge waits for the person: their new cookies open the way, time does not', async (t) => {
  const { services, clock } = await cluster(t, 1);
  const [server] = services;
  const closed = await server?.record(ended('MF_ERR_CHALLENGE'));
  assert.deepEqual([closed?.until, closed?.reason], [null, 'MF_ERR_CHALLENGE']);
  clock.time += 1000 * HOUR;
  assert.deepEqual(
    (await server?.closed())?.map(({ until }) => until),
    [null],
  );
  await server?.renewCookies('instagram', 'ben');
  assert.equal((await server?.closed())?.length, 1);
  await server?.renewCookies('instagram', 'ann');
  assert.deepEqual(await server?.closed(), []);
  assert.deepEqual(await server?.take(attempt()), { probe: false });
});

test('a refused session rests for a day, and anonymous attempts go on', async (t) => {
  const { services, clock } = await cluster(t, 1);
  const [server] = services;
  await server?.record(ended('MF_ERR_LOGIN_REQUIRED'));
  await server?.record(ended('MF_ERR_LOGIN_REQUIRED', { account: 'anonymous' }));
  assert.deepEqual(
    (await server?.closed())?.map(({ account, until }) => [account, (until?.getTime() ?? 0) - clock.time]),
    [['ann', 24 * HOUR]],
  );
});

test('a tool update lets one probe through at once', async (t) => {
  const { services } = await cluster(t, 1);
  const [server] = services;
  for (let round = 0; round < 3; round += 1) await server?.record(ended('MF_ERR_TOOL_OUTDATED'));
  assert.equal((await server?.closed())?.length, 1);
  await server?.probeNow('network');
  assert.equal((await server?.closed())?.length, 1);
  await server?.probeNow('tool_outdated');
  assert.deepEqual(await server?.closed(), []);
  assert.deepEqual(await server?.take(attempt()), { probe: true });
  assert.equal((await server?.take(attempt()))?.closed?.reason, 'MF_ERR_TOOL_OUTDATED');
});

test('attempts of several servers at once are all counted', async (t) => {
  const { services, clock } = await cluster(t, 2);
  const codes = [undefined, 'MF_ERR_NOT_FOUND', 'MF_ERR_PRIVATE'] as const;
  await Promise.all(
    Array.from({ length: 30 }, async (_, index) =>
      services[index % 2]?.record(ended(codes[index % 3], { account: index % 2 === 0 ? 'ann' : 'anonymous' })),
    ),
  );
  const [health] = (await services[0]?.health()) ?? [];
  assert.deepEqual([health?.platform, health?.lastSuccess], ['instagram', clock.time]);
  assert.deepEqual(health?.hours, [
    { at: clock.time, successes: 10, failures: { MF_ERR_NOT_FOUND: 10, MF_ERR_PRIVATE: 10 } },
  ]);
});

test('each change of a rest is told once', async (t) => {
  const { services } = await cluster(t, 1);
  const [server] = services;
  let told = 0;
  server?.events.on('change', () => (told += 1));
  await server?.record(ended());
  await server?.take(attempt());
  assert.equal(told, 0);
  await server?.record(ended('MF_ERR_CHALLENGE'));
  await server?.record(ended('MF_ERR_CHALLENGE'));
  assert.equal(told, 1);
  await server?.renewCookies('instagram', 'ann');
  assert.equal(told, 2);
});

test('where nothing is kept alive nothing waits, and all the same it is counted', async (t) => {
  const { services, serve } = await cluster(t, 1);
  await services[0]?.record(ended('MF_ERR_CHALLENGE'));
  const server = await serve(0, false);
  assert.equal(await server.record(ended('MF_ERR_RATE_LIMITED')), undefined);
  assert.deepEqual(await server.closed(), []);
  assert.deepEqual(await server.take(attempt()), { probe: false });
  const [health] = await server.health();
  assert.deepEqual(health?.hours[0]?.failures, { MF_ERR_CHALLENGE: 1, MF_ERR_RATE_LIMITED: 1 });
});
