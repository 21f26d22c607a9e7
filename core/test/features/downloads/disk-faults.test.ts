import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import type { TestContext } from 'node:test';
import { toFailure } from '../../../src/channel/to-failure.ts';
import type { DownloadDoc } from '../../../src/features/downloads/model.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { downloadModel, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { assertConsistent } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { pictureOf, sampleOf } from '../../helpers/samples.ts';
import type { Sample } from '../../helpers/samples.ts';

/** With the right to mount, these are real file systems; without it, what the store asks of one is refused. */
const mediaRoot = await mkdtemp(join(tmpdir(), 'mf-disk-faults-'));
const [staging, final] = [join(mediaRoot, 'tmp'), join(mediaRoot, 'final')];
const isReal = mountSmall(mediaRoot);
await mkdir(staging);
// One of its own: what is staged has to be copied, and that takes room.
if (isReal) assert.ok(mountSmall(staging));
const { app } = await listenTestApp({ after }, { MEDIA_ROOT: mediaRoot });
after(async () => {
  for (const folder of isReal ? [staging, mediaRoot] : []) spawnSync('umount', ['-l', folder]);
  await rm(mediaRoot, { recursive: true, force: true });
});
const ann = await addPerson(app, 'ann');
await app.system.settings.change({ reserveMb: 0 });
const worker = await FakeWorker.connect({ after }, app);

type Undo = () => Promise<void>;
interface Trouble {
  readonly name: string;
  readonly errorCode: string;
  readonly stage: 'staging' | 'publish';
  /** What an operation of the disk is refused with where nothing can be mounted. */
  readonly code: string;
  readonly real: () => Promise<Undo>;
}

const TROUBLES: readonly Trouble[] = [
  {
    name: 'the disk is full while a file is staged',
    errorCode: 'MF_ERR_DISK_FULL',
    stage: 'staging',
    code: 'ENOSPC',
    real: async () => fill(staging),
  },
  {
    name: 'the disk is full when a file is published',
    errorCode: 'MF_ERR_DISK_FULL',
    stage: 'publish',
    code: 'ENOSPC',
    real: async () => fill(mediaRoot),
  },
  {
    name: 'the media folder has become read-only',
    errorCode: 'MF_ERR_DISK_READ_ONLY',
    stage: 'publish',
    code: 'EROFS',
    real: async () => makeReadOnly(mediaRoot),
  },
];

for (const [index, trouble] of TROUBLES.entries()) {
  const waits = trouble.errorCode === 'MF_ERR_DISK_FULL';
  const after = waits ? 'it waits, and comes by itself when there is room' : 'a retry brings the post';
  test(`${trouble.name}: the job says so, nothing partial is left, and ${after}`, async (t) => {
    const sample = await largePictureOf(index);
    const jobId = await submit(ann);
    const assign = await worker.next('assign', jobId);
    const before = await readdir(final);
    if (trouble.stage === 'staging') {
      const undo = await begin(t, trouble);
      const error: unknown = await worker.stage(assign, [sample]).then(
        () => Object.assign(new Error('stand-in'), { code: trouble.code }),
        (cause: unknown) => cause,
      );
      const { errorCode, message } = toFailure(error, 'MF_ERR_INTERNAL');
      worker.send({ type: 'failed', jobId, attempt: assign.attempt, errorCode, message });
      await worker.next('ack', jobId);
      await assertHasEnded(jobId, trouble);
      await undo();
    } else {
      const items = await worker.stage(assign, [sample]);
      const undo = await begin(t, trouble);
      worker.sendStaged(assign, items);
      await worker.next('ack', jobId);
      await assertHasEnded(jobId, trouble);
      await undo();
    }
    assert.deepEqual(await readdir(final), before);
    assert.equal(existsSync(join(staging, jobId)), false, 'its partial files may be the room that another needs');
    if (!waits) {
      const answer = await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/retry` });
      assert.equal(answer.statusCode, 200, answer.body);
    }
    const again = await worker.next('assign', jobId);
    worker.sendStaged(again, await worker.stage(again, [sample]));
    await worker.next('ack', jobId);
    const done = await recordOf(app, jobId);
    assert.equal(done.status, 'completed', done.errorMessage);
    assert.ok((await readdir(final)).includes(`${sample.sha256}.jpg`));
    await app.library.reconcile(true);
    await assertConsistent(app);
  });
}

/** How an attempt ends that met the trouble, while it lasts. */
async function assertHasEnded(jobId: string, { errorCode }: Trouble): Promise<void> {
  if (errorCode !== 'MF_ERR_DISK_FULL') {
    const failed = await recordOf(app, jobId);
    assert.deepEqual([failed.status, failed.errorCode], ['failed', errorCode]);
    return;
  }
  // What fits begins; were the one before it in the queue free to begin, it would be that one.
  const other = await submit(ann);
  const { attempt, jobId: begun } = await worker.next('assign');
  assert.equal(begun, other);
  worker.send({ type: 'failed', jobId: other, attempt, errorCode: 'MF_ERR_NOT_FOUND', message: 'It is gone.' });
  await worker.next('ack', other);
  const held = await reaches(app, jobId, ({ heldReason }) => heldReason === errorCode);
  assert.deepEqual([held.status, held.errorCode], ['queued', undefined]);
  assert.equal(held.attempt, held.attemptBase, 'nobody is to blame');
  const health = await app.platforms.health();
  assert.ok(health.every(({ hours }) => hours.every(({ failures }) => failures[errorCode] === undefined)));
}

/** A worker has no room for it. What the disk has is said by a stand-in. */
async function doesNotFit(jobId: string): Promise<DownloadDoc> {
  const { attempt } = await worker.next('assign', jobId);
  worker.send({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_DISK_FULL', message: 'The quota is used up.' });
  await worker.next('ack', jobId);
  return recordOf(app, jobId);
}

const HOUR = 60 * 60_000;
/** More than any disk has: no room lets it begin. */
const NEVER = { 'room.bytes': Number.MAX_SAFE_INTEGER };

test('what never fits is tried without room after longer and longer times, for a quota shows nowhere; then it has failed', async (t) => {
  t.mock.method(app.system.mediaRoot, 'space', async () => ({ free: 0, total: 2e9 }));
  const jobId = await submit(ann);
  for (const hours of [1, 2, 4, 8, 24]) {
    const before = Date.now();
    const { status, room, heldReason } = await doesNotFit(jobId);
    assert.deepEqual([status, heldReason], ['queued', 'MF_ERR_DISK_FULL']);
    const until = room?.until.getTime() ?? 0;
    assert.ok(until >= before + hours * HOUR && until <= Date.now() + hours * HOUR, `${hours} h`);
    await downloadModel(app).updateOne({ _id: jobId }, { $set: { ...NEVER, 'room.until': new Date() } });
  }
  const { status, errorCode } = await doesNotFit(jobId);
  assert.deepEqual([status, errorCode], ['failed', 'MF_ERR_DISK_FULL']);
  const retry = await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/retry` });
  assert.equal(retry.statusCode, 200, retry.body);
  assert.equal((await doesNotFit(jobId)).status, 'queued', 'a person begins anew');
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` });
});

test('what real room lets begin again is not nearer to its end', async (t) => {
  t.mock.method(app.system.mediaRoot, 'space', async () => ({ free: 0, total: 2e9 }));
  const jobId = await submit(ann);
  for (let time = 0; time < 7; time++) {
    if (time > 0) await downloadModel(app).updateOne({ _id: jobId }, { $set: { 'room.bytes': 0 } });
    const { status, blindTries } = await doesNotFit(jobId);
    assert.deepEqual([status, blindTries], ['queued', undefined]);
  }
  await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/cancel` });
});

test('a worker whose own disk is full does not have downloads wait for room in the media folder', async (t) => {
  t.mock.method(app.system.mediaRoot, 'space', async () => ({ free: 1e9, total: 2e9 }));
  const { status, errorCode, room } = await doesNotFit(await submit(ann));
  assert.deepEqual([status, errorCode, room], ['failed', 'MF_ERR_DISK_FULL', undefined]);
});

test('what has not fitted is tried at once when the person wants it', async (t) => {
  t.mock.method(app.system.mediaRoot, 'space', async () => ({ free: 0, total: 2e9 }));
  const jobId = await submit(ann);
  await doesNotFit(jobId);
  await downloadModel(app).updateOne({ _id: jobId }, { $set: NEVER });
  for (const control of ['pause', 'resume'])
    await ann.inject({ method: 'POST', url: `/api/downloads/${jobId}/${control}` });
  const again = await worker.next('assign', jobId);
  assert.equal((await recordOf(app, jobId)).room, undefined);
  worker.sendStaged(again, await worker.stage(again, [await pictureOf(41)]));
  await worker.next('ack', jobId);
});

test('a share that takes its time holds up its own job alone', async (t) => {
  const [slow, quick] = [await pictureOf(31), await pictureOf(32)];
  const { files } = app.media;
  const publish = files.publish.bind(files);
  let letGo = (): void => undefined;
  const open = new Promise<void>((resolve) => (letGo = resolve));
  t.mock.method(files, 'publish', async (...[staged, media]: Parameters<typeof publish>) => {
    if (media.sha256 === slow.sha256) await open;
    return publish(staged, media);
  });
  const slowId = await submit(ann);
  const assign = await worker.next('assign', slowId);
  worker.sendStaged(assign, await worker.stage(assign, [slow]));
  await reaches(app, slowId, ({ stage }) => stage === 'store');
  const quickJob = await submit(ann);
  const second = await worker.next('assign', quickJob);
  worker.sendStaged(second, await worker.stage(second, [quick]));
  await worker.next('ack', quickJob);
  assert.deepEqual(
    [(await recordOf(app, slowId)).status, (await recordOf(app, quickJob)).status],
    ['running', 'completed'],
  );
  letGo();
  await worker.next('ack', slowId);
  assert.equal((await recordOf(app, slowId)).status, 'completed');
});

test('no name in the store needs a share that tells capitals apart', async () => {
  const names = await readdir(mediaRoot, { recursive: true });
  assert.ok(names.some((name) => name.startsWith('final/')));
  assert.deepEqual(
    names.filter((name) => name !== name.toLowerCase()),
    [],
  );
});

/** More than is left on a disk that is full. */
async function largePictureOf(seed: number): Promise<Sample> {
  const { bytes } = await pictureOf(100 + seed);
  return sampleOf('image', 'jpg', Buffer.concat([bytes, Buffer.alloc(512 * 1024, seed)]));
}

async function begin(t: TestContext, { real, stage, code }: Trouble): Promise<Undo> {
  if (isReal) return real();
  const full = t.mock.method(app.system.mediaRoot, 'space', async () => ({ free: 0, total: 0 }));
  if (stage === 'staging') return async () => full.mock.restore();
  const refusing = t.mock.method(app.media.files, 'publish', async () => {
    throw Object.assign(new Error('stand-in'), { code });
  });
  return async () => {
    refusing.mock.restore();
    full.mock.restore();
  };
}

function mountSmall(folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'mediafetcher-test', folder]).status === 0;
}

/** All but some bytes, less than a file. */
async function fill(folder: string): Promise<Undo> {
  const path = join(folder, 'filler');
  let [size, step] = [0, 4 * 1024 * 1024];
  const parts: string[] = [];
  while (step >= 128 * 1024) {
    const part = `${path}-${parts.length}`;
    try {
      await writeFile(part, Buffer.alloc(step));
      parts.push(part);
      size += step;
    } catch {
      await rm(part, { force: true });
      step /= 2;
    }
  }
  assert.ok(size > 0);
  return async () => {
    for (const part of parts) await rm(part);
  };
}

async function makeReadOnly(folder: string): Promise<Undo> {
  const remount = (mode: 'ro' | 'rw'): void =>
    assert.equal(spawnSync('mount', ['-o', `remount,${mode}`, folder]).status, 0, mode);
  remount('ro');
  return async () => remount('rw');
}
