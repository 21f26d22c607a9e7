import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { newPostUrl, reaches, recordOf } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { assertConsistent, postModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const [whole, sound] = [await pictureOf(1), await pictureOf(2)];

const submit = async (url: string, options: object): Promise<{ jobId: string; existing?: boolean }> =>
  (await ann.inject({ method: 'POST', url: '/api/downloads', payload: { url, options } })).json();

test('the sound alone of a post that is there is fetched, and takes nothing from it', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const url = newPostUrl();
  const first = await submit(url, {});
  await worker.complete([whole]);
  const second = await submit(url, { audioOnly: true });
  assert.equal(second.existing, undefined);
  assert.notEqual(second.jobId, first.jobId);
  const assign = await worker.next('assign', second.jobId);
  // The worker is asked for the post itself: what is wished stands in the options.
  assert.deepEqual([assign.link.key, assign.options['audioOnly']], [(await recordOf(app, first.jobId)).key, true]);
  const { key = '' } = assign.link;
  worker.send({ type: 'resolved', jobId: second.jobId, attempt: 1, key, url });
  await worker.next('continue', second.jobId);
  worker.sendStaged(assign, await worker.stage(assign, [sound]));
  const done = await reaches(app, second.jobId, ({ status }) => status === 'completed');
  assert.equal(done.key, `${key}:audio`);
  const posts = await postModel(app).find().lean();
  assert.deepEqual(
    posts.map((post) => [post.key, post.items.map(({ sha256 }) => sha256)]),
    [
      [key, [whole.sha256]],
      [`${key}:audio`, [sound.sha256]],
    ],
  );
  for (const options of [{}, { audioOnly: true }]) assert.equal((await submit(url, options)).existing, true);
  await assertConsistent(app);
});

test('the post itself is fetched where its sound alone is there; both can be on their way at a time', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const url = newPostUrl();
  const jobs = [await submit(url, { audioOnly: true }), await submit(url, {}), await submit(url, { audioOnly: true })];
  assert.equal(jobs[2]?.jobId, jobs[0]?.jobId);
  assert.notEqual(jobs[1]?.jobId, jobs[0]?.jobId);
  await worker.complete([sound]);
  await worker.complete([whole]);
  for (const { jobId } of jobs) assert.equal((await recordOf(app, jobId)).status, 'completed');
  await assertConsistent(app);
});
