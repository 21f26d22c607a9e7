import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { BulkDoc } from '../../../src/features/library/bulk/bulk-model.ts';
import type { BulkRequest } from '../../../src/features/library/bulk/bulk-request.rules.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { addPosts } from '../../helpers/posts.ts';

const { app } = await listenTestApp({ after });
// The tests say themselves when jobs are worked on.
await app.agenda.stop();
const { bulk, folders } = app.library;
const ann = await addPerson(app, 'ann');
/** More than a page ever reads of a list. */
const COUNT = 1001;
/** Posts of a platform with few; one batch. */
const FEW = 40;
const jobs = app.database.model<BulkDoc>('BulkJob');
const UNDO = 'mutation($id: ID!) { undoBulk(id: $id) { id status total undoable } }';
let trips = '';
let meals = '';

before(async () => {
  await addPosts(
    app,
    ann.id,
    Array.from({ length: COUNT }, (_post, n) => ({ platform: n < FEW ? 'reddit' : 'x' })),
  );
  [trips, meals] = (await Promise.all(
    ['Trips', 'Meals'].map(async (name) => String((await folders.create(ann.id, name))._id)),
  )) as [string, string];
  const few = { filter: { platform: 'reddit' } };
  await run({ action: 'addToFolder', options: { folder: trips }, ...few });
  await run({ action: 'addTags', options: { tags: ['Sea'] }, ...few });
  await run({ action: 'favourite', options: {}, ...few });
});

/** The job when it has ended: work that was just ending when it came is followed by its own. */
async function ended(id: string): Promise<BulkDoc> {
  await bulk.work();
  await bulk.work();
  return jobs.findById(id).lean().orFail();
}

async function run(request: BulkRequest): Promise<BulkDoc> {
  return ended(String((await bulk.start(ann.id, request))._id));
}

async function undo({ _id }: BulkDoc): Promise<BulkDoc> {
  const { data, errors } = await ann.graphql(UNDO, { id: String(_id) });
  assert.equal(errors, undefined);
  return ended((data?.['undoBulk'] as { id: string }).id);
}

/** All that a change may touch, of every post. */
async function state(): Promise<unknown> {
  const links = await linkModel(app).find({ user: ann.id }).sort({ _id: 1 }).lean();
  return {
    links: links.map((link) => [
      String(link._id),
      link.state,
      link.favourite ?? false,
      link.inbox ?? false,
      link.folders.map(String).sort(),
      [...link.tags].sort(),
      [...link.terms].sort(),
    ]),
    counts: await Promise.all([trips, meals].map(async (id) => (await folders.get(ann.id, id)).count)),
    tags: (await app.library.tags.suggest(ann.id)).map(({ name, count }) => [name, count]),
  };
}

const ALL: readonly (() => BulkRequest)[] = [
  () => ({ action: 'addToFolder', options: { folder: trips }, filter: {} }),
  () => ({ action: 'trash', options: {}, filter: {} }),
];
for (const request of ALL) {
  test(`${request().action} of all ${COUNT} is taken back for all of them`, async () => {
    const known = await state();
    const job = await run(request());
    assert.deepEqual([job.status, job.done, job.failed], ['done', COUNT, 0]);
    assert.notDeepEqual(await state(), known);
    const back = await undo(job);
    assert.deepEqual([back.status, back.failed, back.done], ['done', 0, back.total]);
    assert.deepEqual(await state(), known);
  });
}

const SOME: readonly (() => BulkRequest)[] = [
  () => ({ action: 'addTags', options: { tags: ['sea', 'Blue'] }, filter: { platform: 'reddit' } }),
  () => ({ action: 'moveToFolder', options: { folder: meals, from: trips }, filter: { folder: trips } }),
  () => ({ action: 'removeFromFolder', options: { folder: trips }, filter: { folder: trips } }),
  () => ({ action: 'toInbox', options: {}, filter: { platform: 'reddit' } }),
  () => ({ action: 'removeTags', options: { tags: ['Sea'] }, filter: { tag: 'sea' } }),
  () => ({ action: 'unfavourite', options: {}, filter: { favourite: true } }),
];
for (const request of SOME) {
  test(`${request().action} is taken back, also when a crash had it done twice`, async () => {
    const known = await state();
    const job = await run(request());
    assert.equal(job.done, FEW);
    // As if the server had gone between the change and its note of it; the list may be without these posts by now.
    const dead = { server: 'another', token: 'gone', until: new Date(0) };
    await jobs.updateOne({ _id: job._id }, { $set: { status: 'running', lease: dead }, $unset: { cursor: 1 } });
    assert.equal((await ended(String(job._id))).status, 'done');
    assert.equal((await undo(job)).total, FEW);
    assert.deepEqual(await state(), known);
  });
}

test('a job that was stopped is taken back as far as it came', async () => {
  const known = await state();
  const started = await bulk.start(ann.id, { action: 'favourite', options: {}, filter: {} });
  bulk.events.once('change', (job) => void bulk.cancel(ann.id, String(job._id)));
  const job = await ended(String(started._id));
  assert.equal(job.status, 'cancelled');
  await undo(job);
  assert.deepEqual(await state(), known);
});

test('a folder that is gone meanwhile fails for its posts; the others come back', async () => {
  const gone = await folders.create(ann.id, 'Soon gone');
  const few = { filter: { platform: 'reddit' } };
  await run({ action: 'addToFolder', options: { folder: String(gone._id) }, ...few });
  const job = await run({ action: 'toInbox', options: {}, ...few });
  await folders.remove(ann.id, String(gone._id), 'keep');
  const back = await undo(job);
  assert.deepEqual([back.status, back.failed], ['done', FEW]);
  assert.equal((await folders.get(ann.id, trips)).count, FEW);
});

test('what cannot be taken back is refused', async () => {
  const refused = async (id: string): Promise<unknown> =>
    (await ann.graphql(UNDO, { id })).errors?.[0]?.extensions?.code;
  const few = { options: {}, filter: { platform: 'reddit' } };
  const waiting = await bulk.start(ann.id, { action: 'unfavourite', ...few });
  assert.equal(await refused(String(waiting._id)), 'MF_ERR_STATE', 'while it waits');
  const job = await ended(String(waiting._id));
  const back = await undo(job);
  assert.equal(await refused(String(job._id)), 'MF_ERR_STATE', 'twice');
  assert.equal(await refused(String(back._id)), 'MF_ERR_STATE', 'an undo');
  const renamed = await run({ action: 'renameTag', options: { tags: ['Sea'], to: 'Ocean' }, filter: { tag: 'sea' } });
  assert.equal(await refused(String(renamed._id)), 'MF_ERR_STATE', 'a new name');
  assert.equal(await refused('f'.repeat(24)), 'MF_ERR_UNKNOWN');
});

const OLD: readonly (readonly [what: string, change: object])[] = [
  ['whose day is over', { $set: { createdAt: new Date(Date.now() - 24 * 60 * 60_000) } }],
  ['of a version that kept nothing for it', { $unset: { keepsSteps: 1 } }],
];
for (const [what, change] of OLD) {
  test(`a job ${what} does not say that it can be taken back, and is not`, async () => {
    const job = await run({ action: 'favourite', options: {}, filter: { platform: 'reddit' } });
    const id = String(job._id);
    const undoable = async (): Promise<boolean | undefined> => {
      const { data } = await ann.graphql('{ bulkJobs { id undoable } }');
      return (data?.['bulkJobs'] as { id: string; undoable: boolean }[]).find((known) => known.id === id)?.undoable;
    };
    assert.equal(await undoable(), true);
    await jobs.collection.updateOne({ _id: job._id }, change);
    assert.equal(await undoable(), false);
    assert.equal((await ann.graphql(UNDO, { id })).errors?.[0]?.extensions?.code, 'MF_ERR_STATE');
  });
}
