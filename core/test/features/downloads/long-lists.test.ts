import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { LISTED_BATCH } from '../../../src/channel/messages.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, reaches } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { keyOfEntry, newEntries, newProfileUrl, tell } from '../../helpers/lists.ts';
import { addPerson } from '../../helpers/people.ts';

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');

const COUNT = 150;
const PAGE = 60;
const BEAT_MS = 1_000;

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly nextCursor: string | null;
}

/** Batches of a list that goes on and on: made as they are told. */
function* batches(count: number): Generator<ReturnType<typeof newEntries>> {
  for (let told = 0; told < count; told += LISTED_BATCH) yield newEntries(LISTED_BATCH);
}

test('a list of very many posts gives as many as are wanted, is read page by page, and is cancelled as one', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const submitted = await ann.inject({
    method: 'POST',
    url: '/api/downloads',
    payload: { url: newProfileUrl(), options: { count: COUNT } },
  });
  const { jobId } = submitted.json<{ jobId: string }>();
  const assign = await worker.next('assign', jobId);
  // However slow the machine is: what is in hand stays in hand.
  const hand = [assign];
  const beat = setInterval(() => {
    worker.send({ type: 'heartbeat', running: hand.map((job) => ({ jobId: job.jobId, attempt: job.attempt })) });
  }, BEAT_MS);
  t.after(() => clearInterval(beat));
  const keys: string[] = [];
  // What comes after the last one that is wanted costs next to nothing, and nothing of it is taken.
  for (const entries of batches(COUNT * 5)) {
    keys.push(...entries.map(keyOfEntry));
    await tell(worker, assign, entries);
  }
  worker.send({ type: 'expanded', jobId, attempt: assign.attempt });
  await worker.next('ack', jobId);
  // One of its posts is fetched from now on.
  const running = await worker.next('assign');
  hand.splice(0, 1, running);

  const seen: string[] = [];
  let cursor = '';
  do {
    const url = `/api/downloads?parent=${jobId}&limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { items, nextCursor } = (await ann.inject({ url })).json<Page>();
    assert.ok(items.length <= PAGE);
    seen.push(...items.map(({ id }) => id));
    cursor = nextCursor ?? '';
  } while (cursor !== '');
  const children = await downloadModel(app).find({ parent: jobId }, { key: 1 }).sort({ seq: 1 }).lean();
  assert.deepEqual(
    children.map(({ key }) => key),
    keys.slice(0, COUNT),
  );
  assert.deepEqual(
    seen,
    children.map(({ _id }) => _id.toString()),
  );

  const cancelled = reaches(
    app,
    jobId,
    ({ list }) => list?.tally.cancelled === COUNT && list.fanOut === undefined && !list.open,
  );
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` });
  await worker.next('cancel', running.jobId);
  hand.length = 0;
  assert.equal((await cancelled).status, 'cancelled');
});
