import assert from 'node:assert/strict';
import test, { after, beforeEach } from 'node:test';
import type { DownloadModels, SlotDoc } from '../../../src/features/downloads/model.ts';
import { Slots } from '../../../src/features/downloads/slots.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { addPerson } from '../../helpers/people.ts';

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const admin = await addPerson(app, 'admin', 'admin');
const Slot = app.database.model<SlotDoc>('Slot');
let posts = 0;
const instagramUrl = (): string => `https://www.instagram.com/p/C${String((posts += 1)).padStart(10, 'a')}/`;
const setLimits = async (platformLimits: Record<string, number>) =>
  admin.inject({ method: 'PATCH', url: '/api/settings', payload: { platformLimits } });
const clearSlots = async () =>
  Slot.updateMany({}, { $set: { until: new Date(0) }, $unset: { platform: 1, lane: 1 }, $inc: { fence: 1 } });

beforeEach(async () => {
  await downloadModel(app).deleteMany({});
  await clearSlots();
  await setLimits({ instagram: 1 });
});

test('a platform at its own limit waits, the others go on, and its next begins when one has ended', async (t) => {
  const [first, second] = [await submit(ann, instagramUrl()), await submit(ann, instagramUrl())];
  const other = await submit(ann);
  const worker = await FakeWorker.connect(t, app);
  await worker.next('assign', first);
  await worker.next('assign', other);
  assert.equal((await recordOf(app, second)).status, 'queued');
  worker.send({ type: 'failed', jobId: first, attempt: 1, errorCode: 'MF_ERR_NOT_FOUND', message: 'Gone.' });
  assert.equal((await worker.next('assign', second)).attempt, 1);
});

test('another limit takes effect at once', async (t) => {
  const jobs = [await submit(ann, instagramUrl()), await submit(ann, instagramUrl())];
  const worker = await FakeWorker.connect(t, app);
  await worker.next('assign', jobs[0]);
  assert.equal((await setLimits({ instagram: 2 })).statusCode, 200);
  await worker.next('assign', jobs[1]);
});

test('a limit is a whole number of a platform', async () => {
  for (const wrong of [{ instagram: 0 }, { instagram: 1.5 }, { instagram: 'one' }, { 'No Platform': 1 }, [1]]) {
    const answer = await admin.inject({ method: 'PATCH', url: '/api/settings', payload: { platformLimits: wrong } });
    assert.equal(answer.statusCode, 400, JSON.stringify(wrong));
  }
});

test('a job whose slot has gone to another after its lease goes back to the queue', async (t) => {
  const jobId = await submit(ann, instagramUrl());
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const { attempt } = await worker.next('assign', jobId);
  await Slot.updateMany({ platform: 'instagram' }, { $set: { until: new Date(0) } });
  const slots = new Slots({ Slot } as DownloadModels, 'another-server', async () => 3);
  const taken = await slots.claim(60_000, { platform: 'instagram', limit: 1 });
  assert.ok(typeof taken === 'object');
  worker.send({ type: 'heartbeat', running: [{ jobId, attempt }] });
  assert.equal((await worker.next('cancel', jobId)).drop, false);
  const { status, attempt: attempts, attemptBase } = await recordOf(app, jobId);
  assert.deepEqual([status, attempts, attemptBase], ['queued', 1, 1]);
  await slots.release({ slot: taken._id, fence: taken.fence });
});

test('several servers never run more of a platform than it may, nor more than there are slots', async () => {
  const servers = ['a', 'b', 'c'].map((name) => new Slots({ Slot } as DownloadModels, name, async () => 3));
  const running = new Map<string, number>();
  const highest = new Map<string, number>();
  const count = (name: string, change: number): void => {
    const now = (running.get(name) ?? 0) + change;
    running.set(name, now);
    highest.set(name, Math.max(now, highest.get(name) ?? 0));
  };
  const limits: Readonly<Record<string, number>> = { instagram: 1, tiktok: 2 };
  const claimer = async (slots: Slots, platform: string): Promise<void> => {
    for (let claims = 0; claims < 15;) {
      const slot = await slots.claim(60_000, { platform, limit: limits[platform] });
      if (typeof slot !== 'object') continue;
      claims += 1;
      for (const name of [platform, 'all']) count(name, 1);
      await Slot.findById(slot._id).lean();
      for (const name of [platform, 'all']) count(name, -1);
      await slots.release({ slot: slot._id, fence: slot.fence });
    }
  };
  await Promise.all(
    servers.flatMap((slots) => ['instagram', 'tiktok', 'x'].map(async (platform) => claimer(slots, platform))),
  );
  assert.ok(
    (highest.get('instagram') ?? 0) === 1 && (highest.get('tiktok') ?? 0) <= 2 && (highest.get('all') ?? 0) <= 3,
  );
});

test('what was let go cannot be renewed', async () => {
  const slots = new Slots({ Slot } as DownloadModels, 'a', async () => 3);
  const slot = await slots.claim(60_000, { platform: 'instagram', limit: 1 });
  assert.ok(typeof slot === 'object');
  const held = { slot: slot._id, fence: slot.fence };
  assert.equal(await slots.claim(60_000, { platform: 'instagram', limit: 1 }), 'full');
  assert.equal(await slots.renew(held, 60_000), true);
  await slots.release(held);
  assert.equal(await slots.renew(held, 60_000), false);
});

test('how many run at a time, and by which proxy, is an admin’s to change while the server runs', async (t) => {
  const change = async (payload: object) => admin.inject({ method: 'PATCH', url: '/api/settings', payload });
  assert.equal((await change({ platformProxies: { tiktok: 'http://me:secret@proxy.test' } })).statusCode, 400);
  assert.equal(
    (await change({ concurrency: 1, platformProxies: { tiktok: 'socks5://proxy.test:1080' } })).statusCode,
    200,
  );
  const worker = await FakeWorker.connect(t, app, { id: 'limited', slots: 5 });
  const [first, second] = [await submit(ann), await submit(ann)];
  assert.equal((await worker.next('assign', first)).proxy, 'socks5://proxy.test:1080');
  await worker.settled();
  assert.equal((await recordOf(app, second)).status, 'queued');
  await change({ concurrency: 5, platformProxies: {} });
  assert.equal((await worker.next('assign', second)).proxy, undefined);
  const rest = [await submit(ann), await submit(ann), await submit(ann)];
  for (const jobId of rest) await worker.next('assign', jobId);
});
