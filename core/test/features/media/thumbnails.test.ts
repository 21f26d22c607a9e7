import assert from 'node:assert/strict';
import { readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, beforeEach, describe } from 'node:test';
import { pino } from 'pino';
import sharp from 'sharp';
import type { MakeThumbnails } from '../../../src/channel/messages.ts';
import { remakeMissingThumbnails } from '../../../src/features/library/thumbnail-round.ts';
import { startWorker } from '../../../src/worker/index.ts';
import { WORKER_TOKEN, listenTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import type { Scope } from '../../helpers/build-test-app.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { admit, mediaModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { makeVideo, pictureOf, sampleOf, thumbnailBytes } from '../../helpers/samples.ts';
import type { Sample } from '../../helpers/samples.ts';
import { findProgram } from '../../worker/helpers/find-program.ts';
import { until } from '../../worker/helpers/until.ts';

const { app, origin } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const folder = await makeDataDir({ after });
const { thumbs, final, staging } = app.system.mediaRoot;
const video = await makeVideo(folder);
let made = 0;
let seed = 10;

/** A new post of this sample; gives the address of its picture, and where it lies. */
async function addPost(sample: Sample): Promise<{ url: string; file: string; linkId: string }> {
  made += 1;
  const { post, link } = await admit(app, ann.id, `tiktok:${made}`, [sample]);
  const url = `/api/media/${String(post.items[0]?.media)}/thumbnail`;
  return { url, file: join(thumbs, `${sample.sha256}-24.webp`), linkId: String(link._id) };
}

const workersConnected = async (): Promise<boolean> =>
  (await app.system.health.report()).parts['workers']?.status === 'ok';
const isGone = async (): Promise<boolean> => !(await workersConnected());
const fresh = async (): Promise<Sample> => pictureOf((seed += 1));

beforeEach(async () => {
  for (const name of await readdir(thumbs)) await rm(join(thumbs, name));
});

describe('with a worker', { timeout: 120_000 }, () => {
  test('a picture that is missing is made again for whoever asks for it', async (t) => {
    const worker = await startWorker({
      serverUrl: `${origin.replace('http', 'ws')}/worker`,
      token: WORKER_TOKEN,
      workerId: 'real',
      slots: 1,
      mediaRoot: app.system.mediaRoot.path,
      dataDir: folder,
      toolPaths: { ffmpeg: findProgram('ffmpeg'), ffprobe: findProgram('ffprobe') },
      watchdogMs: 60_000,
      allowPrivateHosts: [],
      log: pino({ level: 'silent' }),
    });
    t.after(async () => {
      await worker.close({ drain: false });
      await until(isGone);
    });
    await until(workersConnected);

    for (const [what, sample, harm] of [
      ['of a video, gone', video, async (file: string) => rm(file)],
      ['of a picture, cut', await pictureOf(1), async (file: string) => truncate(file, 20)],
    ] as const) {
      await t.test(what, async () => {
        const { url, file } = await addPost(sample);
        await harm(file);
        const answer = await ann.inject({ url });
        assert.equal(answer.statusCode, 200, answer.body);
        assert.equal((await sharp(answer.rawPayload).metadata()).format, 'webp');
        const { thumbnails, thumbhash } = await mediaModel(app).findOne({ sha256: sample.sha256 }).lean().orFail();
        // What the sample came with was of another width.
        assert.deepEqual([thumbnails, typeof thumbhash], [[240], 'string']);
        assert.deepEqual(await readFile(join(thumbs, `${sample.sha256}-240.webp`)), answer.rawPayload);
        await assert.rejects(readFile(file), { code: 'ENOENT' });
        assert.deepEqual((await ann.inject({ url })).rawPayload, answer.rawPayload);
      });
    }

    await t.test('by fsck, and by the round of each day', async () => {
      for (const name of await readdir(thumbs)) await rm(join(thumbs, name));
      const { differences, left } = await app.library.fsck({ repair: true, settleMs: 1 });
      assert.deepEqual([differences.length, left], [2, 0]);
      const [first = '', ...others] = await readdir(thumbs);
      await writeFile(join(thumbs, first), '');
      assert.equal(others.length, 1);
      assert.equal(await remakeMissingThumbnails(app.media, AbortSignal.timeout(60_000)), 1);
      assert.equal((await app.library.fsck({ settleMs: 1 })).left, 0);
    });

    await t.test('but not of a file that cannot be drawn', async () => {
      const { url, file } = await addPost(sampleOf('image', 'jpg', (await pictureOf(2)).bytes.subarray(0, 300)));
      await rm(file);
      assertProblem(await ann.inject({ url }), 404, 'MF_ERR_UNKNOWN');
      assertProblem(await ann.inject({ url }), 404, 'MF_ERR_UNKNOWN');
    });

    await t.test('and nothing stays in staging', async () => {
      assert.deepEqual(
        (await readdir(staging)).filter((name) => !name.startsWith('admit-')),
        [],
      );
    });
  });

  test('all who ask for one picture wait for one drawing, and two are made at a time', async (t) => {
    const worker = await connect(t);
    const posts = await Promise.all([1, 2, 3].map(async () => addPost(await fresh())));
    for (const { file } of posts) await rm(file);
    const answers = Promise.all([...posts, ...posts].map(async ({ url }) => ann.inject({ url })));
    const orders = [await worker.next('make-thumbnails'), await worker.next('make-thumbnails')];
    // What the server has said until this comes back holds no third.
    await worker.settled();
    assert.equal(worker.received.filter(({ type }) => type === 'make-thumbnails').length, 0);
    for (const order of orders) await draw(worker, order);
    await draw(worker, await worker.next('make-thumbnails'));
    assert.deepEqual(
      (await answers).map(({ statusCode }) => statusCode),
      posts.flatMap(() => [200, 200]),
    );
    await worker.settled();
    assert.equal(worker.received.filter(({ type }) => type === 'make-thumbnails').length, 0);
  });

  test('a worker that goes leaves those who wait an answer that says to try again', async (t) => {
    const worker = await connect(t);
    const { url, file } = await addPost(await fresh());
    await rm(file);
    const answer = ann.inject({ url });
    await worker.next('make-thumbnails');
    await worker.close();
    const { headers } = assertProblem(await answer, 503, 'MF_ERR_UNAVAILABLE');
    assert.equal(headers['retry-after'], '10');
    await until(isGone);
    assertProblem(await ann.inject({ url }), 503, 'MF_ERR_UNAVAILABLE');

    const next = await connect(t);
    const again = ann.inject({ url });
    await draw(next, await next.next('make-thumbnails'));
    assert.equal((await again).statusCode, 200);
  });

  test('a picture that comes when its post was removed is thrown away', async (t) => {
    const worker = await connect(t);
    const sample = await fresh();
    const { url, file, linkId } = await addPost(sample);
    await rm(file);
    const answer = ann.inject({ url });
    const order = await worker.next('make-thumbnails');
    assert.equal((await ann.inject({ method: 'DELETE', url: `/api/library/${linkId}` })).statusCode, 200);
    await draw(worker, order);
    assertProblem(await answer, 404, 'MF_ERR_UNKNOWN');
    assert.deepEqual(
      [await readdir(thumbs), await readdir(final)].flat().filter((name) => name.startsWith(sample.sha256)),
      [],
    );
  });

  test('what a worker says it has drawn is looked at first', async (t) => {
    const worker = await connect(t);
    const { url, file } = await addPost(await fresh());
    await rm(file);
    const answer = ann.inject({ url });
    const order = await worker.next('make-thumbnails');
    await draw(worker, order, '<script>alert(1)</script>');
    assertProblem(await answer, 404, 'MF_ERR_UNKNOWN');
    await until(async () => !(await readdir(staging)).includes(order.jobId));
  });
});

/** A worker that the server knows of. */
async function connect(scope: Scope): Promise<FakeWorker> {
  const worker = await FakeWorker.connect(scope, app);
  await worker.settled();
  return worker;
}

/** Does what the server has ordered. */
async function draw(worker: FakeWorker, { jobId, attempt }: MakeThumbnails, bytes?: string): Promise<void> {
  await worker.stage({ jobId, attempt }, []);
  await writeFile(join(worker.stagingOf({ jobId, attempt }), 'a.webp'), bytes ?? (await thumbnailBytes()));
  worker.send({ type: 'thumbnails', jobId, attempt, thumbnails: [{ width: 24, path: 'a.webp' }] });
}
