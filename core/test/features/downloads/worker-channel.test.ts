import assert from 'node:assert/strict';
import { once } from 'node:events';
import { link, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { after, beforeEach } from 'node:test';
import type { StagedItem } from '../../../src/channel/messages.ts';
import { listenTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import { downloadModel, newPostUrl, reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { assertConsistent, linkModel, postModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { makeVideo, pictureOf, sampleOf, thumbnailBytes } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after }, { PROGRESS_THROTTLE_MS: '60' });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const { final, staging } = app.system.mediaRoot;
const sea = await pictureOf(1);
const video = await makeVideo(await makeDataDir({ after }));

beforeEach(async () => {
  for (const { _id, user } of await linkModel(app).find().lean())
    await app.library.remove(_id.toString(), user.toString());
  await downloadModel(app).deleteMany({});
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) } });
});

test('a job that is staged becomes a post with its file, thumbnail and record, and staging is swept', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const assign = await worker.complete([video]);
  assert.equal(assign.jobId, jobId);
  const record = (await ann.inject({ url: `/api/downloads/${jobId}` })).json<Record<string, unknown>>();
  const { status, progress, outputPath, totalBytes, attempts, stage } = record;
  assert.deepEqual(
    { status, progress, outputPath, totalBytes, attempts, stage },
    {
      status: 'completed',
      progress: 100,
      outputPath: `final/${video.sha256}.mp4`,
      totalBytes: video.bytes.length,
      attempts: 1,
      stage: null,
    },
  );
  assert.deepEqual(await readdir(final), [`${video.sha256}.mp4`]);
  assert.deepEqual(await readdir(staging), []);
  await assertConsistent(app);
});

const LIES: readonly (readonly [what: string, lie: (item: StagedItem, directory: string) => Promise<StagedItem>])[] = [
  [
    'a path that climbs out',
    async (item, directory) => {
      await writeFile(join(directory, '../outside.jpg'), sea.bytes);
      return { ...item, path: '../outside.jpg' };
    },
  ],
  ['an absolute path', async (item, directory) => ({ ...item, path: join(directory, item.path) })],
  [
    'a path that climbs out and comes back',
    async (item, directory) => ({ ...item, path: `../${directory.split('/').at(-1) ?? ''}/../../../final/x.jpg` }),
  ],
  ['a file that is not there', async (item) => ({ ...item, path: 'nothing.jpg' })],
  ['the folder itself', async (item) => ({ ...item, path: '.' })],
  [
    'a folder',
    async (item, directory) => {
      await mkdir(join(directory, 'folder.jpg'));
      return { ...item, path: 'folder.jpg' };
    },
  ],
  [
    'a symlink',
    async (item, directory) => {
      await symlink(join(directory, item.path), join(directory, 'link.jpg'));
      return { ...item, path: 'link.jpg' };
    },
  ],
  [
    'a way through a symlink',
    async (item, directory) => {
      await symlink(directory, join(directory, 'way'));
      return { ...item, path: `way/${item.path}` };
    },
  ],
  [
    'a file with a second name',
    async (item, directory) => {
      await link(join(directory, item.path), join(directory, 'second.jpg'));
      return item;
    },
  ],
  ['another size', async (item) => ({ ...item, size: item.size + 1 })],
  ['another kind', async (item) => ({ ...item, kind: 'video' })],
  [
    'a web page as a picture',
    async (item, directory) => {
      const page = Buffer.from('<!doctype html><title>Log in</title>');
      await writeFile(join(directory, item.path), page);
      return { ...item, size: page.length };
    },
  ],
  [
    'a drawing with a script',
    async (item, directory) => {
      const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
      await writeFile(join(directory, 'a.svg'), drawing);
      return { ...item, path: 'a.svg', size: drawing.length };
    },
  ],
  [
    'a thumbnail from outside',
    async (item, directory) => {
      await writeFile(join(directory, '../outside.webp'), await thumbnailBytes());
      return { ...item, thumbnails: [{ width: 24, path: '../outside.webp' }] };
    },
  ],
  [
    'a thumbnail that is a web page',
    async (item, directory) => {
      await writeFile(join(directory, 'page.webp'), '<!doctype html>');
      return { ...item, thumbnails: [{ width: 24, path: 'page.webp' }] };
    },
  ],
  [
    'a thumbnail that is a folder',
    async (item, directory) => {
      await mkdir(join(directory, 'folder.webp'));
      return { ...item, thumbnails: [{ width: 24, path: 'folder.webp' }] };
    },
  ],
  [
    'a thumbnail with a second name',
    async (item, directory) => {
      await link(join(directory, '0-24.webp'), join(directory, 'second.webp'));
      return item;
    },
  ],
  [
    'its thumbnail as the picture too',
    async (item, directory) => {
      const { size } = await stat(join(directory, '0-24.webp'));
      return { ...item, path: '0-24.webp', size };
    },
  ],
];

for (const [what, lie] of LIES) {
  test(`a plugin that hands over ${what} fails, and nothing is published`, async (t) => {
    const worker = await FakeWorker.connect(t, app);
    const jobId = await submit(ann);
    const assign = await worker.next('assign');
    const [good, bad] = await worker.stage(assign, [video, sea]);
    assert.ok(good && bad);
    const directory = worker.stagingOf(assign);
    // The item of the lie is the first in the folder, the last in the post.
    const [item] = await worker.stage(assign, [sea]);
    assert.ok(item);
    await writeFile(join(directory, 'video.mp4'), video.bytes);
    const honest = { ...good, index: 0, path: 'video.mp4', thumbnails: [] };
    worker.sendStaged(assign, [honest, { ...(await lie(item, directory)), index: 1 }]);
    await worker.next('ack', jobId);
    const { status, errorCode } = await recordOf(app, jobId);
    assert.deepEqual([status, errorCode], ['failed', 'MF_ERR_PLUGIN']);
    assert.deepEqual(await readdir(final), []);
    assert.deepEqual(await readdir(staging), []);
    await assertConsistent(app);
  });
}

test('a file above the limit is MF_ERR_TOO_LARGE', async (t) => {
  const { app: small } = await listenTestApp(t, { MAX_FILE_MB: '1' });
  const cleo = await addPerson(small, 'cleo');
  const worker = await FakeWorker.connect(t, small);
  const jobId = await submit(cleo);
  const large = sampleOf('image', 'jpg', Buffer.concat([sea.bytes, Buffer.alloc(1_100_000)]));
  await worker.complete([large]);
  const { status, errorCode } = await recordOf(small, jobId);
  assert.deepEqual([status, errorCode], ['failed', 'MF_ERR_TOO_LARGE']);
});

for (const [what, key] of [
  ['of another platform', 'reddit:abc'],
  ['of another post', 'tiktok:1'],
] as const) {
  test(`a post ${what} than was asked for is refused, staged or resolved`, async (t) => {
    const worker = await FakeWorker.connect(t, app);
    const staged = await submit(ann);
    const first = await worker.next('assign');
    worker.sendStaged({ ...first, link: { ...first.link, key } }, await worker.stage(first, [sea]));
    await worker.next('ack', staged);
    const resolved = await submit(ann);
    const second = await worker.next('assign');
    worker.send({ type: 'resolved', jobId: resolved, attempt: second.attempt, key, url: newPostUrl() });
    assert.equal((await worker.next('cancel', resolved)).drop, true);
    for (const jobId of [staged, resolved]) assert.equal((await recordOf(app, jobId)).errorCode, 'MF_ERR_PLUGIN');
    assert.deepEqual(await readdir(final), []);
  });
}

test('what is said of another attempt or an unknown job, or is no message, changes nothing', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const assign = await worker.next('assign');
  const items = await worker.stage({ jobId, attempt: 2 }, [sea]);
  const before = await recordOf(app, jobId);
  const late = { jobId, attempt: 2 };
  worker.send({ type: 'progress', ...late, stage: 'fetch', progress: 50 });
  worker.send({ type: 'progress', jobId: 'e'.repeat(24), attempt: 1, stage: 'fetch', progress: 50 });
  worker.send({ type: 'paused', ...late });
  worker.send({ type: 'failed', ...late, errorCode: 'MF_ERR_NETWORK', message: 'late' });
  worker.sendStaged({ ...assign, attempt: 2 }, items);
  worker.send({ type: 'resolved', ...late, key: 'tiktok:1', url: newPostUrl() });
  for (const text of [
    '{"type":"progress"',
    'null',
    '[]',
    '{"type":"drop table"}',
    '{"type":"__proto__"}',
    JSON.stringify({ type: 'progress', jobId, attempt: 1, stage: 'fetch', progress: 101 }),
    JSON.stringify({ type: 'progress', jobId, attempt: 1, stage: 'fetch', progress: -1 }),
    JSON.stringify({ type: 'progress', jobId, attempt: 1, stage: 'party', progress: 5 }),
    JSON.stringify({ type: 'progress', jobId: { $ne: null }, attempt: 1, stage: 'fetch', progress: 5 }),
    JSON.stringify({ type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_FUN', message: 'x' }),
    JSON.stringify({ type: 'staged', jobId, attempt: 1, result: { key: 'tiktok:1', items: [] } }),
  ])
    worker.sendText(text);
  await worker.settled();
  assert.deepEqual(await recordOf(app, jobId), before);
  assert.deepEqual(await readdir(final), []);
  worker.sendStaged(assign, await worker.stage(assign, [sea]));
  assert.equal((await reaches(app, jobId, ({ status }) => status === 'completed')).attempt, 1);
});

for (const [what, headers] of [
  ['without a token', {}],
  ['with a wrong token', { authorization: 'Bearer token-of-nobody' }],
] as const) {
  test(`a worker ${what} is refused before it can say a word`, async () => {
    const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/worker`;
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const sent = request(url, { headers: { ...upgrade, 'sec-websocket-key': 'bWVkaWFmZXRjaGVyLXRlc3Q=', ...headers } });
    const [answer] = (await once(sent.end(), 'response')) as [IncomingMessage];
    const problem = JSON.parse(await text(answer)) as { code: string };
    assert.deepEqual([answer.statusCode, problem.code], [401, 'MF_ERR_UNAUTHENTICATED']);
  });
}

test('before its hello a worker is not listened to', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const { attempt } = await worker.next('assign');
  const stranger = await FakeWorker.dial(t, app);
  stranger.send({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_NETWORK', message: 'not mine' });
  stranger.hello({ id: 'stranger', slots: 0 });
  await stranger.settled();
  assert.equal((await recordOf(app, jobId)).status, 'running');
});

test('a hello that is said twice leaves the worker connected', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  worker.hello();
  const jobId = await submit(ann);
  await worker.complete([sea]);
  assert.equal((await recordOf(app, jobId)).status, 'completed');
});

test('staged that comes twice, before and after its receipt, stores one post and is acknowledged each time', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const assign = await worker.next('assign');
  const items = await worker.stage(assign, [sea]);
  worker.sendStaged(assign, items);
  worker.sendStaged(assign, items);
  // Said after it was staged: what was staged counts.
  worker.send({ type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_NETWORK', message: 'late' });
  for (let acks = 0; acks < 3; acks += 1) await worker.next('ack', jobId);
  worker.sendStaged(assign, items);
  await worker.next('ack', jobId);
  assert.equal((await recordOf(app, jobId)).status, 'completed');
  assert.deepEqual([await postModel(app).countDocuments(), await linkModel(app).countDocuments()], [1, 1]);
  await assertConsistent(app);
});

test('a heartbeat renews the lease of the job and of its slot', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const { attempt } = await worker.next('assign');
  const soon = new Date(Date.now() + 1000);
  const Slot = app.database.model<{ until: Date }>('Slot');
  const { slot } = await recordOf(app, jobId);
  await downloadModel(app).updateOne({ _id: jobId }, { $set: { leaseUntil: soon } });
  await Slot.updateOne({ _id: slot }, { $set: { until: soon } });
  worker.send({ type: 'heartbeat', running: [{ jobId, attempt }] });
  worker.send({ type: 'accepted', jobId, attempt });
  await worker.settled();
  assert.ok(((await recordOf(app, jobId)).leaseUntil ?? soon) > soon);
  // Its own slot: the dispatcher may hold another for a moment while it looks for work.
  assert.ok((await Slot.findById(slot).orFail()).until > soon);
});

test('a job whose lease ran out goes to another worker as its next attempt; the first is told to stop', async (t) => {
  const silent = await FakeWorker.connect(t, app, { id: 'silent', slots: 1 });
  const jobId = await submit(ann);
  const first = await silent.next('assign');
  await downloadModel(app).updateOne({ _id: jobId }, { $set: { leaseUntil: new Date(0) } });
  await app.database.model('Slot').updateMany({}, { $set: { until: new Date(0) } });
  const other = await FakeWorker.connect(t, app, { id: 'other', slots: 1 });
  // The cluster's clock finds it within seconds.
  const second = await other.next('assign', jobId);
  assert.deepEqual([first.attempt, second.attempt], [1, 2]);
  silent.send({ type: 'heartbeat', running: [{ jobId, attempt: 1 }] });
  const { drop, attempt } = await silent.next('cancel', jobId);
  // The next attempt may go on with its partial files.
  assert.deepEqual([drop, attempt], [false, 1]);
  silent.sendStaged(first, await silent.stage(first, [video]));
  await silent.next('ack', jobId);
  other.sendStaged(second, await other.stage(second, [sea]));
  await other.next('ack', jobId);
  assert.deepEqual(await readdir(final), [`${sea.sha256}.jpg`]);
});

test('a job that a worker never speaks of does not hold its place for ever', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const lost = await submit(ann);
  await worker.next('assign', lost);
  const waiting = await submit(ann);
  // Another server has found its lease run out.
  const later = new Date(Date.now() + 60_000);
  await downloadModel(app).updateOne({ _id: lost }, { $set: { status: 'queued', notBefore: later } });
  worker.send({ type: 'heartbeat', running: [] });
  assert.equal((await worker.next('assign', waiting)).attempt, 1);
});

test('no more jobs run at a time than CONCURRENCY, however many workers there are', async (t) => {
  const workers = await Promise.all(['a', 'b', 'c'].map(async (id) => FakeWorker.connect(t, app, { id, slots: 5 })));
  const jobs: string[] = [];
  for (let index = 0; index < 8; index += 1) jobs.push(await submit(ann));
  let most = 0;
  const ended = Promise.all(
    jobs.map(async (jobId) => reaches(app, jobId, ({ status }) => status === 'completed' || status === 'failed')),
  );
  const seen = async (): Promise<void> => {
    most = Math.max(most, await downloadModel(app).countDocuments({ status: 'running' }));
  };
  app.downloads.events.on('change', () => void seen());
  let over = false;
  const serve = async (worker: FakeWorker): Promise<void> => {
    while (!over) await worker.complete([sea]);
  };
  for (const worker of workers) serve(worker).catch(() => undefined);
  const records = await ended;
  over = true;
  assert.deepEqual(new Set(records.map(({ status }) => status)), new Set(['completed']));
  assert.ok(most >= 1 && most <= app.config.concurrency, `${most} ran at a time`);
  await assertConsistent(app);
});

test('a worker is never given more jobs than it has places, and the next one as soon as one is free', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const [one, two] = [await submit(ann), await submit(ann)];
  const first = await worker.next('assign');
  assert.equal(first.jobId, one);
  await worker.settled();
  assert.equal((await recordOf(app, two)).status, 'queued');
  worker.send({ type: 'failed', jobId: one, attempt: 1, errorCode: 'MF_ERR_NOT_FOUND', message: 'The post is gone.' });
  assert.equal((await worker.next('assign')).jobId, two);
});

test('jobs go in the order of their coming', async (t) => {
  const jobs = [await submit(ann), await submit(ben), await submit(ann)];
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  for (const jobId of jobs) assert.equal((await worker.complete([sea])).jobId, jobId);
});

test('a job that takes its runner down five times has failed', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann);
  const failure = { errorCode: 'MF_ERR_PLUGIN', message: 'The runner died.', requeue: true } as const;
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    assert.equal((await worker.next('assign')).attempt, attempt);
    worker.send({ type: 'failed', jobId, attempt, ...failure });
  }
  const { errorCode } = await reaches(app, jobId, ({ status }) => status === 'failed');
  assert.equal(errorCode, 'MF_ERR_PLUGIN');
});

test('a job that a worker gives back goes on as its next attempt', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const jobId = await submit(ann);
  const failure = { errorCode: 'MF_ERR_INTERNAL', message: 'The worker is shutting down.', requeue: true } as const;
  await worker.next('assign');
  worker.send({ type: 'failed', jobId, attempt: 1, ...failure });
  assert.equal((await worker.next('assign', jobId)).attempt, 2);
});
