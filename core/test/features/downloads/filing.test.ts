import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, newPostUrl, reaches, recordOf } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { linkModel } from '../../helpers/library.ts';
import { expand, newEntries, newProfileUrl } from '../../helpers/lists.ts';
import { addPerson } from '../../helpers/people.ts';
import type { TestPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const sea = await pictureOf(1);
const { folders } = app.library;
const recipes = (await folders.create(ann.id, 'Recipes'))._id.toHexString();

beforeEach(async () => {
  for (const { _id, user } of await linkModel(app).find().lean())
    await app.library.remove(_id.toString(), user.toString());
  await downloadModel(app).deleteMany({});
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) } });
});

const send = async (person: TestPerson, payload: object) =>
  person.inject({ method: 'POST', url: '/api/downloads', payload });

const jobOf = async (person: TestPerson, payload: object): Promise<string> =>
  (await send(person, payload)).json<{ jobId: string }>().jobId;

/** Folders and tags of a person's only post. */
async function filedBy(person: TestPerson): Promise<{ folders: string[]; tags: readonly string[]; inbox: boolean }> {
  const links = await linkModel(app).find({ user: person.id, state: 'active' }).lean();
  const [link] = links;
  assert.ok(link !== undefined && links.length === 1, `${links.length} posts`);
  return { folders: link.folders.map(String), tags: link.tags, inbox: link.inbox === true };
}

test('a post is filed where it was wanted, with its tags, also after a retry', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await jobOf(ann, { url: newPostUrl(), folder: recipes, tags: ['#soup', 'soup', 'winter'] });
  const { attempt } = await worker.next('assign', jobId);
  worker.send({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_NOT_FOUND', message: 'Gone.' });
  await worker.next('ack', jobId);
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/retry` });
  await worker.complete([sea]);
  await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.deepEqual(await filedBy(ann), { folders: [recipes], tags: ['soup', 'winter'], inbox: false });
  const { filing } = (await ann.inject({ url: `/api/downloads/${jobId}` })).json<{ filing: object }>();
  assert.deepEqual(filing, { folderId: recipes, tags: ['soup', 'winter'], done: true, problem: null });
});

test('a folder that is deleted meanwhile loses nothing: the post is in the inbox, and the record says so', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const doomed = (await folders.create(ann.id, 'Doomed'))._id.toHexString();
  const jobId = await jobOf(ann, { url: newPostUrl(), folder: doomed, tags: ['kept'] });
  const assign = await worker.next('assign', jobId);
  await folders.remove(ann.id, doomed, 'keep');
  worker.sendStaged(assign, await worker.stage(assign, [sea]));
  await worker.next('ack', jobId);
  const { status, filing } = await recordOf(app, jobId);
  assert.deepEqual([status, filing?.problem], ['completed', 'MF_ERR_UNKNOWN']);
  assert.deepEqual(await filedBy(ann), { folders: [], tags: ['kept'], inbox: true });
});

test('a post that is there already is filed at once', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const url = newPostUrl();
  await jobOf(ann, { url });
  await worker.complete([sea]);
  const answer = await send(ann, { url, folder: recipes });
  assert.equal(answer.statusCode, 200);
  assert.deepEqual((await filedBy(ann)).folders, [recipes]);
});

test('the posts of a list are filed like the list', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await jobOf(ann, { url: newProfileUrl(), folder: recipes, tags: ['maker'] });
  await expand(worker, await worker.next('assign', jobId), newEntries(1));
  await worker.complete([sea]);
  await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.deepEqual(await filedBy(ann), { folders: [recipes], tags: ['maker'], inbox: false });
});

test("a shared folder takes others' posts where they may add, and the owner gets them", async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const shared = (await folders.create(ann.id, 'Shared'))._id.toHexString();
  assertProblem(await send(ben, { url: newPostUrl(), folder: shared }), 404, 'MF_ERR_UNKNOWN');
  await app.library.sharing.share(ann.id, shared, ben.id, 'read');
  assertProblem(await send(ben, { url: newPostUrl(), folder: shared }), 403, 'MF_ERR_FORBIDDEN');
  await app.library.sharing.share(ann.id, shared, ben.id, 'add');
  const jobId = await jobOf(ben, { url: newPostUrl(), folder: shared });
  await worker.complete([sea]);
  await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.deepEqual((await filedBy(ann)).folders, [shared]);
});

for (const [what, payload] of [
  ['a folder that is none', { folder: 'nowhere' }],
  ['a tag of nothing', { tags: ['#'] }],
  ['a tag of another type', { tags: [{}] }],
  ['too many tags', { tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }],
] as const) {
  test(`${what} is refused at once`, async () => {
    assertProblem(await send(ann, { url: newPostUrl(), ...payload }), 400, 'MF_ERR_VALIDATION');
  });
}

test('GraphQL files as well', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const mutation = `mutation ($folder: ID) {
    submitDownload(url: "${newPostUrl()}", folder: $folder, tags: ["a"]) { jobId download { filing { folderId tags done } } }
  }`;
  const { data } = await ann.graphql(mutation, { folder: recipes });
  assert.deepEqual((data?.['submitDownload'] as { download: unknown }).download, {
    filing: { folderId: recipes, tags: ['a'], done: false },
  });
  await worker.complete([sea]);
  assert.deepEqual((await filedBy(ann)).folders, [recipes]);
});
