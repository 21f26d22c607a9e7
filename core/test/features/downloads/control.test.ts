import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import test, { after, beforeEach } from 'node:test';
import type { DownloadStatus } from '../../../src/features/downloads/model.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, newPostUrl, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { assertConsistent, linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const { final, staging } = app.system.mediaRoot;
const sea = await pictureOf(1);
const resolvedUrl = 'https://www.tiktok.com/@a/video/7300000000000000001';
let shares = 0;
/** A link that only a redirect can tell more of. */
const shareUrl = (): string => `https://vm.tiktok.com/ZM${String((shares += 1)).padStart(7, 'x')}/`;

beforeEach(async () => {
  for (const { _id, user } of await linkModel(app).find().lean())
    await app.library.remove(_id.toString(), user.toString());
  await downloadModel(app).deleteMany({});
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) } });
});

const CONTROLS = ['cancel', 'pause', 'resume', 'retry', 'dismiss'] as const;
type Control = (typeof CONTROLS)[number];
/** What a person can do in each state, and the state that follows. */
const ALLOWED: Readonly<Record<DownloadStatus, Partial<Record<Control, DownloadStatus>>>> = {
  queued: { cancel: 'cancelled', pause: 'paused' },
  running: { cancel: 'cancelled', pause: 'paused' },
  paused: { cancel: 'cancelled', resume: 'queued' },
  failed: { retry: 'queued', dismiss: 'failed' },
  cancelled: { retry: 'queued', dismiss: 'cancelled' },
  completed: { dismiss: 'completed' },
};

for (const [status, allowed] of Object.entries(ALLOWED) as [
  DownloadStatus,
  Partial<Record<Control, DownloadStatus>>,
][]) {
  for (const control of CONTROLS) {
    const next = allowed[control];
    test(`${control} of a ${status} download ${next === undefined ? 'is refused' : `makes it ${next}`}`, async () => {
      const jobId = await submit(ann);
      await downloadModel(app).updateOne({ _id: jobId }, { $set: { status }, $unset: { activeKey: 1 } });
      const mutation = `mutation { ${control}Download(id: "${jobId}") ${control === 'dismiss' ? '' : '{ status }'} }`;
      const stranger = await ben.graphql(mutation);
      assert.equal(stranger.errors?.[0]?.extensions?.code, 'MF_ERR_UNKNOWN');
      const answer = await ann.graphql(mutation);
      assert.equal(answer.errors?.[0]?.extensions?.code, next === undefined ? 'MF_ERR_STATE' : undefined);
      const record = await recordOf(app, jobId);
      assert.deepEqual(
        [record.status, record.dismissed],
        [next ?? status, next !== undefined && control === 'dismiss'],
      );
      if (control === 'dismiss') return;
      // The same by REST: what has just been done cannot be done again, what was refused still is.
      const again = await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/${control}` });
      assertProblem(again, 409, 'MF_ERR_STATE');
    });
  }
}

test('cancel stops the runner and throws the files away; the slot is free when the worker has stopped', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann);
  const { attempt } = await worker.next('assign');
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` });
  const { drop } = await worker.next('cancel', jobId);
  assert.equal(drop, true);
  const next = await submit(ann);
  worker.send({ type: 'heartbeat', running: [{ jobId, attempt }] });
  await worker.settled();
  assert.equal((await recordOf(app, next)).status, 'queued');
  worker.send({ type: 'heartbeat', running: [] });
  assert.equal((await worker.next('assign')).jobId, next);
});

test('pause stops the runner and keeps the files; resume goes on with the next attempt', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const assign = await worker.next('assign');
  await worker.stage(assign, [sea]);
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/pause` });
  await worker.next('pause', jobId);
  worker.send({ type: 'heartbeat', running: [{ jobId, attempt: 1 }] });
  worker.send({ type: 'paused', jobId, attempt: 1 });
  await worker.next('ack', jobId);
  assert.ok(existsSync(worker.stagingOf(assign)));
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/resume` });
  assert.equal((await worker.complete([sea])).attempt, 2);
  assert.deepEqual(await readdir(staging), []);
});

test('a held download that is paused and resumed is held no more, until somebody says so anew', async () => {
  const jobId = await submit(ann);
  const held = {
    heldReason: 'MF_ERR_NETWORK',
    heldUntil: new Date(Date.now() + 3_600_000),
    notBefore: new Date(Date.now() + 3_600_000),
  };
  await app.database.model('Download').updateOne({ _id: jobId }, { $set: held });
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/pause` });
  const { heldReason, heldUntil } = (await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/resume` })).json<{
    heldReason: unknown;
    heldUntil: unknown;
  }>();
  assert.deepEqual([heldReason, heldUntil], [null, null]);
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` });
});

test('a worker that comes back with a job that was cancelled meanwhile is told to drop it', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const { attempt } = await worker.next('assign');
  await worker.close();
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` });
  const back = await FakeWorker.connect(t, app, { running: [{ jobId, attempt }] });
  assert.equal((await back.next('cancel', jobId)).drop, true);
});

test('a failed download can be retried; its next attempt starts with a clean record', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  await worker.next('assign');
  worker.send({ type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_NOT_FOUND', message: 'The post is gone.' });
  await worker.next('ack', jobId);
  const failed = await recordOf(app, jobId);
  assert.deepEqual(
    [failed.status, failed.errorCode, failed.errorMessage],
    ['failed', 'MF_ERR_NOT_FOUND', 'The post is gone.'],
  );
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/retry` });
  assert.equal((await worker.complete([sea])).attempt, 2);
  const { status, errorCode } = await recordOf(app, jobId);
  assert.deepEqual([status, errorCode], ['completed', undefined]);
});

test('retry is refused while another download of the same post is on its way', async () => {
  const url = newPostUrl();
  const jobId = await submit(ann, url);
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` });
  await submit(ann, url);
  assertProblem(await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/retry` }), 409, 'MF_ERR_STATE');
});

test('a download that is cancelled while its post is put away leaves no post', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const assign = await worker.next('assign');
  const storing = reaches(app, jobId, ({ stage }) => stage === 'store');
  worker.sendStaged(assign, await worker.stage(assign, [sea]));
  await storing;
  const { statusCode } = await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` });
  await worker.next('ack', jobId);
  const { status } = await recordOf(app, jobId);
  assert.equal(status, statusCode === 200 ? 'cancelled' : 'completed');
  assert.equal((await readdir(final)).length, statusCode === 200 ? 0 : 1);
  await assertConsistent(app);
});

test('the same link twice at the same time makes one record', async () => {
  const url = newPostUrl();
  const spellings = [url, url.replace('www.', 'm.'), `${url}?utm_source=x&is_from_webapp=1`, url, url];
  const jobs = await Promise.all(spellings.map(async (spelling) => submit(ann, spelling)));
  assert.equal(new Set(jobs).size, 1);
  assert.equal(await downloadModel(app).countDocuments(), 1);
});

test('a post that is there already is linked at once, and its own record is given', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const url = newPostUrl();
  const jobId = await submit(ann, url);
  await worker.complete([sea]);
  const again = await ann.inject({ method: 'POST', url: '/api/downloads', payload: { url } });
  assert.deepEqual([again.statusCode, again.json()], [200, { jobId, existing: true }]);
  const bens = await ben.inject({ method: 'POST', url: '/api/downloads', payload: { url } });
  assert.equal(bens.statusCode, 200);
  const { jobId: bensJob } = bens.json<{ jobId: string }>();
  assert.notEqual(bensJob, jobId);
  assert.equal((await ben.inject({ url: `/api/files/${bensJob}` })).json<{ files: unknown[] }>().files.length, 1);
  await assertConsistent(app);
});

test('the record of a post that was removed and fetched anew is not the old one', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const url = newPostUrl();
  const old = await submit(ann, url);
  await worker.complete([sea]);
  const [link] = await linkModel(app).find().lean();
  await ann.inject({ method: 'DELETE', url: `/api/library/${String(link?._id)}` });
  await submit(ben, url);
  await worker.complete([sea]);
  const current = await submit(ann, url);
  assert.notEqual(current, old);
  assert.equal((await ann.inject({ url: `/api/files/${current}` })).statusCode, 200);
});

test("another person's download of the same post waits for the first, and gets its post", async (t) => {
  const url = newPostUrl();
  const [first, second] = [await submit(ann, url), await submit(ben, url)];
  const worker = await FakeWorker.connect(t, app);
  const done = reaches(app, second, ({ status }) => status === 'completed');
  assert.equal((await worker.complete([sea])).jobId, first);
  const record = await done;
  assert.equal(record.attempt, 0);
  assert.equal((await linkModel(app).find({ user: ben.id }).lean()).length, 1);
  assert.equal((await readdir(final)).length, 1);
  await assertConsistent(app);
});

for (const [how, end] of [
  [
    'fails',
    async (worker: FakeWorker, jobId: string) =>
      worker.send({ type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_PRIVATE', message: 'Not for everybody.' }),
  ],
  [
    'is cancelled',
    async (_worker: FakeWorker, jobId: string) => ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` }),
  ],
  [
    'is paused',
    async (_worker: FakeWorker, jobId: string) => ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/pause` }),
  ],
] as const) {
  test(`a download that waited for one that ${how} fetches the post itself`, async (t) => {
    const url = newPostUrl();
    const [first, second] = [await submit(ann, url), await submit(ben, url)];
    const worker = await FakeWorker.connect(t, app);
    assert.equal((await worker.next('assign')).jobId, first);
    await end(worker, first);
    assert.equal((await worker.next('assign')).jobId, second);
  });
}

test("a post that one person's account fetched is not handed to another", async (t) => {
  const cookies = [{ domain: '.tiktok.com', name: 'sessionid', value: 'secret-of-ann' }];
  await ann.inject({ method: 'POST', url: '/api/cookies', payload: { platform: 'tiktok', cookies } });
  const url = newPostUrl();
  const [first, second] = [await submit(ann, url), await submit(ben, url)];
  const worker = await FakeWorker.connect(t, app);
  const assign = await worker.next('assign', first);
  assert.match(assign.cookies ?? '', /secret-of-ann/);
  worker.sendStaged(assign, await worker.stage(assign, [sea]), true);
  await worker.next('ack', first);
  const own = await worker.next('assign', second);
  assert.equal(own.cookies, undefined);
  worker.sendStaged(own, await worker.stage(own, [sea]));
  await worker.next('ack', second);
  await ann.inject({ method: 'DELETE', url: '/api/cookies/tiktok' });
  // Two posts of one key, each its owner's; the same bytes are on the disk once.
  const posts = await app.database.model<{ scope: string; refCount: number }>('Post').find().lean();
  assert.deepEqual(posts.map(({ scope }) => scope).toSorted(), [ann.id, 'shared'].toSorted());
  assert.equal((await readdir(final)).length, 1);
  await assertConsistent(app);
});

test('a share link that leads to a post that is there completes without a fetch, and its slot is free', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  await submit(ann, resolvedUrl);
  const { link } = await worker.complete([sea]);
  for (let round = 0; round < app.config.concurrency + 1; round += 1) {
    const jobId = await submit(ben, shareUrl());
    const assign = await worker.next('assign');
    assert.equal(assign.link.kind, 'share');
    worker.send({ type: 'resolved', jobId, attempt: assign.attempt, key: link.key ?? '', url: resolvedUrl });
    assert.equal((await worker.next('cancel', jobId)).drop, true);
    assert.equal((await recordOf(app, jobId)).status, 'completed');
    worker.send({ type: 'heartbeat', running: [] });
  }
  await assertConsistent(app);
});

test('a share link that leads to a new post goes on, and is told once', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann, shareUrl());
  const assign = await worker.next('assign');
  const key = 'tiktok:7300000000000000099';
  const post = { postId: '7300000000000000099', title: 'A walk', author: { handle: 'a' } };
  worker.send({ type: 'resolved', jobId, attempt: 1, key, url: resolvedUrl, post });
  await worker.next('continue', jobId);
  const record = await recordOf(app, jobId);
  assert.deepEqual([record.key, record.meta], [key, { title: 'A walk', author: 'a' }]);
  worker.sendStaged({ ...assign, link: { ...assign.link, key } }, await worker.stage(assign, [sea]));
  await worker.next('ack', jobId);
  assert.equal((await recordOf(app, jobId)).status, 'completed');
});

test('two share links of one post: the younger waits for the older, whoever is first to know', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const [older, younger] = [await submit(ann, shareUrl()), await submit(ben, shareUrl())];
  const first = await worker.next('assign', older);
  await worker.next('assign', younger);
  const key = 'tiktok:7300000000000000098';
  const url = resolvedUrl;
  worker.send({ type: 'resolved', jobId: older, attempt: 1, key, url });
  await worker.next('continue', older);
  worker.send({ type: 'resolved', jobId: younger, attempt: 1, key, url });
  await worker.next('cancel', younger);
  worker.send({ type: 'resolved', jobId: older, attempt: 1, key, url });
  await worker.next('continue', older);
  const done = reaches(app, younger, ({ status }) => status === 'completed');
  worker.sendStaged({ ...first, link: { ...first.link, key } }, await worker.stage(first, [sea]));
  await done;
  assert.equal((await recordOf(app, older)).status, 'completed');
  await assertConsistent(app);
});
