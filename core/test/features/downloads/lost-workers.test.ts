import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DownloadEmitter } from '../../../src/features/downloads/events.ts';
import type { DownloadDoc } from '../../../src/features/downloads/model.ts';
import { DownloadQueue } from '../../../src/features/downloads/queue.ts';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, recordOf, submit } from '../../helpers/downloads.ts';
import { addPerson } from '../../helpers/people.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const Download = downloadModel(app);
const models = { Download, Slot: app.database.model('Slot'), Counter: app.database.model('Counter') };
// The models are the application's own; only their types are lost on the way.
const queue = new DownloadQueue(models as never, new DownloadEmitter(), 'this-server');

async function claim(): Promise<DownloadDoc | null> {
  const slot = { _id: 0, owner: '', server: 'this-server', until: new Date(), fence: 1 };
  const next = await queue.peek();
  return next && queue.claim(next, slot, { worker: 'worker', account: 'anonymous', probe: false });
}

async function loseWorker(jobId: string, how: 'silent' | 'dead'): Promise<void> {
  assert.equal((await claim())?._id.toString(), jobId);
  if (how === 'dead') await queue.requeueWorker('worker');
  else {
    await Download.updateOne({ _id: jobId }, { $set: { leaseUntil: new Date(0) } });
    await queue.requeueSilent();
  }
}

test('a download that has lost five workers has failed; a retry by a person counts anew', async () => {
  const jobId = await submit(ann);
  for (const how of ['silent', 'dead', 'silent', 'dead'] as const) {
    await loseWorker(jobId, how);
    assert.equal((await recordOf(app, jobId)).status, 'queued');
  }
  await loseWorker(jobId, 'silent');
  const { status, errorCode, errorMessage, activeKey } = await recordOf(app, jobId);
  assert.deepEqual([status, errorCode, activeKey], ['failed', 'MF_ERR_INTERNAL', undefined]);
  assert.match(errorMessage ?? '', /5 workers/);
  assert.equal((await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/retry` })).statusCode, 200);
  await loseWorker(jobId, 'silent');
  assert.equal((await recordOf(app, jobId)).status, 'queued');
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` });
});

test('a server that ends takes no blame to its jobs', async () => {
  const jobId = await submit(ann);
  for (let round = 0; round < 6; round += 1) {
    assert.equal((await claim())?._id.toString(), jobId);
    await queue.requeueOwn();
  }
  assert.equal((await recordOf(app, jobId)).status, 'queued');
});
