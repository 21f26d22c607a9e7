import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import type { DownloadDoc } from '../../../src/features/downloads/model.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { EventStream } from '../../helpers/event-stream.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const THROTTLE_MS = 100;
const { app, origin } = await listenTestApp({ after }, { PROGRESS_THROTTLE_MS: String(THROTTLE_MS) });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const sea = await pictureOf(1);

beforeEach(async () => {
  await downloadModel(app).deleteMany({});
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) } });
});

/** What is told of one download from now on. */
function changesOf(jobId: string): { at: number; download: DownloadDoc }[] {
  const changes: { at: number; download: DownloadDoc }[] = [];
  app.downloads.events.on('change', (download) => {
    if (download._id.toString() === jobId) changes.push({ at: performance.now(), download });
  });
  return changes;
}

test('of a flood of progress little is stored, the last of it always, and it never goes back', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  await worker.next('assign');
  const changes = changesOf(jobId);
  const stages = ['probe', 'fetch', 'verify', 'process'] as const;
  const began = performance.now();
  for (let step = 0; step <= 2000; step += 1) {
    // Stages that alternate, and numbers that now and then jump back.
    const stage = stages[step % stages.length] ?? 'fetch';
    const progress = step % 7 === 0 ? 1 : step / 25;
    worker.send({ type: 'progress', jobId, attempt: 1, stage, progress, speed: step });
    if (step % 100 === 0) await worker.settled();
  }
  const last = await reaches(app, jobId, ({ progress }) => progress === 1999 / 25 || progress === 80);
  const seconds = (performance.now() - began) / 1000;
  const told = changes.map(({ download }) => download.progress);
  assert.deepEqual(
    told,
    told.toSorted((a, b) => a - b),
  );
  assert.ok(told.length <= Math.ceil((seconds * 1000) / THROTTLE_MS) + 1, `${told.length} in ${seconds} s`);
  assert.ok(last.progress >= 79.9);
});

test('a job that ends is told at once, and nothing that was said before is told after it', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const assign = await worker.next('assign');
  const changes = changesOf(jobId);
  const items = await worker.stage(assign, [sea]);
  worker.send({ type: 'progress', jobId, attempt: 1, stage: 'fetch', progress: 10, speed: 5, eta: 9 });
  worker.send({ type: 'progress', jobId, attempt: 1, stage: 'fetch', progress: 20, speed: 5, eta: 8 });
  worker.sendStaged(assign, items);
  await worker.next('ack', jobId);
  worker.send({ type: 'progress', jobId, attempt: 1, stage: 'fetch', progress: 30 });
  await worker.settled();
  const stages = changes.map(({ download }) => [download.status, download.stage]);
  assert.deepEqual(stages.at(-1), ['completed', undefined]);
  assert.deepEqual(stages.at(-2), ['running', 'store']);
  const { progress, speed, eta } = await recordOf(app, jobId);
  assert.deepEqual([progress, speed, eta], [100, undefined, undefined]);
});

test('events of a download come in order, with the fields that scripts rely on', async (t) => {
  const stream = await EventStream.open(t, `${origin}/api/events`, ann.headers);
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  await submit(ben);
  const assign = await worker.next('assign', jobId);
  worker.send({
    type: 'progress',
    jobId,
    attempt: 1,
    stage: 'fetch',
    progress: 40,
    speed: 1000,
    eta: 3,
    totalBytes: 5000,
  });
  worker.sendStaged(assign, await worker.stage(assign, [sea]));
  const events = await stream.until('completed');
  assert.ok(
    events.every(({ data }) => data['jobId'] === jobId),
    "somebody else's event",
  );
  assert.deepEqual(
    events.slice(0, 2).map(({ event, data }) => [event, data]),
    [
      ['job-update', { jobId, status: 'queued', progress: 0 }],
      ['job-update', { jobId, status: 'running', stage: 'probe', progress: 0 }],
    ],
  );
  assert.equal(events.at(-2)?.data['stage'], 'store');
  assert.deepEqual(Object.keys(events.at(-1)?.data ?? {}), ['jobId', 'filename', 'size', 'outputPath']);
  assert.equal(events.at(-1)?.data['outputPath'], `final/${sea.sha256}.jpg`);
});

test('a stream that comes back with its last id gets what it missed, and nothing twice', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  await worker.next('assign', jobId);
  const stream = await EventStream.open(t, `${origin}/api/downloads/${jobId}/events`, ann.headers);
  const [snapshot] = [await stream.next()];
  assert.deepEqual(snapshot?.data, { jobId, status: 'running', stage: 'probe', progress: 0 });
  worker.send({ type: 'progress', jobId, attempt: 1, stage: 'fetch', progress: 40 });
  const seen = await stream.next();
  stream.close();
  worker.send({ type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_PRIVATE', message: 'Not for everybody.' });
  await worker.next('ack', jobId);
  const back = await EventStream.open(t, `${origin}/api/downloads/${jobId}/events`, {
    ...ann.headers,
    'last-event-id': seen?.id ?? '',
  });
  const missed = await back.next();
  assert.deepEqual(
    [missed?.event, missed?.data],
    ['failed', { jobId, errorCode: 'MF_ERR_PRIVATE', message: 'Not for everybody.' }],
  );
});

for (const lastEventId of ['0-0', 'nonsense', '-1', 'NaN-NaN']) {
  test(`a stream whose last id is ${lastEventId} starts with the present state`, async (t) => {
    const jobId = await submit(ann);
    const headers = { ...ann.headers, 'last-event-id': lastEventId };
    const stream = await EventStream.open(t, `${origin}/api/events`, headers);
    assert.deepEqual((await stream.next())?.data, { jobId, status: 'queued', progress: 0 });
  });
}

test("somebody else's download has no stream", async () => {
  const jobId = await submit(ann);
  assertProblem(await ben.inject({ url: `/api/downloads/${jobId}/events` }), 404, 'MF_ERR_UNKNOWN');
});

test('a stream that its reader leaves keeps no listener', async (t) => {
  const { events } = app.downloads;
  const before = events.listenerCount('event');
  const stream = await EventStream.open(t, `${origin}/api/events`, ann.headers);
  assert.equal(events.listenerCount('event'), before + 1);
  stream.close();
  await new Promise<void>((resolve) => {
    const look = (): void => (events.listenerCount('event') === before ? resolve() : void setImmediate(look));
    look();
  });
});
