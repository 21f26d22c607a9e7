import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import test, { after, afterEach } from 'node:test';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { newPostUrl, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { admit, assertConsistent, linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after }, { QUOTA_GB: '1', RESERVE_MB: '1' });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const boss = await addPerson(app, 'boss', 'admin');
const sea = await pictureOf(1);
const hill = await pictureOf(2);
const change = async (settings: object) => boss.inject({ method: 'PATCH', url: '/api/settings', payload: settings });

afterEach(async () => {
  await change({ quotaGb: null, reserveMb: 1, maxFileMb: 4096 });
  for (const { _id, user } of await linkModel(app).find().lean())
    await app.library.remove(_id.toString(), user.toString());
});

test('settings start from the environment, and only an admin sees and changes them', async () => {
  const settings = {
    ...{ trashDays: 30, quotaGb: 1, maxFileMb: 4096, reserveMb: 1, concurrency: 3 },
    ...{ platformLimits: { instagram: 1 }, platformProxies: {} },
  };
  assert.deepEqual((await boss.inject({ url: '/api/settings' })).json(), settings);
  assertProblem(await ann.inject({ url: '/api/settings' }), 403, 'MF_ERR_FORBIDDEN');
  assertProblem(
    await ann.inject({ method: 'PATCH', url: '/api/settings', payload: { quotaGb: 2 } }),
    403,
    'MF_ERR_FORBIDDEN',
  );
  assert.deepEqual((await change({ quotaGb: 2.5 })).json(), { ...settings, quotaGb: 2.5 });
  for (const wrong of [{ quotaGb: -1 }, { trashDays: 0 }, { other: 1 }, { reserveMb: 'all' }])
    assertProblem(await change(wrong), 400, 'MF_ERR_VALIDATION');
});

test('nobody keeps more than their quota, and the trash counts', async () => {
  await change({ quotaGb: (sea.bytes.length + hill.bytes.length - 1) / 1e9 });
  const { link } = await admit(app, ann.id, 'tiktok:1', [sea]);
  await app.library.trash(link._id.toString(), ann.id);
  await assert.rejects(admit(app, ann.id, 'tiktok:2', [hill]), { code: 'MF_ERR_QUOTA' });
  assert.equal((await readdir(app.system.mediaRoot.final)).length, 1);
  await app.library.remove(link._id.toString(), ann.id);
  await admit(app, ann.id, 'tiktok:2', [hill]);
  await assertConsistent(app);
});

test('far from the quota what a person keeps is not added up for each post', async () => {
  await change({ quotaGb: 2 });
  let sums = 0;
  app.database.set('debug', (name: string, method: string) => {
    if (name === 'links' && method === 'aggregate') sums += 1;
  });
  await admit(app, boss.id, 'tiktok:1', [sea]);
  await admit(app, boss.id, 'tiktok:2', [hill]);
  app.database.set('debug', false);
  assert.equal(sums, 1);
});

test('a post that is fetched again counts once', async () => {
  await change({ quotaGb: (sea.bytes.length + 1) / 1e9 });
  await admit(app, ann.id, 'tiktok:1', [sea]);
  await admit(app, ann.id, 'tiktok:1', [sea]);
  await assertConsistent(app);
});

test("a post of somebody else's is not linked beyond the quota", async () => {
  const url = newPostUrl();
  await admit(app, ann.id, `tiktok:${url.split('/').at(-1) ?? ''}`, [sea]);
  await change({ quotaGb: 0 });
  assertProblem(await ben.inject({ method: 'POST', url: '/api/downloads', payload: { url } }), 507, 'MF_ERR_QUOTA');
  // Who has it keeps it.
  assert.equal((await ann.inject({ method: 'POST', url: '/api/downloads', payload: { url } })).statusCode, 200);
});

for (const [what, settings, code] of [
  ['the quota is used up', { quotaGb: 0 }, 'MF_ERR_QUOTA'],
  ['only the reserve is left', { reserveMb: 1e12 }, 'MF_ERR_DISK_FULL'],
] as const) {
  test(`nothing is fetched when ${what}, and what is fetched already is not stored`, async (t) => {
    const worker = await FakeWorker.connect(t, app);
    const first = await submit(ann);
    const assign = await worker.next('assign', first);
    if (code === 'MF_ERR_QUOTA') await admit(app, ann.id, 'tiktok:1', [hill]);
    await change(settings);
    worker.sendStaged(assign, await worker.stage(assign, [sea]));
    await worker.next('ack', first);
    const second = await submit(ann);
    if (code === 'MF_ERR_QUOTA') {
      assert.equal((await recordOf(app, first)).errorCode, code);
      await reaches(app, second, ({ status }) => status === 'failed');
      assert.equal((await recordOf(app, second)).errorCode, code);
      return;
    }
    // Nobody has used up their share: it waits, and goes on by itself when there is room.
    for (const jobId of [first, second]) {
      await reaches(app, jobId, ({ heldReason }) => heldReason === code);
      const { status, attempt, attemptBase } = await recordOf(app, jobId);
      assert.deepEqual([status, attempt - attemptBase], ['queued', 0]);
    }
    await change({ reserveMb: 1 });
    for (const jobId of [first, second]) assert.equal((await worker.complete([sea])).jobId, jobId);
  });
}

test('a person sees what they use, an admin the sums of all', async () => {
  await admit(app, ann.id, 'tiktok:1', [sea, hill]);
  await admit(app, ben.id, 'tiktok:2', [sea]);
  const [one, both] = [sea.bytes.length, sea.bytes.length + hill.bytes.length];
  assert.deepEqual((await ann.inject({ url: '/api/storage' })).json(), { used: both, quota: null });
  const { used, total } = (await boss.inject({ url: '/api/storage' })).json<{
    used: number;
    total: { files: number; bytes: number; free: number; platforms: unknown; people: unknown; reserve: number };
  }>();
  assert.deepEqual([used, total.files, total.bytes, total.reserve], [0, 2, both, 1024 * 1024]);
  assert.ok(total.free > 0);
  assert.deepEqual(total.platforms, [{ platform: 'tiktok', posts: 2, bytes: both + one }]);
  assert.deepEqual(total.people, [
    { id: ann.id, posts: 1, bytes: both },
    { id: ben.id, posts: 1, bytes: one },
  ]);
});

test('GraphQL says the same of storage as REST, to each person what is theirs to know', async () => {
  await admit(app, ann.id, 'tiktok:1', [sea, hill]);
  await change({ quotaGb: 2 });
  const total = '{ files bytes size reserve platforms { platform posts bytes } people { id posts bytes } }';
  for (const person of [ann, boss]) {
    const { data } = await person.graphql(`{ storage { used quota total ${total} } }`);
    const { total: sums = null, ...own } = (await person.inject({ url: '/api/storage' })).json<{ total?: object }>();
    const { free: _, ...others } = { free: 0, ...sums };
    assert.deepEqual(data?.['storage'], { ...own, total: sums && others });
    assert.equal(sums !== null, person === boss);
  }
});

test('the largest file is the one of the settings', async () => {
  await change({ maxFileMb: 1 });
  const { bytes } = sea;
  const big = { ...sea, bytes: Buffer.concat([bytes, Buffer.alloc(1024 * 1024)]) };
  await assert.rejects(admit(app, ann.id, 'tiktok:1', [big]), { code: 'MF_ERR_TOO_LARGE' });
});
