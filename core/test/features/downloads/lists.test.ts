import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import type { DownloadDoc } from '../../../src/features/downloads/model.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { assertConsistent, linkModel } from '../../helpers/library.ts';
import { childrenOf, expand, keyOfEntry, newEntries, newProfileUrl, tell } from '../../helpers/lists.ts';
import { addPerson } from '../../helpers/people.ts';
import type { TestPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const sea = await pictureOf(1);

beforeEach(async () => {
  for (const { _id, user } of await linkModel(app).find().lean())
    await app.library.remove(_id.toString(), user.toString());
  await downloadModel(app).deleteMany({});
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) } });
});

interface View {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
  readonly type: string;
  readonly parentId: string | null;
  readonly children: Readonly<Record<string, unknown>> | null;
}

async function viewOf(person: TestPerson, jobId: string): Promise<View> {
  return (await person.inject({ url: `/api/downloads/${jobId}` })).json<View>();
}

async function listOf(person: TestPerson, query = ''): Promise<View[]> {
  return (await person.inject({ url: `/api/downloads${query}` })).json<{ items: View[] }>().items;
}

async function fail(worker: FakeWorker, errorCode: 'MF_ERR_NOT_FOUND' | 'MF_ERR_PRIVATE'): Promise<void> {
  const { jobId, attempt } = await worker.next('assign');
  worker.send({ type: 'failed', jobId, attempt, errorCode, message: `It failed with ${errorCode}.` });
  await worker.next('ack', jobId);
}

const post = (person: TestPerson, jobId: string, control: string) =>
  person.inject({ method: 'POST', url: `/api/downloads/${jobId}/${control}` });

test('a profile becomes one download with its posts, and is completed with them', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann, newProfileUrl());
  const assign = await worker.next('assign', jobId);
  assert.deepEqual([assign.link.kind, assign.listLimit], ['profile', 50]);
  const entries = newEntries(3);
  // No post, another platform's, and one twice: they are left out.
  await tell(worker, assign, [
    { url: 'https://x.com/somebody' },
    ...entries.slice(0, 2),
    { url: 'https://www.tiktok.com/@a/video/7300000000000000009' },
    { url: 'nonsense' },
    ...entries.slice(0, 1),
  ]);
  // Posts are fetched while the list is read.
  const first = await worker.complete([sea]);
  assert.equal(first.link.key, keyOfEntry(entries[0] ?? { url: '' }));
  await expand(worker, assign, entries);
  assert.equal((await recordOf(app, jobId)).slot, undefined, 'a list that has been read holds no slot');
  await worker.complete([sea]);
  await worker.complete([sea]);
  await reaches(app, jobId, ({ status }) => status === 'completed');
  const view = await viewOf(ann, jobId);
  assert.deepEqual([view.type, view.progress], ['profile', 100]);
  assert.deepEqual(view.children, {
    ...{ total: 3, queued: 0, running: 0, paused: 0, failed: 0, cancelled: 0, declined: 0 },
    ...{ added: 3, existing: 0, limit: 50, listed: true, listErrorCode: null },
  });
  assert.deepEqual(
    (await listOf(ann)).map(({ id }) => id),
    [jobId],
    'the list of downloads shows the profile alone',
  );
  const children = await listOf(ann, `?parent=${jobId}`);
  assert.deepEqual(
    children.map(({ parentId, status }) => [parentId, status]),
    Array.from({ length: 3 }, () => [jobId, 'completed']),
  );
  assertProblem(await ben.inject({ url: `/api/downloads?parent=${jobId}` }), 404, 'MF_ERR_UNKNOWN');
  await assertConsistent(app);
});

test('posts that are in the library are counted and not fetched; what the person has deleted does not come back', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const [have, gone, theirs, fresh] = newEntries(4);
  assert.ok(have && gone && theirs && fresh);
  for (const [person, entry] of [
    [ann, have],
    [ann, gone],
    [ben, theirs],
  ] as const) {
    const single = await submit(person, entry.url);
    await worker.complete([sea]);
    await reaches(app, single, ({ status }) => status === 'completed');
  }
  const link = await linkModel(app)
    .findOne({ user: ann.id, key: keyOfEntry(gone) })
    .lean()
    .orFail();
  await app.library.remove(link._id.toString(), ann.id);
  const jobId = await submit(ann, newProfileUrl());
  await expand(worker, await worker.next('assign', jobId), [have, gone, theirs, fresh]);
  const { link: fetched } = await worker.complete([sea]);
  assert.equal(fetched.key, keyOfEntry(fresh));
  const { list } = await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.deepEqual([list?.tally.added, list?.tally.existing, list?.tally.declined, list?.tally.total], [2, 1, 1, 4]);
});

test('a list is over only when its last posts are taken in, also when its worker says so too early', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann, newProfileUrl());
  const { attempt } = await worker.next('assign', jobId);
  const [have, fresh] = newEntries(2);
  assert.ok(have && fresh);
  const single = await submit(ann, have.url);
  await worker.complete([sea]);
  await reaches(app, single, ({ status }) => status === 'completed');
  const { promise: opened, resolve: open } = Promise.withResolvers<undefined>();
  const resolve = app.plugins.resolve.bind(app.plugins);
  t.mock.method(app.plugins, 'resolve', async (url: string) => {
    if (url === fresh.url) await opened;
    return resolve(url);
  });
  const ends: (number | undefined)[] = [];
  const note = ({ _id, status, list }: DownloadDoc): void => {
    if (_id.toString() === jobId && status === 'completed') ends.push(list?.tally.total);
  };
  app.downloads.events.on('change', note);
  t.after(() => app.downloads.events.off('change', note));
  // The answer to the doubled batch is taken for the one to the last.
  for (const entry of [have, have, fresh]) worker.send({ type: 'listed', jobId, attempt, entries: [entry] });
  worker.send({ type: 'expanded', jobId, attempt });
  await worker.settled();
  assert.equal((await recordOf(app, jobId)).list?.expanded, false);
  open(undefined);
  await worker.next('ack', jobId);
  await worker.complete([sea]);
  await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.deepEqual(new Set(ends), new Set([2]));
});

test('with update off posts that are in the library are fetched again', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const [have] = newEntries(1);
  assert.ok(have);
  const single = await submit(ann, have.url);
  await worker.complete([sea]);
  await reaches(app, single, ({ status }) => status === 'completed');
  const answer = await ann.inject({
    method: 'POST',
    url: '/api/downloads',
    payload: { url: newProfileUrl(), options: { update: false } },
  });
  const { jobId } = answer.json<{ jobId: string }>();
  await expand(worker, await worker.next('assign', jobId), [have]);
  await worker.complete([sea]);
  await reaches(app, jobId, ({ status }) => status === 'completed');
  await assertConsistent(app);
});

test('a list of which nothing could be had fails with the code that says most', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann, newProfileUrl());
  await expand(worker, await worker.next('assign', jobId), newEntries(3));
  await fail(worker, 'MF_ERR_NOT_FOUND');
  await fail(worker, 'MF_ERR_PRIVATE');
  await fail(worker, 'MF_ERR_NOT_FOUND');
  const { errorCode, errorMessage } = await reaches(app, jobId, ({ status }) => status === 'failed');
  assert.deepEqual([errorCode, errorMessage], ['MF_ERR_PRIVATE', 'It failed with MF_ERR_PRIVATE.']);
  // A retry of the list is one of its posts.
  assert.equal((await post(ann, jobId, 'retry')).json<View>().status, 'running');
  for (let count = 0; count < 3; count += 1) await worker.complete([sea]);
  await reaches(app, jobId, ({ status }) => status === 'completed');
});

test('an empty list has no media', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann, newProfileUrl());
  await expand(worker, await worker.next('assign', jobId), [{ url: 'https://x.com/nobody' }]);
  const { errorCode } = await reaches(app, jobId, ({ status }) => status === 'failed');
  assert.equal(errorCode, 'MF_ERR_NO_MEDIA');
});

test('no more posts are taken than are wanted, whatever a worker tells', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const answer = await ann.inject({
    method: 'POST',
    url: '/api/downloads',
    payload: { url: newProfileUrl(), options: { count: 2 } },
  });
  const { jobId } = answer.json<{ jobId: string }>();
  const assign = await worker.next('assign', jobId);
  assert.equal(assign.listLimit, 2);
  await expand(worker, assign, newEntries(5));
  assert.equal((await childrenOf(app, jobId)).length, 2);
});

for (const [options, why] of [
  [{ count: 3001 }, 'more than there may be'],
  [{ count: '5' }, 'a wrong type'],
  [{ media: 'sounds' }, 'an unknown value'],
  [{ loudness: 1 }, 'an unknown name'],
  [{ items: '1-3' }, 'what only a post has'],
] as const) {
  test(`an option of a profile is refused: ${why}`, async () => {
    const payload = { url: newProfileUrl(), options };
    assertProblem(await ann.inject({ method: 'POST', url: '/api/downloads', payload }), 400, 'MF_ERR_VALIDATION');
  });
}

test('what a profile has is refused for a post', async () => {
  const payload = { url: newEntries(1)[0]?.url, options: { count: 3 } };
  assertProblem(await ann.inject({ method: 'POST', url: '/api/downloads', payload }), 400, 'MF_ERR_VALIDATION');
});

test('a list that breaks off is fetched as far as it is known, and says so; a retry reads it again', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann, newProfileUrl());
  const assign = await worker.next('assign', jobId);
  const entries = newEntries(2);
  await tell(worker, assign, entries.slice(0, 1));
  const child = await worker.next('assign');
  worker.send({ type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_PRIVATE', message: 'It closed.' });
  await worker.next('ack', jobId);
  assert.equal((await recordOf(app, jobId)).status, 'running');
  worker.sendStaged(child, await worker.stage(child, [sea]));
  await worker.next('ack', child.jobId);
  await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.equal((await viewOf(ann, jobId)).children?.['listErrorCode'], 'MF_ERR_PRIVATE');
  await post(ann, jobId, 'retry');
  const again = await worker.next('assign', jobId);
  await expand(worker, again, entries);
  await worker.complete([sea]);
  const { list } = await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.deepEqual([list?.tally.added, list?.errorCode], [2, undefined]);
});

test('a list whose worker is lost while it reads is read again: no post comes twice, and none is missing', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann, newProfileUrl());
  const entries = newEntries(4);
  await tell(worker, await worker.next('assign', jobId), entries.slice(0, 2));
  await worker.close();
  await downloadModel(app).updateOne({ _id: jobId }, { $set: { leaseUntil: new Date(0) } });
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) } });
  await app.agenda.now('downloads.dispatch', {});
  await reaches(app, jobId, ({ status }) => status === 'queued');
  const another = await FakeWorker.connect(t, app, { id: 'another', slots: 1 });
  const again = await another.next('assign', jobId);
  assert.equal(again.attempt, 2);
  await expand(another, again, entries);
  assert.deepEqual(
    (await childrenOf(app, jobId)).map(({ key }) => key),
    entries.map(keyOfEntry),
  );
});
