import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import type { DownloadDoc } from '../../../src/features/downloads/model.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, newPostUrl, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { GraphQLSocket } from '../../helpers/graphql-socket.ts';
import { childrenOf, expand, newEntries, newProfileUrl } from '../../helpers/lists.ts';
import { addPerson } from '../../helpers/people.ts';

const { app, origin } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const Download = downloadModel(app);

beforeEach(async () => {
  await Download.deleteMany({});
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) }, $unset: { lane: 1 } });
});

const control = async (jobId: string, name: string) =>
  ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/${name}` });

/** A profile that has been read, with so many posts: one runs, the others wait. */
async function listOf(worker: FakeWorker, count: number): Promise<{ jobId: string; running: string }> {
  const jobId = await submit(ann, newProfileUrl());
  await expand(worker, await worker.next('assign', jobId), newEntries(2));
  const { jobId: running } = await worker.next('assign');
  const waiting = (await childrenOf(app, jobId)).find(({ status }) => status === 'queued');
  assert.ok(waiting !== undefined);
  const { _id: _, ...child } = waiting;
  const copies = Array.from({ length: count - 2 }, (__, index): Omit<DownloadDoc, '_id'> => {
    const key = `x:3${String(index).padStart(18, '0')}`;
    return { ...child, key, activeKey: `${ann.id} ${key}`, seq: child.seq + 10 + index };
  });
  await Download.insertMany(copies);
  return { jobId, running };
}

function idIn(filter: object | undefined): string {
  return filter !== undefined && '_id' in filter ? String(filter._id) : '';
}

/** Resolves when nothing is done to the list's posts any more, and so many of them are in this state. */
const settles = (jobId: string, name: 'paused' | 'queued' | 'cancelled', count: number) =>
  reaches(app, jobId, ({ list }) => list !== undefined && list.fanOut === undefined && list.tally[name] === count);

test('the posts of a long list are changed as sets, each is told of, and no reader is cut off', async (t) => {
  const COUNT = 1_500;
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const { jobId } = await listOf(worker, COUNT);
  // With nobody to begin any of them.
  await worker.close();
  await Download.updateMany({ parent: jobId }, { $set: { status: 'queued' } });
  const socket = await GraphQLSocket.open(t, origin, ann.headers);
  await socket.subscribe('subscription { downloadChanged { id status } }');
  const single = t.mock.method(Download, 'findOneAndUpdate');
  const settled = settles(jobId, 'cancelled', COUNT);
  await control(jobId, 'cancel');
  assert.equal((await settled).status, 'cancelled');
  // Of the list alone, which is counted several times.
  const children = new Set((await childrenOf(app, jobId)).map(({ _id }) => _id.toString()));
  const one = single.mock.calls.filter(({ arguments: [filter] }) => children.has(idIn(filter)));
  assert.equal(one.length, 0);
  for (const told = new Set<string>(); told.size < COUNT;) {
    const { downloadChanged } = (await socket.next()) as { downloadChanged: { id: string; status: string } };
    if (children.has(downloadChanged.id) && downloadChanged.status === 'cancelled') told.add(downloadChanged.id);
  }
});

for (const [name, status] of [
  ['cancel', 'cancelled'],
  ['pause', 'paused'],
] as const) {
  test(`a post that begins while its list is told to ${name} does not escape`, async (t) => {
    const worker = await FakeWorker.connect(t, app, { slots: 1 });
    const { jobId, running } = await listOf(worker, 20);
    const late = (await childrenOf(app, jobId)).at(-1)?._id.toString() ?? '';
    const updateMany = Download.updateMany.bind(Download);
    let began = false;
    t.mock.method(Download, 'updateMany', (...args: Parameters<typeof updateMany>) => {
      const [filter] = args;
      if (began || !('_id' in filter)) return updateMany(...args);
      began = true;
      // Another server has given it to a worker of this one, between the look and the change.
      const begin = { status: 'running', stage: 'probe', worker: 'fake', attempt: 1 } as const;
      return Download.updateOne({ _id: late }, { $set: begin }).then(async () => updateMany(...args));
    });
    const settled = settles(jobId, status, 20);
    await control(jobId, name);
    for (const one of [late, running]) assert.equal((await worker.next(name, one)).attempt, 1);
    assert.equal((await settled).status, status);
    assert.ok(began);
    const left = await Download.countDocuments({ parent: jobId, status: { $ne: status } });
    assert.equal(left, 0);
  });
}

test('of many that are tried again one whose post is on its way is refused, with the reason, and the rest goes through', async () => {
  const urls = [newPostUrl(), newPostUrl(), newPostUrl()] as const;
  const jobs: string[] = [];
  for (const url of urls) jobs.push(await submit(ann, url));
  const [first = '', second = '', third = ''] = jobs;
  await ann.inject({ method: 'POST', url: '/api/downloads/cancel', payload: { ids: jobs } });
  // The person has sent it again meanwhile.
  const again = await submit(ann, urls[1]);
  const answer = await ann.inject({ method: 'POST', url: '/api/downloads/retry', payload: { ids: jobs } });
  const { changed, refusals } = answer.json<{ changed: number; refusals: object[] }>();
  assert.equal(changed, 2);
  assert.deepEqual(refusals, [{ id: second, code: 'MF_ERR_STATE', message: 'This post is on its way already.' }]);
  const statuses = await Promise.all([first, second, third, again].map(async (id) => (await recordOf(app, id)).status));
  assert.deepEqual(statuses, ['queued', 'cancelled', 'queued', 'queued']);
});

test('what may go on, and has begun before anybody could look, was changed', async (t) => {
  const first = await submit(ann);
  const jobs = [first, await submit(ann)];
  await ann.inject({ method: 'POST', url: '/api/downloads/pause', payload: { ids: jobs } });
  const updateMany = Download.updateMany.bind(Download);
  t.mock.method(Download, 'updateMany', (...args: Parameters<typeof updateMany>) =>
    updateMany(...args).then(async (result) => {
      await Download.updateOne({ _id: first }, { $set: { status: 'running', worker: 'fake', attempt: 1 } });
      return result;
    }),
  );
  const answer = await ann.inject({ method: 'POST', url: '/api/downloads/resume', payload: { ids: jobs } });
  assert.deepEqual(answer.json(), { changed: 2, refused: 0, refusals: [], left: 0 });
});

test("others who wait for a post are let go when all of a person's downloads are cancelled", async (t) => {
  const ben = await addPerson(app, 'ben');
  const url = newPostUrl();
  const leader = await submit(ann, url);
  const follower = await submit(ben, url);
  assert.equal((await recordOf(app, follower)).waitsFor?.toString(), leader);
  await ann.inject({ method: 'POST', url: '/api/downloads/cancel', payload: { all: true } });
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  assert.equal((await worker.next('assign')).jobId, follower);
});
