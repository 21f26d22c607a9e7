import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, newPostUrl, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const sea = await pictureOf(1);

beforeEach(async () => {
  // The worker of an earlier test has gone when the server knows it: until then it is given jobs.
  while (app.downloads.workers().length > 0) await delay(10);
  await downloadModel(app).deleteMany({});
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) }, $unset: { lane: 1 } });
});

interface Outcome {
  readonly changed: number;
  readonly refused: number;
  readonly refusals: readonly { readonly id: string; readonly code: string }[];
  readonly left: number;
}

const control = async (action: string, payload: object): Promise<Outcome> =>
  (await ann.inject({ method: 'POST', url: `/api/downloads/${action}`, payload })).json<Outcome>();
const statusesOf = async (ids: readonly string[]): Promise<string[]> =>
  Promise.all(ids.map(async (id) => (await recordOf(app, id)).status));
const submitMany = async (count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push(await submit(ann));
  return ids;
};

test('a selection is changed one by one: what does not fit is refused with its reason, the rest goes through', async () => {
  const [first = '', second = '', third = ''] = await submitMany(3);
  const bens = await submit(ben);
  await ann.inject({ method: 'POST', url: `/api/downloads/${second}/cancel` });
  const none = 'f'.repeat(24);
  const outcome = await control('pause', { ids: [first, second, third, first, bens, none] });
  assert.deepEqual([outcome.changed, outcome.refused, outcome.left], [2, 3, 0]);
  assert.deepEqual(
    new Map(outcome.refusals.map(({ id, code }) => [id, code])),
    new Map([
      [second, 'MF_ERR_STATE'],
      [bens, 'MF_ERR_UNKNOWN'],
      [none, 'MF_ERR_UNKNOWN'],
    ]),
  );
  assert.deepEqual(await statusesOf([first, second, third, bens]), ['paused', 'cancelled', 'paused', 'queued']);
});

test('all are paused, nothing begins meanwhile, and all go on in their order', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobs = await submitMany(12);
  const bens = await submit(ben);
  assert.equal((await worker.next('assign')).jobId, jobs[0]);
  assert.equal((await control('pause', { all: true })).changed, 12);
  assert.deepEqual(new Set(await statusesOf(jobs)), new Set(['paused']));
  assert.equal((await recordOf(app, bens)).status, 'queued');
  await worker.next('pause', jobs[0]);
  worker.send({ type: 'paused', jobId: jobs[0] ?? '', attempt: 1 });
  // Only the other person's is left.
  assert.equal((await worker.complete([sea])).jobId, bens);
  assert.equal((await control('resume', { all: true })).changed, 12);
  for (const jobId of jobs) assert.equal((await worker.complete([sea])).jobId, jobId);
});

test('retry of all means what has failed; cancel of all what is not over, of one platform if so wished', async () => {
  const [failed = '', cancelled = '', queued = ''] = await submitMany(3);
  const other = await submit(ann, 'https://www.instagram.com/p/Cbbbbbbbbbb/');
  await control('cancel', { ids: [cancelled] });
  await downloadModel(app).updateOne({ _id: failed }, { $set: { status: 'failed' }, $unset: { activeKey: 1 } });
  assert.equal((await control('retry', { all: true })).changed, 1);
  assert.deepEqual(await statusesOf([failed, cancelled, queued]), ['queued', 'cancelled', 'queued']);
  assert.equal((await control('cancel', { all: true, platform: 'instagram' })).changed, 1);
  assert.deepEqual(await statusesOf([failed, queued, other]), ['queued', 'queued', 'cancelled']);
});

test('GraphQL does the same, and takes what is over off the list', async () => {
  const jobs = await submitMany(3);
  const run = async (args: string) =>
    ann.graphql(`mutation { controlDownloads(${args}) { changed refused left refusals { id code message } } }`);
  const cancelled = await run(`action: cancel, ids: ["${jobs.join('","')}"]`);
  assert.deepEqual(cancelled.data?.['controlDownloads'], { changed: 3, refused: 0, left: 0, refusals: [] });
  const dismissed = await run('action: dismiss, all: true');
  assert.deepEqual(dismissed.data?.['controlDownloads'], { changed: 3, refused: 0, left: 0, refusals: [] });
  for (const wrong of ['', ', ids: []', `, ids: ["${jobs[0] ?? ''}"], all: true`, ', all: false']) {
    const answer = await run(`action: cancel${wrong}`);
    assert.equal(answer.errors?.[0]?.extensions?.code, 'MF_ERR_VALIDATION', wrong);
  }
  const nonsense = await run('action: cancel, ids: ["nonsense"]');
  assert.deepEqual(
    (nonsense.data?.['controlDownloads'] as Outcome).refusals.map(({ code }) => code),
    ['MF_ERR_UNKNOWN'],
  );
});

test('more than a thousand ids, and what is no selection, are refused', async () => {
  const ids = Array.from({ length: 1001 }, (_, index) => index.toString(16).padStart(24, '0'));
  for (const payload of [{ ids }, {}, { ids: [] }, { all: true, ids: ids.slice(0, 1) }, { ids: ['x'] }, { some: 1 }])
    assertProblem(
      await ann.inject({ method: 'POST', url: '/api/downloads/cancel', payload }),
      400,
      'MF_ERR_VALIDATION',
    );
});

test("a person's click goes before what runs by itself, and takes it along", async (t) => {
  const url = newPostUrl();
  const follow = { userId: ann.id, for: 'follow' } as const;
  const { download: first } = await app.downloads.submit({ ...follow, url: newPostUrl() });
  const { download: wanted } = await app.downloads.submit({ ...follow, url });
  const { download: others } = await app.downloads.submit({ ...follow, url: newPostUrl() });
  const clicked = await submit(ann);
  // Somebody else waits for the same post; and the follow comes again, which takes nothing back.
  await submit(ben, url);
  await app.downloads.submit({ ...follow, url });
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const order: string[] = [];
  for (let count = 0; count < 4; count += 1) order.push((await worker.complete([sea])).jobId);
  assert.deepEqual(order, [wanted._id.toString(), clicked, first._id.toString(), others._id.toString()]);
});

test('what waits is read page by page in the order in which it runs', async () => {
  const jobs = await submitMany(5);
  const read = async (cursor: string | null): Promise<{ items: { id: string }[]; nextCursor: string | null }> => {
    const query = `query ($cursor: String) {
      downloads(status: [queued], limit: 3, oldestFirst: true, cursor: $cursor) { items { id } nextCursor }
    }`;
    const answer = await ann.inject({ method: 'POST', url: '/graphql', payload: { query, variables: { cursor } } });
    return answer.json<{ data: { downloads: { items: { id: string }[]; nextCursor: string | null } } }>().data
      .downloads;
  };
  const first = await read(null);
  const second = await read(first.nextCursor);
  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    jobs,
  );
  assert.equal(second.nextCursor, null);
});
