import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import test, { after, beforeEach } from 'node:test';
import type { LinkDoc } from '../../../src/features/library/index.ts';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { newPostUrl } from '../../helpers/downloads.ts';
import { admit, assertCounted, assertConsistent, linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const boss = await addPerson(app, 'boss', 'admin');
const { final } = app.system.mediaRoot;
const sea = await pictureOf(1);
const hill = await pictureOf(2);
const TRASH = '{ library(filter: { trash: true }) { items { id } } }';
const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(async () => {
  for (const { _id, user } of await linkModel(app).find().lean())
    await app.library.remove(_id.toString(), user.toString());
  assert.deepEqual(await readdir(final), []);
});

const post = async (url: string, person = ann) => person.inject({ method: 'POST', url });
const idOf = ({ link }: { link: LinkDoc }): string => link._id.toString();
const listed = async (url = '/api/library'): Promise<string[]> =>
  (await ann.inject({ url })).json<{ items: { id: string }[] }>().items.map(({ id }) => id);

test('the trash hides a post and keeps its file; restored it is back', async () => {
  const id = idOf(await admit(app, ann.id, 'tiktok:1', [sea]));
  const trashed = await post(`/api/library/${id}/trash`);
  assert.deepEqual([trashed.statusCode, trashed.json<{ state: string }>().state], [200, 'trashed']);
  assert.deepEqual([await listed(), await listed('/api/library?trash=true')], [[], [id]]);
  await assertCounted(app);
  assert.equal((await readdir(final)).length, 1);
  // A second time changes nothing.
  assert.deepEqual((await post(`/api/library/${id}/trash`)).json(), trashed.json());
  assert.deepEqual((await post(`/api/library/${id}/restore`)).json(), { linkId: id, state: 'active' });
  assert.deepEqual([await listed(), await listed('/api/library?trash=true')], [[id], []]);
  await assertConsistent(app);
});

test('DELETE is for good, from the trash too, and says what happened to each file', async () => {
  await admit(app, ben.id, 'tiktok:2', [hill]);
  const id = idOf(await admit(app, ann.id, 'tiktok:1', [sea, hill]));
  await post(`/api/library/${id}/trash`);
  const { files, ...sums } = (await ann.inject({ method: 'DELETE', url: `/api/library/${id}` })).json<{
    files: { sha256: string; deleted: boolean }[];
  }>();
  assert.deepEqual(sums, { linkId: id, deletedFiles: 1, freedBytes: sea.bytes.length, keptFiles: 1 });
  assert.deepEqual(
    new Map(files.map(({ sha256, deleted }) => [sha256, deleted])),
    new Map([
      [sea.sha256, true],
      [hill.sha256, false],
    ]),
  );
  await assertConsistent(app);
  assertProblem(await post(`/api/library/${id}/restore`), 404, 'MF_ERR_UNKNOWN');
});

test("nobody trashes, restores or empties what is somebody else's", async () => {
  const id = idOf(await admit(app, ann.id, 'tiktok:1', [sea]));
  assertProblem(await post(`/api/library/${id}/trash`, ben), 404, 'MF_ERR_UNKNOWN');
  await post(`/api/library/${id}/trash`);
  assertProblem(await post(`/api/library/${id}/restore`, ben), 404, 'MF_ERR_UNKNOWN');
  assert.deepEqual((await ben.inject({ method: 'DELETE', url: '/api/trash' })).json(), { removed: [] });
  assert.deepEqual((await ben.graphql(TRASH)).data, { library: { items: [] } });
  assert.deepEqual(await listed('/api/library?trash=true'), [id]);
});

test('the web app trashes, restores and empties', async () => {
  const id = idOf(await admit(app, ann.id, 'tiktok:1', [sea]));
  const run = async (text: string): Promise<unknown> => (await ann.graphql(text)).data;
  assert.deepEqual(await run(`mutation { trashPost(id: "${id}") }`), { trashPost: id });
  assert.deepEqual(await run(TRASH), { library: { items: [{ id }] } });
  assert.deepEqual(await run(`mutation { restorePost(id: "${id}") }`), { restorePost: id });
  await run(`mutation { trashPost(id: "${id}") }`);
  assert.deepEqual(await run('mutation { emptyTrash { id deletedFiles files { sha256 deleted } } }'), {
    emptyTrash: [{ id, deletedFiles: 1, files: [{ sha256: sea.sha256, deleted: true }] }],
  });
  assert.deepEqual(await readdir(final), []);
});

test('the trash lets go what has been in it for as long as the settings say, and nothing else', async () => {
  const add = async (n: number): Promise<string> => idOf(await admit(app, ann.id, `tiktok:${n}`, [await pictureOf(n)]));
  const [old, young, kept] = [await add(1), await add(2), await add(3)];
  for (const id of [old, young]) await post(`/api/library/${id}/trash`);
  const daysAgo = (days: number) => ({ $set: { trashedAt: new Date(Date.now() - days * DAY_MS) } });
  await linkModel(app).updateOne({ _id: old }, daysAgo(30.1));
  await linkModel(app).updateOne({ _id: young }, daysAgo(29.9));
  assert.equal(await app.library.purgeTrash(), 1);
  await assertCounted(app);
  assert.deepEqual([await listed(), await listed('/api/library?trash=true')], [[kept], [young]]);
  assert.equal((await readdir(final)).length, 2);
  const change = await boss.inject({ method: 'PATCH', url: '/api/settings', payload: { trashDays: 29 } });
  assert.equal(change.json<{ trashDays: number }>().trashDays, 29);
  assert.equal(await app.library.purgeTrash(), 1);
  await boss.inject({ method: 'PATCH', url: '/api/settings', payload: { trashDays: 30 } });
  assert.deepEqual([await listed(), await listed('/api/library?trash=true')], [[kept], []]);
});

test('a trash that is emptied while its posts are restored keeps or deletes each of them, never half', async () => {
  for (let round = 0; round < 10; round += 1) {
    const ids = [];
    for (const n of [1, 2, 3, 4]) ids.push(idOf(await admit(app, ann.id, `tiktok:${n}`, [await pictureOf(n)])));
    await Promise.all(ids.map(async (id) => app.library.trash(id, ann.id)));
    const [emptied, ...restored] = await Promise.allSettled([
      app.library.emptyTrash(ann.id),
      ...ids.map(async (id) => app.library.restore(id, ann.id)),
    ]);
    const back = ids.filter((_id, index) => restored[index]?.status === 'fulfilled');
    assert.ok(emptied.status === 'fulfilled');
    const gone = emptied.value.map(({ linkId }) => linkId);
    assert.deepEqual([...back, ...gone].toSorted(), ids.toSorted());
    await assertConsistent(app);
    assert.equal((await readdir(final)).length, back.length);
    for (const id of back) await app.library.remove(id, ann.id);
  }
});

test('whoever sends a post that is in their trash gets it back', async () => {
  const url = newPostUrl();
  const key = `tiktok:${url.split('/').at(-1) ?? ''}`;
  const id = idOf(await admit(app, ann.id, key, [sea]));
  await post(`/api/library/${id}/trash`);
  const answer = await ann.inject({ method: 'POST', url: '/api/downloads', payload: { url } });
  assert.deepEqual([answer.statusCode, answer.json<{ existing: boolean }>().existing], [200, true]);
  assert.deepEqual([await listed(), await listed('/api/library?trash=true')], [[id], []]);
  await assertConsistent(app);
});

test('what a person threw away is declined until they ask for it themselves', async () => {
  const url = newPostUrl();
  const key = `tiktok:${url.split('/').at(-1) ?? ''}`;
  const id = idOf(await admit(app, ann.id, key, [sea]));
  const declined = async (): Promise<boolean[]> =>
    Promise.all([ann, ben].map(async (person) => app.library.isDeclined(person.id, key)));
  assert.deepEqual(await declined(), [false, false]);
  await app.library.trash(id, ann.id);
  assert.deepEqual(await declined(), [true, false]);
  await app.library.remove(id, ann.id);
  assert.deepEqual(await declined(), [true, false]);
  assert.equal((await ann.inject({ method: 'POST', url: '/api/downloads', payload: { url } })).statusCode, 202);
  assert.deepEqual(await declined(), [false, false]);
});
