import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, afterEach, beforeEach, describe } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { Types } from 'mongoose';
import type { MakePlayable } from '../../../src/channel/messages.ts';
import { MAX_WAITING } from '../../../src/features/library/renditions/rendition-queue.ts';
import { listenTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { admit, assertConsistent, linkModel, mediaModel, postModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import type { TestPerson } from '../../helpers/people.ts';
import type { Sample } from '../../helpers/samples.ts';
import { makeVideo, pictureOf, sampleOf } from '../../helpers/samples.ts';

const STATE = '{ id index status progress ahead asked heldReason errorCode message rendition { id mime size } }';
const ASK = `mutation ($id: ID!, $index: Int!) { makePlayable(id: $id, index: $index) ${STATE} }`;
const CANCEL = `mutation ($id: ID!, $index: Int!) { cancelPlayable(id: $id, index: $index) ${STATE} }`;
const LOOK = `query ($id: ID!, $index: Int!) { renditionState(id: $id, index: $index) ${STATE} }`;

interface State {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
  readonly ahead: number;
  readonly asked: boolean;
  readonly heldReason: string | null;
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly rendition: { readonly id: string; readonly mime: string; readonly size: number } | null;
}

const folder = await mkdtemp(join(tmpdir(), 'mf-renditions-'));
after(async () => rm(folder, { recursive: true, force: true }));
const original = await makeVideo(folder);
const other = sampleOf('video', 'mp4', Buffer.concat([original.bytes, Buffer.from('other')]));
const playable = sampleOf('video', 'mp4', Buffer.concat([original.bytes, Buffer.from('playable')]));

async function ask(person: TestPerson, id: string, index = 0): Promise<State> {
  const { data, errors } = await person.graphql(ASK, { id, index });
  if (errors) throw Object.assign(new Error(errors[0]?.message), { code: errors[0]?.extensions?.code });
  // The mutation's own selection.
  return data?.['makePlayable'] as State;
}

async function cancel(person: TestPerson, id: string, index = 0): Promise<State> {
  const { data } = await person.graphql(CANCEL, { id, index });
  return data?.['cancelPlayable'] as State;
}

async function look(person: TestPerson, id: string, index = 0): Promise<State | null> {
  const { data } = await person.graphql(LOOK, { id, index });
  return data?.['renditionState'] as State | null;
}

/** Resolves as soon as it stands so; each change is told. */
async function stands(app: FastifyInstance, person: TestPerson, id: string, wanted: (state: State | null) => boolean) {
  for (;;) {
    const changed = once(app.library.events, 'rendition');
    const state = await look(person, id);
    if (wanted(state)) return state;
    await changed;
  }
}

async function deliver(worker: FakeWorker, { jobId, attempt }: MakePlayable, made: Sample): Promise<void> {
  const [item] = await worker.stage({ jobId, attempt }, [made]);
  assert.ok(item);
  const { path, sha256, size, width, height } = item;
  worker.send({
    type: 'rendition',
    ...{ jobId, attempt },
    file: { path, sha256, size, duration: 0.2, ...(width && { width }), ...(height && { height }) },
  });
}

const { app } = await listenTestApp({ after });
await app.system.settings.change({ reserveMb: 0 });
const [ann, ben] = [await addPerson(app, 'ann'), await addPerson(app, 'ben')];
let worker: FakeWorker;

/** It is closed after each test. */
const newWorker = async (): Promise<FakeWorker> => {
  worker = await FakeWorker.connect({ after: () => undefined }, app);
  await worker.settled();
  return worker;
};

describe('renditions', () => {
  beforeEach(newWorker);
  afterEach(async () => {
    await worker.close();
    for (const { _id, user } of await linkModel(app).find().lean())
      await app.library.remove(_id.toString(), user.toString());
    await app.database.model('RenditionJob').deleteMany({});
    assert.deepEqual(await readdir(app.system.mediaRoot.final), []);
  });

  const keep = async (key: string, samples = [original], person = ann) => {
    const { link, post } = await admit(app, person.id, key, samples, person.id);
    return { id: link._id.toString(), post };
  };

  test('asked twice it is one job; its progress is told; what is made is kept beside the original, and plays', async () => {
    const { id, post } = await keep('tiktok:1');
    const [first, second] = await Promise.all([ask(ann, id), ask(ann, id)]);
    for (const { status } of [first, second]) assert.ok(['queued', 'running'].includes(status), status);
    const order = await worker.next('make-playable');
    assert.deepEqual([order.sha256, order.ext, order.kind], [original.sha256, 'mp4', 'video']);
    assert.ok(order.processors.some((each) => each.id === 'ffmpeg-h264'));
    worker.send({ type: 'rendition-progress', jobId: order.jobId, attempt: order.attempt, progress: 42 });
    await stands(app, ann, id, (state) => state?.progress === 42);
    await deliver(worker, order, playable);
    const done = await stands(app, ann, id, (state) => state?.status === 'ready');
    assert.equal(done?.rendition?.size, playable.bytes.length);
    assert.deepEqual(
      worker.received.filter(({ type }) => type === 'make-playable'),
      [],
    );

    const [item] =
      (await ann.inject({ url: '/api/library' })).json<{ items: { items: { id: string; rendition: unknown }[] }[] }>()
        .items[0]?.items ?? [];
    assert.equal(item?.id, String(post.items[0]?.media));
    assert.deepEqual(item.rendition, done.rendition);
    for (const [which, bytes] of [
      [item.id, original.bytes],
      [done.rendition.id, playable.bytes],
    ] as const) {
      const answer = await ann.inject({ url: `/api/media/${which}/file` });
      assert.deepEqual([answer.statusCode, answer.rawPayload.equals(bytes)], [200, true]);
      assert.equal((await ben.inject({ url: `/api/media/${which}/file` })).statusCode, 404);
    }
    await assertConsistent(app);
    assert.deepEqual((await app.library.fsck({ settleMs: 1, verifyHashes: true })).differences, []);
    assert.equal((await ask(ann, id)).status, 'ready', 'what is there is not made again');
    // Swept right after; the last change is told when it is.
    for (;;) {
      const changed = once(app.library.events, 'rendition');
      if (!(await readdir(app.system.mediaRoot.staging)).includes(order.jobId)) break;
      await changed;
    }

    const removed = await app.library.remove(id, ann.id);
    assert.equal(removed.deletedFiles, 2);
    assert.deepEqual(await readdir(app.system.mediaRoot.final), []);
  });

  test('a form that another post keeps as its own file stays with that one', async () => {
    const { id } = await keep('tiktok:1');
    await keep('tiktok:2', [playable]);
    await ask(ann, id);
    await deliver(worker, await worker.next('make-playable'), playable);
    await stands(app, ann, id, (state) => state?.status === 'ready');
    await assertConsistent(app);
    assert.equal((await app.library.remove(id, ann.id)).deletedFiles, 1);
    assert.deepEqual(await readdir(app.system.mediaRoot.final), [`${playable.sha256}.mp4`]);
  });

  test('a form’s bytes that come again as a file of their own have their pictures', async () => {
    const { id } = await keep('tiktok:1');
    await ask(ann, id);
    await deliver(worker, await worker.next('make-playable'), playable);
    const made = await stands(app, ann, id, (state) => state?.status === 'ready');
    const { post } = await keep('tiktok:2', [playable]);
    assert.equal(String(post.items[0]?.media), made?.rendition?.id);
    assert.deepEqual((await mediaModel(app).findById(made?.rendition?.id).lean())?.thumbnails, [24]);
    await assertConsistent(app);
  });

  test('a post whose last holder goes on another server, while its form is put in, goes with all its files', async (t) => {
    const { id, post } = await keep('tiktok:1');
    const take = app.media.take.bind(app.media);
    t.mock.method(app.media, 'take', async (...[holder, facts, staged]: Parameters<typeof take>) => {
      const stored = await take(holder, facts, staged);
      // The other server cannot delete the post: this one has its lease.
      await postModel(app).updateOne({ _id: post._id }, { $pull: { refs: id }, $inc: { refCount: -1 } });
      await linkModel(app).deleteOne({ _id: id });
      return stored;
    });
    await ask(ann, id);
    const order = await worker.next('make-playable');
    const over = once(app.library.events, 'rendition');
    await deliver(worker, order, playable);
    await over;
    assert.deepEqual(await readdir(app.system.mediaRoot.final), []);
    assert.equal(await postModel(app).countDocuments(), 0);
  });

  test('a worker that goes has the job asked of the next one, and what the first still says counts for nothing', async () => {
    const { id } = await keep('tiktok:1');
    await ask(ann, id);
    const first = await worker.next('make-playable');
    await worker.close();
    await stands(app, ann, id, (state) => state?.status === 'queued' && state.heldReason === 'MF_ERR_UNAVAILABLE');
    worker = await FakeWorker.connect({ after: () => undefined }, app);
    const second = await worker.next('make-playable');
    assert.deepEqual([second.jobId, second.attempt], [first.jobId, first.attempt + 1]);
    worker.send({ type: 'rendition', jobId: first.jobId, attempt: first.attempt, errorCode: 'MF_ERR_CORRUPT' });
    await worker.settled();
    assert.equal((await look(ann, id))?.status, 'running');
    await deliver(worker, second, playable);
    await stands(app, ann, id, (state) => state?.status === 'ready');
    await assertConsistent(app);
  });

  test('what fails says why, and is tried again when it is asked for again', async () => {
    const { id } = await keep('tiktok:1');
    await ask(ann, id);
    const { jobId, attempt } = await worker.next('make-playable');
    worker.send({ type: 'rendition', jobId, attempt, errorCode: 'MF_ERR_CORRUPT', message: 'The file is broken.' });
    const failed = await stands(app, ann, id, (state) => state?.status === 'failed');
    assert.deepEqual([failed?.errorCode, failed?.message], ['MF_ERR_CORRUPT', 'The file is broken.']);
    assert.notEqual((await ask(ann, id)).status, 'failed');
    assert.equal((await worker.next('make-playable')).attempt, attempt + 1);
    await assertConsistent(app);
  });

  test('without room nobody is asked to begin; it is tried some times until it fails', async (t) => {
    const { id } = await keep('tiktok:1');
    t.mock.method(app.system.mediaRoot, 'space', async () => ({ free: 0, total: 1 }));
    await ask(ann, id);
    for (let status: string | undefined; status !== 'failed';) {
      status = (await stands(app, ann, id, (state) => state?.status !== 'running'))?.status;
      app.library.renditions.wake();
    }
    assert.equal((await look(ann, id))?.errorCode, 'MF_ERR_DISK_FULL');
    await worker.settled();
    assert.deepEqual(
      worker.received.filter(({ type }) => type === 'make-playable'),
      [],
    );
  });

  test('without the media folder all wait, and none fails', async (t) => {
    const [first, second] = [await keep('tiktok:1'), await keep('tiktok:2', [other])];
    const looked = Promise.withResolvers<undefined>();
    const mounted = t.mock.method(app.system.mediaRoot, 'mounted', async () => {
      looked.resolve(undefined);
      return false;
    });
    for (const { id } of [first, second]) await ask(ann, id);
    await looked.promise;
    for (const { id } of [first, second])
      await stands(app, ann, id, (state) => state?.status === 'queued' && state.heldReason === 'MF_ERR_MOUNT_MISSING');
    mounted.mock.restore();
    app.library.renditions.wake();
    await deliver(worker, await worker.next('make-playable'), playable);
    await deliver(worker, await worker.next('make-playable'), playable);
    for (const { id } of [first, second]) await stands(app, ann, id, (state) => state?.status === 'ready');
    await assertConsistent(app);
  });

  test('a post that goes ends the work on it, and the next one begins', async () => {
    const [first, second] = [await keep('tiktok:1'), await keep('tiktok:2', [other])];
    for (const { id } of [first, second]) await ask(ann, id);
    const { jobId, attempt, sha256 } = await worker.next('make-playable');
    assert.equal(sha256, original.sha256);
    await app.library.remove(first.id, ann.id);
    worker.send({ type: 'rendition-progress', jobId, attempt, progress: 50 });
    assert.equal((await worker.next('cancel')).jobId, jobId);
    assert.equal((await worker.next('make-playable')).sha256, other.sha256);
  });

  test('cancelled, what waits is not begun, what runs ends, and the next one begins; said again it changes nothing', async () => {
    const [first, second, third] = [
      await keep('tiktok:1'),
      await keep('tiktok:2', [other]),
      await keep('tiktok:3', [sampleOf('video', 'mp4', Buffer.concat([original.bytes, Buffer.from('third')]))]),
    ];
    for (const { id } of [first, second, third]) await ask(ann, id);
    const { jobId } = await worker.next('make-playable');
    for (let times = 0; times < 2; times += 1) {
      assert.equal((await cancel(ann, second.id)).status, 'cancelled');
      assert.equal(await look(ann, second.id), null);
    }
    assert.equal((await look(ann, first.id))?.asked, true);
    assert.equal((await cancel(ann, first.id)).status, 'cancelled');
    const told = await worker.next('cancel');
    assert.deepEqual([told.jobId, told.drop], [jobId, true]);
    assert.equal(await look(ann, first.id), null);
    const next = await worker.next('make-playable');
    assert.equal(next.sha256, third.post.items[0]?.sha256, 'what was cancelled is not asked for');
    await deliver(worker, next, playable);
    await stands(app, ann, third.id, (state) => state?.status === 'ready');
    assert.equal((await cancel(ann, third.id)).status, 'ready', 'it is too late');
    await assertConsistent(app);
  });

  test('asked for again after a cancel it is made', async () => {
    const { id } = await keep('tiktok:1');
    await ask(ann, id);
    const first = await worker.next('make-playable');
    await cancel(ann, id);
    await ask(ann, id);
    const second = await worker.next('make-playable');
    assert.notEqual(second.jobId, first.jobId);
    await deliver(worker, second, playable);
    await stands(app, ann, id, (state) => state?.status === 'ready');
    await assertConsistent(app);
  });

  test('what somebody else waits for goes on until they cancel it too', async () => {
    const [hers, his] = [
      await admit(app, ann.id, 'tiktok:1', [original]),
      await admit(app, ben.id, 'tiktok:1', [original]),
    ];
    const [id, other] = [hers.link._id.toString(), his.link._id.toString()];
    for (const [person, link] of [[ann, id], [ben, other]] as const) assert.equal((await ask(person, link)).asked, true); // prettier-ignore
    await worker.next('make-playable');
    const goesOn = await cancel(ann, id);
    assert.deepEqual([goesOn.status, goesOn.asked], ['running', false]);
    assert.equal((await look(ben, other))?.asked, true);
    assert.equal((await cancel(ben, other)).status, 'cancelled');
    await worker.next('cancel');
  });

  test('a cancel that comes while the form is put into the store is too late', async (t) => {
    const { id } = await keep('tiktok:1');
    const take = app.media.take.bind(app.media);
    const answers: string[] = [];
    t.mock.method(app.media, 'take', async (...args: Parameters<typeof take>) => {
      answers.push((await cancel(ann, id)).status);
      return take(...args);
    });
    await ask(ann, id);
    await deliver(worker, await worker.next('make-playable'), playable);
    await stands(app, ann, id, (state) => state?.status === 'ready');
    assert.deepEqual(answers, ['running']);
    await assertConsistent(app);
  });

  test('a cancel in the moment in which it is done is answered by what has become of it', async () => {
    const { id } = await keep('tiktok:1');
    await ask(ann, id);
    const order = await worker.next('make-playable');
    const [{ status }] = await Promise.all([cancel(ann, id), deliver(worker, order, playable)]);
    if (status === 'cancelled') {
      // The next one begins when this one is over.
      const next = await keep('tiktok:2', [other]);
      await ask(ann, next.id);
      await worker.next('make-playable');
      assert.equal(await look(ann, id), null);
      assert.equal((await readdir(app.system.mediaRoot.final)).includes(`${playable.sha256}.mp4`), false);
    } else await stands(app, ann, id, (state) => state?.status === 'ready');
    await assertConsistent(app);
  });

  test('without a worker it says so', async () => {
    const { id } = await keep('tiktok:1');
    await worker.close();
    await ask(ann, id);
    await stands(app, ann, id, (state) => state?.heldReason === 'MF_ERR_UNAVAILABLE');
    const second = await keep('tiktok:2', [other]);
    await ask(ann, second.id);
    const behind = await stands(app, ann, second.id, (state) => state?.heldReason === 'MF_ERR_UNAVAILABLE');
    assert.deepEqual([behind?.status, behind?.ahead], ['queued', 1]);
    await newWorker();
    assert.equal((await worker.next('make-playable')).sha256, original.sha256);
  });

  test('a form whose file is lost is made again', async () => {
    const { id } = await keep('tiktok:1');
    await ask(ann, id);
    await deliver(worker, await worker.next('make-playable'), playable);
    await stands(app, ann, id, (state) => state?.status === 'ready');
    await rm(join(app.system.mediaRoot.final, `${playable.sha256}.mp4`));
    assert.equal(await look(ann, id), null);
    assert.notEqual((await ask(ann, id)).status, 'ready');
    await deliver(worker, await worker.next('make-playable'), playable);
    await stands(app, ann, id, (state) => state?.status === 'ready');
    await assertConsistent(app);
  });

  test('one person cannot wait for any number', async () => {
    const { id, post } = await keep('tiktok:1');
    const RenditionJob = app.database.model('RenditionJob');
    const waiting = { status: 'running', askedAt: new Date(), attempt: 1, tries: 1, progress: 0, post: post._id };
    const lease = { server: 'another', token: 'theirs', until: new Date(Date.now() + 3_600_000) };
    const jobs = Array.from({ length: MAX_WAITING }, () => ({
      ...{ ...waiting, media: new Types.ObjectId(), askers: [ann.id], lease },
    }));
    await RenditionJob.insertMany(jobs);
    await assert.rejects(ask(ann, id), { code: 'MF_ERR_TOO_MANY_REQUESTS' });
    const its = await keep('tiktok:2', [other], ben);
    await ask(ben, its.id);
    assert.equal((await worker.next('make-playable')).sha256, other.sha256);
  });

  test('one is made at a time; the next one knows how many are before it', async () => {
    const [first, second] = [await keep('tiktok:1'), await keep('tiktok:2', [other])];
    await ask(ann, first.id);
    const order = await worker.next('make-playable');
    assert.deepEqual(await ask(ann, second.id).then(({ status, ahead }) => [status, ahead]), ['queued', 1]);
    await deliver(worker, order, playable);
    const next = await worker.next('make-playable');
    assert.equal(next.sha256, other.sha256);
    assert.equal((await look(ann, first.id))?.status, 'ready');
    await deliver(worker, next, playable);
    await stands(app, ann, second.id, (state) => state?.status === 'ready');
    await assertConsistent(app);
  });

  test('a file that lies about itself is not taken, and nothing of it stays', async () => {
    const { id } = await keep('tiktok:1');
    await ask(ann, id);
    const { jobId, attempt } = await worker.next('make-playable');
    await worker.stage({ jobId, attempt }, [playable]);
    await writeFile(join(worker.stagingOf({ jobId, attempt }), '0.mp4'), 'not a video');
    worker.send({ type: 'rendition', jobId, attempt, file: { path: '0.mp4', sha256: playable.sha256, size: 11 } });
    assert.equal((await stands(app, ann, id, (state) => state?.status === 'failed'))?.errorCode, 'MF_ERR_PLUGIN');
    await assertConsistent(app);
  });

  test('a post that goes meanwhile takes the job with it', async () => {
    const { id } = await keep('tiktok:1');
    await ask(ann, id);
    const order = await worker.next('make-playable');
    await app.library.remove(id, ann.id);
    const over = once(app.library.events, 'rendition');
    await deliver(worker, order, playable);
    await over;
    assert.deepEqual(await readdir(app.system.mediaRoot.final), []);
    assert.equal(await app.database.model('RenditionJob').countDocuments(), 0);
  });

  test('fetched again the post keeps what was made of a file that is still its own, and lets go what was not', async () => {
    const { id } = await keep('tiktok:1');
    await ask(ann, id);
    await deliver(worker, await worker.next('make-playable'), playable);
    await stands(app, ann, id, (state) => state?.status === 'ready');
    await keep('tiktok:1');
    assert.equal((await look(ann, id))?.status, 'ready');
    await assertConsistent(app);
    await keep('tiktok:1', [other]);
    assert.equal(await look(ann, id), null);
    await assertConsistent(app);
    assert.deepEqual(await readdir(app.system.mediaRoot.final), [`${other.sha256}.mp4`]);
  });

  test('a picture, an item that is not there, and what is somebody else’s, are refused', async () => {
    const { id } = await keep('tiktok:1', [await pictureOf(1)]);
    for (const [person, index, code] of [
      [ann, 0, 'MF_ERR_STATE'],
      [ann, 7, 'MF_ERR_UNKNOWN'],
      [ben, 0, 'MF_ERR_UNKNOWN'],
    ] as const)
      await assert.rejects(ask(person, id, index), { code });
  });

  test('the integrity check finds a form that is not held, and one that nobody lists', async () => {
    const { id, post } = await keep('tiktok:1');
    await ask(ann, id);
    await deliver(worker, await worker.next('make-playable'), playable);
    const made = await stands(app, ann, id, (state) => state?.status === 'ready');
    const media = app.database.model('Media');
    await media.updateOne({ _id: made?.rendition?.id }, { $set: { refs: [], refCount: 0 } });
    const check = async () =>
      (await app.library.fsck({ settleMs: 1, documentsOnly: true })).differences.map(({ kind }) => kind).toSorted();
    assert.deepEqual(await check(), ['reference', 'unheld']);
    await media.updateOne({ _id: made?.rendition?.id }, { $set: { refs: [post._id], refCount: 1 } });
    await postModel(app).updateOne({ _id: post._id }, { $unset: { renditions: 1 } });
    assert.deepEqual(await check(), ['reference']);
    await app.library.fsck({ repair: true, settleMs: 1 });
    await assertConsistent(app);
    assert.deepEqual(await readdir(app.system.mediaRoot.final), [`${original.sha256}.mp4`]);
  });
});

test('a server that starts anew asks again for what it had in hand', async (t) => {
  const DATA_DIR = await makeDataDir(t);
  const { app: first } = await listenTestApp(t, { DATA_DIR });
  await first.system.settings.change({ reserveMb: 0 });
  const cat = await addPerson(first, 'cat');
  const { link } = await admit(first, cat.id, 'tiktok:1', [original]);
  const id = link._id.toString();
  const its = await FakeWorker.connect(t, first);
  await ask(cat, id);
  const order = await its.next('make-playable');
  await first.close();

  const { app: next } = await listenTestApp(t, { DATA_DIR });
  const again = await FakeWorker.connect(t, next);
  const second = await again.next('make-playable');
  assert.deepEqual([second.jobId, second.attempt], [order.jobId, order.attempt + 1]);
  await deliver(again, second, playable);
  await stands(next, { ...cat, ...signedIn(next, cat) }, id, (state) => state?.status === 'ready');
  await assertConsistent(next);
});

/** The person's requests, of another application. */
function signedIn(at: FastifyInstance, { headers }: TestPerson): Pick<TestPerson, 'inject' | 'graphql'> {
  const inject: TestPerson['inject'] = async (options) =>
    at.inject({ ...options, headers: { ...headers, ...options.headers } });
  const graphql: TestPerson['graphql'] = async (query, variables) =>
    (await inject({ method: 'POST', url: '/graphql', payload: { query, variables } })).json();
  return { inject, graphql };
}
