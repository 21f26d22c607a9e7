import assert from 'node:assert/strict';
import test from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { FailureCode } from '@mediafetcher/sdk';
import type { Assign } from '../../../src/channel/messages.ts';
import { ANONYMOUS } from '../../../src/features/platforms/accounts.ts';
import type { PlatformAccountDoc } from '../../../src/features/platforms/model.ts';
import { buildTestApp, listenTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import type { Scope } from '../../helpers/build-test-app.ts';
import { downloadModel, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { childrenOf, expand, newEntries, newProfileUrl } from '../../helpers/lists.ts';
import { GraphQLSocket } from '../../helpers/graphql-socket.ts';
import { addPerson } from '../../helpers/people.ts';
import type { TestPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const HOUR = 3_600_000;
let posts = 0;
const number = (): string => String((posts += 1)).padStart(3, '0');
const ADDRESSES = {
  tiktok: () => `https://www.tiktok.com/@a/video/7300000000000000${number()}`,
  reddit: () => `https://www.reddit.com/r/a/comments/1abc${number()}/`,
  x: () => `https://x.com/a/status/2080000000000000${number()}`,
  youtube: () => `https://www.youtube.com/shorts/aaaaaaaa${number()}`,
} as const;

async function world(scope: Scope, env: Record<string, string> = {}) {
  const listening = await listenTestApp(scope, { POLITE: 'true', CONCURRENCY: '8', ...env });
  const { app } = listening;
  const ann = await addPerson(app, 'ann', 'admin');
  const ben = await addPerson(app, 'ben');
  const worker = await FakeWorker.connect(scope, app, { slots: 8 });
  return { ...listening, ann, ben, worker };
}

/** Fails the job's present attempt, and waits until the server has taken it over. */
async function fail(
  app: FastifyInstance,
  worker: FakeWorker,
  jobId: string,
  errorCode: FailureCode,
  retryAfterMs?: number,
): Promise<void> {
  const { attempt } = await recordOf(app, jobId);
  const asked = retryAfterMs === undefined ? {} : { retryAfterMs };
  worker.send({ type: 'failed', jobId, attempt, errorCode, message: 'The platform said no.', ...asked });
  await worker.next('ack', jobId);
}

/** As if the time of every rest had come; nobody is woken. */
async function endRests(app: FastifyInstance): Promise<void> {
  await platformModel(app).updateMany(
    { 'breaker.opening': { $exists: true } },
    { $set: { 'breaker.opening.until': Date.now(), closedUntil: new Date() } },
  );
}

/** The assignment that comes when work is looked for. */
async function wakeAndNext(app: FastifyInstance, worker: FakeWorker, jobId: string): Promise<Assign> {
  app.platforms.events.emit('change', { platform: 'tiktok', account: ANONYMOUS });
  return worker.next('assign', jobId);
}

const platformModel = (app: FastifyInstance) => app.database.model<PlatformAccountDoc>('PlatformAccount');
const isHeld = (reason: string) => (download: { heldReason?: string }) => download.heldReason === reason;

test('after a 429 the platform rests for as long as it asks, in sight; others go on, and so does it by itself', async (t) => {
  const { app, origin, ann, ben, worker } = await world(t);
  const socket = await GraphQLSocket.open(t, origin, ben.headers);
  await socket.subscribe('subscription { pluginChanged { id state nextTry rests { account code } } }');
  const refused = await submit(ann, ADDRESSES.tiktok());
  await worker.next('assign', refused);
  await fail(app, worker, refused, 'MF_ERR_RATE_LIMITED', HOUR);
  const { status, heldReason, heldUntil, errorCode } = await recordOf(app, refused);
  assert.deepEqual([status, heldReason, errorCode], ['queued', 'MF_ERR_RATE_LIMITED', undefined]);
  assert.ok(heldUntil !== undefined);
  const waiting = await submit(ben, ADDRESSES.tiktok());
  const other = await submit(ben, ADDRESSES.reddit());
  assert.equal((await worker.next('assign')).jobId, other);
  const rest = { account: null, code: 'MF_ERR_RATE_LIMITED' };
  const told = { id: 'tiktok', state: 'suspended', nextTry: heldUntil.toISOString(), rests: [rest] };
  assert.deepEqual(await socket.next(), { pluginChanged: told });
  const held = await reaches(app, waiting, isHeld('MF_ERR_RATE_LIMITED'));
  assert.deepEqual(held.heldUntil, heldUntil);
  const health = (await app.inject('/health')).json<{ parts: Record<string, { reason?: string }> }>();
  assert.match(health.parts['platforms']?.reason ?? '', /tiktok rests until/);
  await endRests(app);
  // The first in the queue is the probe; the other one waits for what becomes of it.
  const probe = await worker.next('assign');
  assert.deepEqual([probe.jobId, probe.attempt], [refused, 2]);
  assert.deepEqual(
    worker.received.filter(({ type }) => type === 'assign'),
    [],
  );
  worker.sendStaged(probe, await worker.stage(probe, [await pictureOf(1)]));
  assert.equal((await worker.next('assign')).jobId, waiting);
  assert.equal((await recordOf(app, waiting)).heldReason, undefined);
  const { data } = await ann.graphql('{ platformHealth { platform hours { successes failures { code count } } } }');
  const tiktok = (data?.['platformHealth'] as { platform: string; hours: unknown }[]).find(
    (each) => each.platform === 'tiktok',
  );
  // At the turn of an hour it is two.
  const hours = tiktok?.hours as { successes: number; failures: { count: number }[] }[];
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  assert.equal(sum(hours.map(({ successes }) => successes)), 1);
  assert.equal(sum(hours.flatMap(({ failures }) => failures.map(({ count }) => count))), 1);
});

test('the probe asks by its first choice only; what that could not bring is tried by all ways when the platform serves us', async (t) => {
  const { app, ann, worker } = await world(t);
  const refused = await submit(ann, ADDRESSES.tiktok());
  assert.equal((await worker.next('assign', refused)).probe, undefined);
  await fail(app, worker, refused, 'MF_ERR_RATE_LIMITED', HOUR);
  await endRests(app);
  const untried = async (errorCode: FailureCode) => {
    const { attempt, probe } = await wakeAndNext(app, worker, refused);
    worker.send({ type: 'failed', jobId: refused, attempt, errorCode, message: 'Not by this way.', untried: true });
    await worker.next('ack', refused);
    return probe;
  };
  // The tool is too old: the platform rests again, and the download waits.
  assert.equal(await untried('MF_ERR_TOOL_OUTDATED'), true);
  const { status, heldReason } = await reaches(app, refused, isHeld('MF_ERR_TOOL_OUTDATED'));
  assert.deepEqual([status, heldReason], ['queued', 'MF_ERR_TOOL_OUTDATED']);
  await endRests(app);
  // Nothing that is said of the platform: another download may be the probe, and this one goes all ways after a while.
  assert.equal(await untried('MF_ERR_PLUGIN'), true);
  const waiting = await recordOf(app, refused);
  assert.ok(waiting.status === 'queued' && waiting.notBefore.getTime() > Date.now());
  await downloadModel(app).updateOne({ _id: refused }, { $set: { notBefore: new Date() } });
  assert.equal((await wakeAndNext(app, worker, refused)).probe, undefined);
});

test('a probe that is served but finds no media lets the download go on by other ways at once', async (t) => {
  const { app, ann, worker } = await world(t);
  const jobId = await submit(ann, ADDRESSES.tiktok());
  await worker.next('assign', jobId);
  await fail(app, worker, jobId, 'MF_ERR_RATE_LIMITED', HOUR);
  await endRests(app);
  const { attempt, probe } = await wakeAndNext(app, worker, jobId);
  assert.equal(probe, true);
  worker.send({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_NO_MEDIA', message: 'No video.', untried: true });
  const next = await worker.next('assign', jobId);
  assert.deepEqual([next.attempt, next.probe], [attempt + 1, undefined]);
  assert.deepEqual(await app.platforms.closed(), []);
});

test('of a list the probe reads one post; then it is read for good', async (t) => {
  const { app, ann, worker } = await world(t);
  const jobId = await submit(ann, newProfileUrl());
  const { listLimit } = await worker.next('assign', jobId);
  await fail(app, worker, jobId, 'MF_ERR_RATE_LIMITED', HOUR);
  await endRests(app);
  const probe = await wakeAndNext(app, worker, jobId);
  assert.deepEqual([listLimit, probe.listLimit, probe.probe], [50, 1, true]);
  const [first, second] = newEntries(2);
  assert.ok(first && second);
  await expand(worker, probe, [first]);
  const again = await worker.next('assign', jobId);
  assert.deepEqual([again.listLimit, again.probe], [50, undefined]);
  await expand(worker, again, [first, second]);
  const { list } = await recordOf(app, jobId);
  assert.deepEqual([list?.expanded, (await childrenOf(app, jobId)).length], [true, 2]);
});

test('a rest outlives a restart: nothing of the platform is asked for, and all the rest is', async (t) => {
  const DATA_DIR = await makeDataDir(t);
  const first = await world(t, { DATA_DIR });
  const refused = await submit(first.ann, ADDRESSES.tiktok());
  await first.worker.next('assign', refused);
  await fail(first.app, first.worker, refused, 'MF_ERR_RATE_LIMITED', HOUR);
  await first.worker.close();
  await first.app.close();
  const { app } = await listenTestApp(t, { POLITE: 'true', DATA_DIR });
  const worker = await FakeWorker.connect(t, app);
  // The session is as good as before.
  const again: TestPerson = {
    ...first.ann,
    inject: async (options) => app.inject({ ...options, headers: first.ann.headers }),
  };
  const waiting = await submit(again, ADDRESSES.tiktok());
  const other = await submit(again, ADDRESSES.reddit());
  assert.equal((await worker.next('assign')).jobId, other);
  await reaches(app, waiting, isHeld('MF_ERR_RATE_LIMITED'));
  assert.deepEqual([(await recordOf(app, refused)).status, worker.received], ['queued', []]);
});

test('a download that is refused again and again fails in the end', async (t) => {
  const { app, ann, worker } = await world(t);
  const jobId = await submit(ann, ADDRESSES.tiktok());
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    await worker.next('assign', jobId);
    await fail(app, worker, jobId, 'MF_ERR_RATE_LIMITED', 1);
  }
  const { status, errorCode, attempt } = await recordOf(app, jobId);
  assert.deepEqual([status, errorCode, attempt], ['failed', 'MF_ERR_RATE_LIMITED', 4]);
});

test('a download whose turn has not come keeps no other one back, and begins by itself when it comes', async (t) => {
  const { app, ann, worker } = await world(t);
  await submit(ann, ADDRESSES.reddit());
  await worker.next('assign');
  // The bucket is empty, and fills from tomorrow on.
  const tomorrow = Date.now() + 24 * HOUR;
  const empty = { pace: { tokens: 0, at: tomorrow }, closedUntil: new Date(tomorrow) };
  await platformModel(app).updateOne({ platform: 'reddit' }, { $set: empty, $inc: { rev: 1 } });
  const waiting = await submit(ann, ADDRESSES.reddit());
  const other = await submit(ann, ADDRESSES.youtube());
  assert.equal((await worker.next('assign')).jobId, other);
  const { status, heldReason } = await recordOf(app, waiting);
  assert.deepEqual([status, heldReason], ['queued', undefined]);
  const due = { pace: { tokens: 1, at: Date.now() }, closedUntil: new Date() };
  await platformModel(app).updateOne({ platform: 'reddit' }, { $set: due, $inc: { rev: 1 } });
  assert.equal((await worker.next('assign')).jobId, waiting);
});

test('what the platform says of cookies that were replaced meanwhile closes nothing', async (t) => {
  const { app, ann, worker } = await world(t);
  const send = async (value: string) => {
    const cookies = ['auth_token', 'ct0'].map((name) => ({ domain: '.x.com', name, value }));
    return ann.inject({ method: 'POST', url: '/api/cookies', payload: { platform: 'x', cookies } });
  };
  await send('old');
  const jobId = await submit(ann, ADDRESSES.x());
  assert.match((await worker.next('assign', jobId)).cookies ?? '', /old/);
  await send('new');
  await fail(app, worker, jobId, 'MF_ERR_LOGIN_REQUIRED');
  const next = await submit(ann, ADDRESSES.x());
  assert.match((await worker.next('assign', next)).cookies ?? '', /new/);
});

test('a challenge whose cookies the person forgets holds nobody any more', async (t) => {
  const { app, ann, worker } = await world(t);
  const cookies = ['auth_token', 'ct0'].map((name) => ({ domain: '.x.com', name, value: 'secret' }));
  await ann.inject({ method: 'POST', url: '/api/cookies', payload: { platform: 'x', cookies } });
  const met = await submit(ann, ADDRESSES.x());
  await worker.next('assign', met);
  await fail(app, worker, met, 'MF_ERR_CHALLENGE');
  assert.equal((await app.platforms.closed()).length, 1);
  await ann.inject({ method: 'DELETE', url: '/api/cookies/x' });
  assert.deepEqual(await app.platforms.closed(), []);
});

test('a challenge fails its download and holds the others until the person sends new cookies', async (t) => {
  const { app, ann, ben, worker } = await world(t);
  const cookies = [{ domain: '.x.com', name: 'auth_token', value: 'secret' }];
  const payload = { platform: 'x', cookies: [...cookies, { domain: '.x.com', name: 'ct0', value: 'secret' }] };
  const send = async () => ann.inject({ method: 'POST', url: '/api/cookies', payload });
  assert.equal((await send()).statusCode, 200);
  const met = await submit(ann, ADDRESSES.x());
  assert.notEqual((await worker.next('assign', met)).cookies, undefined);
  await fail(app, worker, met, 'MF_ERR_CHALLENGE');
  assert.deepEqual(
    [(await recordOf(app, met)).status, (await recordOf(app, met)).errorCode],
    ['failed', 'MF_ERR_CHALLENGE'],
  );
  const waiting = await submit(ann, ADDRESSES.x());
  const { heldUntil } = await reaches(app, waiting, isHeld('MF_ERR_CHALLENGE'));
  assert.equal(heldUntil, undefined);
  // Whoever has no part in it goes on, and sees nothing of it.
  const anonymous = await submit(ben, ADDRESSES.x());
  assert.equal((await worker.next('assign')).jobId, anonymous);
  const query = '{ plugins { id state rests { account code } } }';
  const stateFor = async (person: typeof ann): Promise<unknown> =>
    ((await person.graphql(query)).data?.['plugins'] as { id: string }[]).find(({ id }) => id === 'x-twmd');
  assert.deepEqual(await stateFor(ben), { id: 'x-twmd', state: 'active', rests: [] });
  const rests = [{ account: 'main', code: 'MF_ERR_CHALLENGE' }];
  assert.deepEqual(await stateFor(ann), { id: 'x-twmd', state: 'suspended', rests });
  await send();
  assert.equal((await worker.next('assign')).jobId, waiting);
});

test('an admin says that a challenge without an account is met: one download tries', async (t) => {
  const { app, ann, ben, worker } = await world(t);
  const met = await submit(ben, ADDRESSES.tiktok());
  await worker.next('assign', met);
  await fail(app, worker, met, 'MF_ERR_CHALLENGE');
  const [one, two] = [await submit(ben, ADDRESSES.tiktok()), await submit(ben, ADDRESSES.tiktok())];
  await reaches(app, two, isHeld('MF_ERR_CHALLENGE'));
  await ann.graphql('mutation { answerChallenge(platform: "tiktok") }');
  const probe = await worker.next('assign');
  assert.equal(probe.jobId, one);
  await fail(app, worker, one, 'MF_ERR_NOT_FOUND');
  // That a post is gone says that the platform serves us.
  assert.equal((await worker.next('assign')).jobId, two);
});

test('a probe that is cancelled makes way for the next', async (t) => {
  const { app, ann, ben, worker } = await world(t);
  const met = await submit(ben, ADDRESSES.tiktok());
  await worker.next('assign', met);
  await fail(app, worker, met, 'MF_ERR_CHALLENGE');
  const [one, two] = [await submit(ben, ADDRESSES.tiktok()), await submit(ben, ADDRESSES.tiktok())];
  await ann.graphql('mutation { answerChallenge(platform: "tiktok") }');
  assert.equal((await worker.next('assign')).jobId, one);
  await ben.inject({ method: 'POST', url: `/api/downloads/${one}/cancel` });
  await worker.next('cancel', one);
  assert.equal((await worker.next('assign')).jobId, two);
});

test('a switch counts at once: new links are refused, what waits is held, what runs ends; and back', async (t) => {
  const { app, ann, ben, worker } = await world(t, { CONCURRENCY: '1' });
  const running = await submit(ben, ADDRESSES.tiktok());
  const assign = await worker.next('assign', running);
  const waiting = await submit(ben, ADDRESSES.tiktok());
  const other = await submit(ben, ADDRESSES.reddit());
  const switchTo = async (enabled: boolean, id = 'tiktok') =>
    ann.graphql(`mutation { setPluginEnabled(id: "${id}", enabled: ${enabled}) { state reason } }`);
  assert.deepEqual((await switchTo(false)).data?.['setPluginEnabled'], {
    state: 'disabled',
    reason: 'It is switched off.',
  });
  const answer = await ben.inject({ method: 'POST', url: '/api/downloads', payload: { url: ADDRESSES.tiktok() } });
  assert.match(assertProblem(answer, 409, 'MF_ERR_PLATFORM_OFF').json<{ help: string }>().help, /admin/);
  assertProblem(await ben.inject({ url: `/api/links?url=${ADDRESSES.tiktok()}` }), 409, 'MF_ERR_PLATFORM_OFF');
  await reaches(app, waiting, isHeld('MF_ERR_PLATFORM_OFF'));
  worker.sendStaged(assign, await worker.stage(assign, [await pictureOf(1)]));
  await worker.next('ack', running);
  assert.equal((await recordOf(app, running)).status, 'completed');
  const next = await worker.next('assign');
  assert.equal(next.jobId, other);
  assert.deepEqual((await switchTo(true)).data?.['setPluginEnabled'], { state: 'active', reason: null });
  await fail(app, worker, other, 'MF_ERR_NOT_FOUND');
  assert.equal((await worker.next('assign')).jobId, waiting);
  assert.deepEqual((await switchTo(false, 'none')).errors?.[0]?.extensions?.code, 'MF_ERR_UNKNOWN');
});

test('a processor that is switched off is left out of what begins later', async (t) => {
  const { ann, worker } = await world(t);
  const idsOf = async () => {
    const jobId = await submit(ann, ADDRESSES.tiktok());
    return (await worker.next('assign', jobId)).processors.map(({ id }) => id);
  };
  const all = await idsOf();
  await ann.graphql('mutation { setPluginEnabled(id: "mp3-extract", enabled: false) { state } }');
  assert.deepEqual(
    await idsOf(),
    all.filter((id) => id !== 'mp3-extract'),
  );
  assert.ok(all.includes('mp3-extract'));
});

test('a switch is kept over a restart', async (t) => {
  const DATA_DIR = await makeDataDir(t);
  const first = await buildTestApp(t, { DATA_DIR });
  await first.plugins.setEnabled('tiktok', false, 'cli');
  await first.close();
  const second = await buildTestApp(t, { DATA_DIR });
  assert.deepEqual([...(await second.plugins.off())], ['tiktok']);
  assert.equal(await downloadModel(second).countDocuments(), 0);
});
