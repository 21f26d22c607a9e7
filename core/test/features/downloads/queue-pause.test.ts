import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { DownloadStatus } from '../../../src/features/downloads/model.ts';
import { listenTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import { downloadModel, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { GraphQLSocket } from '../../helpers/graphql-socket.ts';
import { addPerson } from '../../helpers/people.ts';
import type { TestPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const sea = await pictureOf(1);

const paused = async (person: TestPerson): Promise<boolean> =>
  (await person.inject({ url: '/api/queue' })).json<{ paused: boolean }>().paused;
const turn = async (person: TestPerson, how: 'pause' | 'resume') =>
  person.inject({ method: 'POST', url: `/api/queue/${how}` });

async function jobsBy(app: FastifyInstance, status: DownloadStatus): Promise<number> {
  return downloadModel(app).countDocuments({ status });
}

test('a pause of everything gives back what runs at once, survives a restart, and ends at once', async (t) => {
  const DATA_DIR = await makeDataDir(t);
  const first = await listenTestApp(t, { DATA_DIR });
  const admin = await addPerson(first.app, 'admin', 'admin');
  const ann = await addPerson(first.app, 'ann');
  const worker = await FakeWorker.connect(t, first.app);
  const jobs = [await submit(ann), await submit(ann), await submit(ann), await submit(ann)];
  const [assign] = [await worker.next('assign', jobs[0]), await worker.next('assign', jobs[2])];
  await worker.stage(assign, [sea]);
  assertProblem(await turn(ann, 'pause'), 403, 'MF_ERR_FORBIDDEN');
  assert.equal(await paused(ann), false);
  assert.equal((await turn(admin, 'pause')).statusCode, 200);
  for (const jobId of jobs.slice(0, 3)) {
    await worker.next('pause', jobId);
    worker.send({ type: 'paused', jobId, attempt: 1 });
    await worker.next('ack', jobId);
  }
  assert.equal(await jobsBy(first.app, 'queued'), 4);
  assert.ok(existsSync(worker.stagingOf(assign)), 'partial files stay');
  await submit(ann);
  await worker.settled();
  assert.equal(await jobsBy(first.app, 'queued'), 5);
  await worker.close();
  await first.app.close();

  const { app } = await listenTestApp(t, { DATA_DIR });
  const again = await FakeWorker.connect(t, app);
  await again.settled();
  assert.equal(await jobsBy(app, 'queued'), 5);
  const later = { ...admin, inject: async (options: object) => app.inject({ headers: admin.headers, ...options }) };
  assert.equal(await paused(later), true);
  assert.equal((await turn(later, 'resume')).statusCode, 200);
  const next = await again.next('assign', jobs[0]);
  assert.equal(next.attempt, 2);
  // It was no attempt of its own.
  assert.equal((await recordOf(app, jobs[0] ?? '')).attemptBase, 1);
});

test('what is just being put away is put away', async (t) => {
  const { app } = await listenTestApp(t);
  const ann = await addPerson(app, 'ann');
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  await worker.next('assign');
  await downloadModel(app).updateOne({ _id: jobId }, { $set: { stage: 'store' } });
  await app.downloads.pause.pause();
  assert.equal((await recordOf(app, jobId)).status, 'running');
});

test('everybody is told', async (t) => {
  const { app, origin } = await listenTestApp(t);
  const admin = await addPerson(app, 'admin', 'admin');
  const ann = await addPerson(app, 'ann');
  const socket = await GraphQLSocket.open(t, origin, ann.headers);
  await socket.subscribe('subscription { downloadQueueChanged { paused } }');
  await admin.graphql('mutation { pauseQueue { paused since } }');
  assert.deepEqual(await socket.next(), { downloadQueueChanged: { paused: true } });
  assert.deepEqual((await ann.graphql('{ downloadQueue { paused } }')).data, { downloadQueue: { paused: true } });
  await admin.graphql('mutation { resumeQueue { paused } }');
  assert.deepEqual(await socket.next(), { downloadQueueChanged: { paused: false } });
});
