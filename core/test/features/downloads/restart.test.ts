import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { Types } from 'mongoose';
import { buildTestApp, listenTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import { downloadModel, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { assertConsistent } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { pictureOf } from '../../helpers/samples.ts';

test('a server that starts again takes its own jobs back at once, and sweeps what is over', async (t) => {
  const DATA_DIR = await makeDataDir(t);
  const first = await listenTestApp(t, { DATA_DIR });
  const ann = await addPerson(first.app, 'ann');
  const worker = await FakeWorker.connect(t, first.app);
  const [running, over, waiting, paused] = [await submit(ann), await submit(ann), await submit(ann), await submit(ann)];
  for (const jobId of [running, over, waiting]) await worker.next('assign', jobId);
  await ann.inject({ method: 'POST', url: `/api/downloads/${paused}/pause` });
  await downloadModel(first.app).updateOne(
    { _id: over },
    { $set: { status: 'cancelled' }, $unset: { slot: 1, fence: 1 } },
  );
  const { staging } = first.app.system.mediaRoot;
  // Of no download: thumbnails that another server has made again just now, or that nobody has fetched.
  const drawn = new Types.ObjectId().toHexString();
  const forgotten = Types.ObjectId.createFromTime(1).toHexString();
  for (const name of [running, over, paused, 'not-a-job', drawn, forgotten]) {
    await mkdir(join(staging, name, '1'), { recursive: true });
    await writeFile(join(staging, name, '1', 'part'), 'half');
  }
  await worker.close();
  await first.app.close();

  const { app } = await listenTestApp(t, { DATA_DIR });
  for (const jobId of [running, waiting]) {
    const { status, attempt, slot } = await recordOf(app, jobId);
    assert.deepEqual([status, attempt, slot], ['queued', 1, undefined]);
  }
  assert.deepEqual((await readdir(staging)).toSorted(), [running, paused, drawn].toSorted());
  const again = await FakeWorker.connect(t, app, { running: [{ jobId: running, attempt: 1 }] });
  // Its former worker still has the first attempt: that one is stopped, and its files stay.
  assert.equal((await again.next('cancel', running)).drop, false);
  const second = await again.next('assign', running);
  assert.equal(second.attempt, 2);
  again.sendStaged(second, await again.stage(second, [await pictureOf(1)]));
  await again.next('ack', running);
  assert.equal((await recordOf(app, running)).status, 'completed');
  assert.ok(!existsSync(join(staging, running)));
  await assertConsistent(app);
});

test('a session, a cookie and the worker token outlive a restart; a sentinel is made only once', async (t) => {
  const DATA_DIR = await makeDataDir(t);
  const first = await buildTestApp(t, { DATA_DIR });
  const ann = await addPerson(first, 'ann');
  await first.close();
  const second = await buildTestApp(t, { DATA_DIR });
  assert.equal((await second.inject({ url: '/api/downloads', headers: ann.headers })).statusCode, 200);
  assert.equal(second.system.serverId, first.system.serverId);
  assert.deepEqual(second.system.secrets.keyFor('worker-token'), first.system.secrets.keyFor('worker-token'));
});

for (const [what, replace] of [
  ['missing', undefined],
  ["another database's", 'another-id\n'],
] as const) {
  test(`while the sentinel is ${what} nothing is assigned or written; it goes on by itself when it is back`, async (t) => {
    const { app } = await listenTestApp(t);
    const ann = await addPerson(app, 'ann');
    const { path, staging, final } = app.system.mediaRoot;
    const sentinel = join(path, '.mediafetcher');
    const worker = await FakeWorker.connect(t, app);
    const stored = await submit(ann);
    const assign = await worker.next('assign');
    const picture = await pictureOf(1);
    const items = await worker.stage(assign, [picture]);
    await rename(sentinel, `${sentinel}-away`);
    if (replace !== undefined) await writeFile(sentinel, replace);
    const jobId = await submit(ann);
    worker.sendStaged(assign, items);
    await worker.next('ack', stored);
    const held = (await ann.inject({ url: `/api/downloads/${stored}` })).json<Record<string, unknown>>();
    assert.deepEqual([held['status'], held['heldReason']], ['queued', 'MF_ERR_MOUNT_MISSING']);
    assert.ok(Date.parse(String(held['heldUntil'])) > Date.now());
    assert.deepEqual([(await recordOf(app, jobId)).status, await readdir(final)], ['queued', []]);
    const health = (await app.inject('/health')).json<{ status: string; parts: Record<string, { status: string }> }>();
    assert.deepEqual([health.status, health.parts['storage']?.status], ['degraded', 'degraded']);
    assert.deepEqual(await readdir(staging), [stored]);
    await rename(`${sentinel}-away`, sentinel);
    // Nobody wakes it: the cluster's clock does.
    assert.equal((await worker.next('assign')).jobId, jobId);
    // What was staged is put away as it is: nothing is fetched again.
    const { attempt } = await reaches(app, stored, ({ status }) => status === 'completed');
    assert.deepEqual([attempt, worker.received.filter(({ type }) => type === 'assign')], [1, []]);
    assert.deepEqual(await readdir(final), [`${picture.sha256}.jpg`]);
    await assertConsistent(app);
  });
}

test('a job that fails because the share went away is held, and fetched again when it is back', async (t) => {
  const { app } = await listenTestApp(t);
  const ann = await addPerson(app, 'ann');
  const sentinel = join(app.system.mediaRoot.path, '.mediafetcher');
  // One place: the dispatcher is not half-way to giving it another.
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann);
  const { attempt } = await worker.next('assign');
  await rename(sentinel, `${sentinel}-away`);
  worker.send({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_DISK_READ_ONLY', message: 'It cannot be written.' });
  await worker.next('ack', jobId);
  const { status, heldReason, errorCode } = await recordOf(app, jobId);
  assert.deepEqual([status, heldReason, errorCode], ['queued', 'MF_ERR_MOUNT_MISSING', undefined]);
  await rename(`${sentinel}-away`, sentinel);
  const again = await worker.next('assign', jobId);
  assert.equal(again.attempt, 2);
  worker.sendStaged(again, await worker.stage(again, [await pictureOf(1)]));
  await worker.next('ack', jobId);
  assert.equal((await recordOf(app, jobId)).status, 'completed');
});

test('a post that waits for the share is fetched again when its staged files went with it', async (t) => {
  const { app } = await listenTestApp(t);
  const ann = await addPerson(app, 'ann');
  const { path, staging } = app.system.mediaRoot;
  const sentinel = join(path, '.mediafetcher');
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const assign = await worker.next('assign');
  const items = await worker.stage(assign, [await pictureOf(1)]);
  await rename(sentinel, `${sentinel}-away`);
  worker.sendStaged(assign, items);
  await worker.next('ack', jobId);
  await rm(join(staging, jobId), { recursive: true });
  await rename(`${sentinel}-away`, sentinel);
  assert.equal((await worker.next('assign', jobId)).attempt, 2);
});

test('a post whose server ended while it put the post away is put away by the next look', async (t) => {
  const { app } = await listenTestApp(t);
  const ann = await addPerson(app, 'ann');
  const sentinel = join(app.system.mediaRoot.path, '.mediafetcher');
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const assign = await worker.next('assign');
  const items = await worker.stage(assign, [await pictureOf(1)]);
  await rename(sentinel, `${sentinel}-away`);
  worker.sendStaged(assign, items);
  await worker.next('ack', jobId);
  // As a server leaves it that begins with a held post and is killed: given back, and not held any more.
  await downloadModel(app).updateOne({ _id: jobId }, { $unset: { heldReason: 1, heldUntil: 1 } });
  await rename(`${sentinel}-away`, sentinel);
  const { attempt } = await reaches(app, jobId, ({ status }) => status === 'completed');
  assert.equal(attempt, 1);
});

test('a server whose media folder is not there starts, and makes no sentinel in what is there instead', async (t) => {
  const DATA_DIR = await makeDataDir(t);
  const first = await buildTestApp(t, { DATA_DIR });
  const { path } = first.system.mediaRoot;
  await first.close();
  await rename(path, `${path}-away`);
  await mkdir(path);
  const second = await buildTestApp(t, { DATA_DIR });
  assert.equal(await second.system.mediaRoot.mounted(), false);
  assert.deepEqual(await readdir(path), []);
});
