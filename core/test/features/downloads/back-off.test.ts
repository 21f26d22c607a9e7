import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { addPerson } from '../../helpers/people.ts';

test('what waiting can mend is tried again by itself, and the record says when and why', async (t) => {
  const { app } = await listenTestApp(t, { POLITE: 'true' });
  const ann = await addPerson(app, 'ann');
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  await worker.next('assign', jobId);
  const end = { type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_NETWORK', message: 'No answer.' } as const;
  const before = Date.now();
  worker.send(end);
  await worker.next('ack', jobId);
  const { status, heldReason, heldUntil, notBefore } = await recordOf(app, jobId);
  assert.deepEqual([status, heldReason], ['queued', 'MF_ERR_NETWORK']);
  assert.ok(notBefore.getTime() - before >= 8_000 && heldUntil !== undefined);
  // A doubled message changes nothing.
  worker.send(end);
  await worker.next('ack', jobId);
  assert.deepEqual((await recordOf(app, jobId)).notBefore, notBefore);
});

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');

for (const [errorCode, attempts] of [
  ['MF_ERR_NOT_FOUND', 1],
  ['MF_ERR_TIMEOUT', 3],
] as const) {
  test(`${errorCode} reaches a worker ${attempts} times, then the download has failed`, async (t) => {
    const worker = await FakeWorker.connect(t, app);
    const jobId = await submit(ann);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      assert.equal((await worker.next('assign', jobId)).attempt, attempt);
      worker.send({ type: 'failed', jobId, attempt, errorCode, message: 'No.' });
      await worker.next('ack', jobId);
    }
    const record = await recordOf(app, jobId);
    assert.deepEqual([record.status, record.errorCode, record.attempt], ['failed', errorCode, attempts]);
  });
}
