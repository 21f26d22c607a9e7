import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { childrenOf, expand, newEntries, newProfileUrl, tell } from '../../helpers/lists.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const sea = await pictureOf(1);

beforeEach(async () => {
  await downloadModel(app).deleteMany({});
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) } });
});

const control = (jobId: string, name: string) => ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/${name}` });

/** Resolves when so many posts of the list are in each of these states. */
const tallyIs = (jobId: string, wanted: Readonly<Record<string, number>>) =>
  reaches(app, jobId, ({ list }) =>
    Object.entries(wanted).every(([name, count]) => list?.tally[name as 'queued'] === count),
  );

test('pause stops all posts of a list, resume lets them go on, cancel ends them', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann, newProfileUrl());
  await expand(worker, await worker.next('assign', jobId), newEntries(3));
  const running = await worker.next('assign');

  const paused = tallyIs(jobId, { paused: 3 });
  assert.equal((await control(jobId, 'pause')).json<{ status: string }>().status, 'paused');
  await worker.next('pause', running.jobId);
  worker.send({ type: 'paused', jobId: running.jobId, attempt: running.attempt });
  assert.equal((await paused).status, 'paused');
  assertProblem(await control(jobId, 'pause'), 409, 'MF_ERR_STATE');

  assert.equal((await control(jobId, 'resume')).json<{ status: string }>().status, 'running');
  const again = await worker.next('assign');

  const cancelled = tallyIs(jobId, { cancelled: 3 });
  assert.equal((await control(jobId, 'cancel')).json<{ status: string }>().status, 'cancelled');
  await worker.next('cancel', again.jobId);
  worker.send({ type: 'heartbeat', running: [] });
  assert.equal((await cancelled).status, 'cancelled');

  // A retry brings back what went with the list.
  await control(jobId, 'retry');
  for (let count = 0; count < 3; count += 1) await worker.complete([sea]);
  const { list, finishedAt } = await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.deepEqual([list?.tally.added, list?.wish, finishedAt instanceof Date], [3, undefined, true]);
});

test('a list that is stopped while it is read takes no more posts in', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann, newProfileUrl());
  const assign = await worker.next('assign', jobId);
  await tell(worker, assign, newEntries(2));
  const paused = tallyIs(jobId, { paused: 2 });
  await control(jobId, 'pause');
  await worker.next('pause', jobId);
  // On its way when the person stopped it.
  worker.send({ type: 'listed', jobId, attempt: assign.attempt, entries: newEntries(1) });
  await worker.next('cancel', jobId);
  await paused;
  assert.equal((await childrenOf(app, jobId)).length, 2);
  await control(jobId, 'resume');
  worker.send({ type: 'heartbeat', running: [] });
  assert.equal((await worker.next('assign', jobId)).attempt, 2);
});

test('one post of a list that was cancelled can be had all the same', async (t) => {
  const jobId = await submit(ann, newProfileUrl());
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  await expand(worker, await worker.next('assign', jobId), newEntries(2));
  await worker.next('assign');
  await control(jobId, 'cancel');
  await tallyIs(jobId, { cancelled: 2 });
  worker.send({ type: 'heartbeat', running: [] });
  const [, second] = await childrenOf(app, jobId);
  assert.equal((await control(second?._id.toString() ?? '', 'retry')).statusCode, 200);
  await worker.complete([sea]);
  const { list } = await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.deepEqual([list?.tally.added, list?.tally.cancelled], [1, 1]);
});

test('a list goes off the list of downloads with its posts', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann, newProfileUrl());
  await expand(worker, await worker.next('assign', jobId), newEntries(1));
  assert.ok((await ann.graphql(`mutation { dismissDownload(id: "${jobId}") }`)).errors, 'not while it is under way');
  await worker.complete([sea]);
  await reaches(app, jobId, ({ status }) => status === 'completed');
  await ann.graphql(`mutation { dismissDownload(id: "${jobId}") }`);
  const { downloads } = (await ann.graphql('{ downloads { items { id } } }')).data as {
    downloads: { items: unknown[] };
  };
  assert.deepEqual(downloads.items, []);
  assert.deepEqual(
    (await childrenOf(app, jobId)).map(({ dismissed }) => dismissed),
    [true],
  );
});

test('what is done to many downloads is done to a list as a whole', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann, newProfileUrl());
  await expand(worker, await worker.next('assign', jobId), newEntries(2));
  const answer = await ann.inject({ method: 'POST', url: '/api/downloads/cancel', payload: { all: true } });
  assert.equal(answer.json<{ changed: number }>().changed, 1);
  await tallyIs(jobId, { cancelled: 2 });
  assert.equal((await recordOf(app, jobId)).status, 'cancelled');
});

test('what a crash cut off is done at the next look', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann, newProfileUrl());
  await expand(worker, await worker.next('assign', jobId), newEntries(2));
  const child = await worker.next('assign');
  // As it stands when the server is killed between the order and its execution.
  await downloadModel(app).updateOne(
    { _id: jobId },
    { $set: { status: 'cancelled', 'list.wish': 'cancel', 'list.fanOut': 'cancel', 'list.open': true } },
  );
  await app.agenda.now('downloads.dispatch', {});
  await worker.next('cancel', child.jobId);
  await reaches(app, jobId, ({ list }) => list?.tally.cancelled === 2 && list.fanOut === undefined);
  assert.equal((await recordOf(app, jobId)).status, 'cancelled');
});
