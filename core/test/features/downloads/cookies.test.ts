import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { reaches, recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { postModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import type { TestPerson } from '../../helpers/people.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');

const saveCookies = async (person: TestPerson): Promise<void> => {
  const cookies = [{ domain: '.tiktok.com', name: 'sessionid', value: 'secret' }];
  const answer = await person.inject({ method: 'POST', url: '/api/cookies', payload: { platform: 'tiktok', cookies } });
  assert.equal(answer.statusCode, 200, answer.body);
};
const forgetCookies = async (person: TestPerson): Promise<void> => {
  await person.inject({ method: 'DELETE', url: '/api/cookies/tiktok' });
};

for (const [order, first, second] of [
  ['first', true, false],
  ['second', false, true],
] as const) {
  test(`a post is the person's own when the ${order} of two attempts had cookies`, async (t) => {
    await forgetCookies(ann);
    if (first) await saveCookies(ann);
    const worker = await FakeWorker.connect(t, app);
    const jobId = await submit(ann);
    const one = await worker.next('assign', jobId);
    assert.equal(one.cookies !== undefined, first);
    if (first) await forgetCookies(ann);
    else await saveCookies(ann);
    worker.send({ type: 'failed', jobId, attempt: 1, errorCode: 'MF_ERR_PLUGIN', message: 'Killed.', requeue: true });
    const two = await worker.next('assign', jobId);
    assert.equal(two.cookies !== undefined, second);
    worker.sendStaged(two, await worker.stage(two, [await pictureOf(1)]), second);
    const { key } = await reaches(app, jobId, ({ status }) => status === 'completed');
    assert.ok(key);
    const posts = await postModel(app).find({ key }).lean();
    assert.deepEqual(
      posts.map(({ scope }) => scope),
      [ann.id],
    );
    assert.equal(await app.library.findPost(ben.id, key), null);
    await forgetCookies(ann);
  });
}

test('a post that no attempt had cookies for is for all', async (t) => {
  await saveCookies(ann);
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ben);
  await worker.complete([await pictureOf(2)]);
  const { key } = await recordOf(app, jobId);
  assert.equal((await app.library.findPost(ann.id, key ?? ''))?.scope, 'shared');
});

test('a worker that cannot be trusted with cookies gets none, and the failure says so', async (t) => {
  await saveCookies(ann);
  // A proxy stands between: what looks like this machine is not.
  const worker = await FakeWorker.connect(t, app, { headers: { 'x-forwarded-for': '203.0.113.7' } });
  const jobId = await submit(ann);
  const { attempt, cookies } = await worker.next('assign', jobId);
  assert.equal(cookies, undefined);
  const failure = { errorCode: 'MF_ERR_LOGIN_REQUIRED', message: 'TikTok wants you to be signed in.' } as const;
  worker.send({ type: 'failed', jobId, attempt, ...failure });
  const { errorMessage } = await reaches(app, jobId, ({ status }) => status === 'failed');
  assert.match(
    errorMessage ?? '',
    /^TikTok wants you to be signed in\. Your cookies and headers were not used: .*wss:/,
  );
});
