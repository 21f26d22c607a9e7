import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import test, { after } from 'node:test';
import { BulkJobs } from '../../../src/features/library/bulk/bulk-jobs.ts';
import { BulkWatch } from '../../../src/features/library/bulk/bulk-watch.ts';
import { Leases } from '../../../src/features/library/leases.ts';
import type { BulkDoc, BulkStepDoc } from '../../../src/features/library/bulk/bulk-model.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { GraphQLSocket } from '../../helpers/graphql-socket.ts';
import { linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { until } from '../../worker/helpers/until.ts';
import { addPost, addPosts } from '../../helpers/posts.ts';

const { app, origin } = await listenTestApp({ after });
// The tests say themselves when jobs are worked on.
await app.agenda.stop();
const { bulk, folders, query } = app.library;
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
/** More than one batch of X, and some others. */
const X = 104;
const COUNT = X + 6;
await addPosts(
  app,
  ann.id,
  Array.from({ length: COUNT }, (_post, n) => ({ platform: n < X ? 'x' : 'reddit', hashtags: ['Sea'] })),
);
await addPost(app, ben.id);
const models = {
  BulkJob: app.database.model<BulkDoc>('BulkJob'),
  BulkStep: app.database.model<BulkStepDoc>('BulkStep'),
  Link: linkModel(app),
};
const jobModel = app.database.model<BulkDoc>('BulkJob');
const START = `mutation($action: BulkAction!, $options: BulkOptions, $filter: LibraryFilter, $ids: [ID!]) {
  startBulk(action: $action, options: $options, filter: $filter, ids: $ids) { id status total }
}`;

/** The job when it has ended: work that was just ending when it came is followed by its own. */
async function ended(id: string): Promise<BulkDoc> {
  await bulk.work();
  await bulk.work();
  return jobModel.findById(id).lean().orFail();
}

const run = async (request: Parameters<typeof bulk.start>[1]): Promise<BulkDoc> =>
  ended(String((await bulk.start(ann.id, request))._id));

test('all that a filter shows is filed by one job, which tells how far it is', async (t) => {
  const folder = await folders.create(ann.id, 'All of X');
  const socket = await GraphQLSocket.open(t, origin, ann.headers);
  await socket.subscribe('subscription { bulkChanged { status done total } }');
  const options = { folder: String(folder._id) };
  const { data } = await ann.graphql(START, { action: 'addToFolder', options, filter: { platform: 'x' } });
  const { id, total } = data?.['startBulk'] as { id: string; total: number };
  assert.equal(total, X);
  assert.equal((await ended(id)).failed, 0);
  const told: unknown[] = [await socket.next(), await socket.next()];
  assert.deepEqual(told, [
    { bulkChanged: { status: 'running', done: 100, total: X } },
    { bulkChanged: { status: 'done', done: X, total: X } },
  ]);
  assert.equal((await folders.get(ann.id, options.folder)).count, X);
  // Taking out what the filter itself is about still reaches each one.
  await run({ action: 'removeFromFolder', options, filter: { folder: options.folder } });
  assert.equal((await folders.get(ann.id, options.folder)).count, 0);
  assert.equal((await query.count(ann.id, { folder: 'inbox' })).value, COUNT);
});

test('a tag is renamed, and merged into another', async () => {
  await run({ action: 'addTags', options: { tags: ['Old'] }, filter: { platform: 'x' } });
  await run({ action: 'addTags', options: { tags: ['New'] }, filter: { platform: 'reddit' } });
  await run({ action: 'renameTag', options: { tags: ['old'], to: 'New' }, filter: { tag: 'old' } });
  assert.equal((await query.count(ann.id, { tag: 'new' })).value, COUNT);
  assert.equal((await query.count(ann.id, { tag: 'old' })).value, 0);
  // What the post itself says stays.
  await run({ action: 'renameTag', options: { tags: ['Sea'], to: 'Ocean' }, filter: { tag: 'sea' } });
  assert.deepEqual(
    (await app.library.tags.suggest(ann.id)).map(({ name, count }) => [name, count]),
    [
      ['New', COUNT],
      ['Sea', COUNT],
    ],
  );
});

test('a tag of many posts is counted once for each batch', async (t) => {
  const { mock } = t.mock.method(linkModel(app), 'countDocuments');
  const job = await run({ action: 'addTags', options: { tags: ['Often'] }, filter: { platform: 'x' } });
  assert.deepEqual([job.done, job.failed], [X, 0]);
  // And what the job itself is counted by.
  assert.ok(mock.callCount() <= 10, `${mock.callCount()} times`);
  assert.deepEqual((await app.library.tags.suggest(ann.id, 'often'))[0]?.count, X);
  await run({ action: 'removeTags', options: { tags: ['Often'] }, filter: { tag: 'often' } });
});

test('a batch that takes longer than a lease keeps it', async (t) => {
  const [own] = await linkModel(app).find({ user: ann.id }).lean();
  const { promise: open, resolve: letGo } = Promise.withResolvers<undefined>();
  const { organizer, tags } = app.library;
  const waits = async (): Promise<undefined> => open;
  const tools = { folders, organizer, tags, trash: waits, restore: waits, remove: waits };
  const leases = new Leases('slow', 60_000);
  const slow = new BulkJobs({ models, query, tools, leases });
  const { _id } = await slow.start(ann.id, { action: 'trash', options: {}, ids: [String(own?._id)] });
  t.mock.timers.enable({ apis: ['setInterval'] });
  const working = slow.work();
  const lease = async () => (await jobModel.findById(_id).lean())?.lease;
  await until(async () => (await lease()) !== undefined);
  const first = await lease();
  t.mock.timers.tick(leases.renewalMs);
  await until(async () => (await lease())?.until.getTime() !== first?.until.getTime());
  assert.equal((await lease())?.token, first?.token);
  letGo(undefined);
  await working;
  assert.equal((await jobModel.findById(_id).lean())?.status, 'done');
});

test('a job that was stopped is not taken back before its batch is done', async () => {
  const [own] = await linkModel(app).find({ user: ann.id }).lean();
  const id = String(own?._id);
  const { promise: open, resolve: letGo } = Promise.withResolvers<undefined>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
  const { organizer, tags } = app.library;
  const trash = async (...link: [string, string]): Promise<void> => {
    begin(undefined);
    await open;
    await app.library.trash(...link);
  };
  const tools = { folders, organizer, tags, trash, restore: trash, remove: trash };
  const slow = new BulkJobs({ models, query, tools, leases: new Leases('slow', 600_000) });
  const { _id } = await slow.start(ann.id, { action: 'trash', options: {}, ids: [id] });
  const working = slow.work();
  await begun;
  await bulk.cancel(ann.id, String(_id));
  await assert.rejects(bulk.undo(ann.id, String(_id)), { code: 'MF_ERR_STATE' });
  letGo(undefined);
  await working;
  const state = async () => (await linkModel(app).findById(id).lean())?.state;
  assert.equal(await state(), 'trashed');
  const back = await ended(String((await bulk.undo(ann.id, String(_id)))._id));
  assert.deepEqual([back.status, back.failed, await state()], ['done', 0, 'active']);
});

test('whoever listens on one server hears of a job that another one does', async (t) => {
  const events = new EventEmitter<{ change: [BulkDoc] }>();
  const told: string[] = [];
  events.on('change', ({ status, done }) => told.push(`${status} ${done}`));
  const watch = new BulkWatch({ models: models, events, server: 'here', onError: assert.ifError });
  t.after(() => watch.stop());
  const { _id } = await bulk.start(ann.id, { action: 'favourite', options: {}, filter: { platform: 'none' } });
  const lease = (server: string) => ({ server, token: 'a', until: new Date(Date.now() + 1e6) });
  for (const set of [
    { status: 'running', lease: lease('there') },
    { done: 100 },
    {},
    { done: 200, lease: lease('here') },
    { lease: lease('there') },
    { status: 'done', done: 210 },
    {},
  ]) {
    await jobModel.updateOne({ _id }, { $set: set });
    if ('status' in set && set.status === 'done') await jobModel.updateOne({ _id }, { $unset: { lease: 1 } });
    await watch.look();
  }
  assert.deepEqual(told, ['running 0', 'running 100', 'running 200', 'done 210']);
});

test('a job that is cancelled stops after its batch; another server goes on with one whose server went', async () => {
  const cancelled = await bulk.start(ann.id, { action: 'favourite', options: {}, filter: {} });
  bulk.events.once('change', (job) => void bulk.cancel(ann.id, String(job._id)));
  const { status } = await ended(String(cancelled._id));
  assert.equal(status, 'cancelled');
  const marked = (await query.count(ann.id, { favourite: true })).value;
  assert.ok(marked >= 100 && marked <= COUNT, String(marked));

  const left = await bulk.start(ann.id, { action: 'favourite', options: {}, filter: {} });
  const dead = { server: 'another', token: 'gone', until: new Date(0) };
  await jobModel.updateOne({ _id: left._id }, { $set: { status: 'running', lease: dead } });
  assert.equal((await ended(String(left._id))).done, COUNT);
  assert.equal((await query.count(ann.id, { favourite: true })).value, COUNT);
});

test('ids of others and ids that are gone are told as failed and change nothing', async () => {
  const [own] = await linkModel(app).find({ user: ann.id }).lean();
  const [foreign] = await linkModel(app).find({ user: ben.id }).lean();
  assert.ok(own && foreign);
  const job = await run({
    action: 'trash',
    options: {},
    ids: [own, foreign].map(({ _id }) => String(_id)).concat('f'.repeat(24)),
  });
  assert.deepEqual([job.status, job.done, job.failed], ['done', 3, 2]);
  assert.equal((await query.count(ann.id, { trash: true })).value, 1);
  assert.equal((await query.count(ben.id, {})).value, 1);
  await run({ action: 'restore', options: {}, filter: { trash: true } });
  assert.equal((await query.count(ann.id, {})).value, COUNT);
});

test('what cannot be meant is refused with a code', async () => {
  const many = Array.from({ length: 10_001 }, (_item, n) => n.toString(16).padStart(24, '0'));
  const foreign = await folders.create(ben.id, 'Mine');
  for (const [variables, code] of [
    [{ action: 'trash', ids: many }, 'MF_ERR_VALIDATION'],
    [{ action: 'trash' }, 'MF_ERR_VALIDATION'],
    [{ action: 'trash', ids: ['x'] }, 'MF_ERR_VALIDATION'],
    [{ action: 'trash', ids: [], filter: {} }, 'MF_ERR_VALIDATION'],
    [{ action: 'addToFolder', filter: {} }, 'MF_ERR_VALIDATION'],
    [{ action: 'addToFolder', filter: {}, options: { folder: String(foreign._id) } }, 'MF_ERR_UNKNOWN'],
    [{ action: 'trash', filter: { folder: String(foreign._id) } }, 'MF_ERR_UNKNOWN'],
    [{ action: 'addTags', filter: {} }, 'MF_ERR_VALIDATION'],
    [{ action: 'renameTag', filter: {}, options: { tags: ['a'] } }, 'MF_ERR_VALIDATION'],
  ] as const) {
    const { errors } = await ann.graphql(START, variables);
    assert.equal(errors?.[0]?.extensions?.code, code, JSON.stringify(variables).slice(0, 80));
  }
  const hundredThousand = Array.from({ length: 100_000 }, (_item, n) => n.toString(16).padStart(24, '0'));
  const answer = await ann.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query: START, variables: { action: 'trash', ids: hundredThousand } },
  });
  assert.ok(answer.statusCode < 500 && answer.body.includes('MF_ERR_'), answer.body.slice(0, 200));
  const { errors } = await ben.graphql(
    `mutation { cancelBulk(id: "${String((await bulk.list(ann.id))[0]?._id)}") { id } }`,
  );
  assert.equal(errors?.[0]?.extensions?.code, 'MF_ERR_UNKNOWN');
});
