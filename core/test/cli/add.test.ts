import assert from 'node:assert/strict';
import test from 'node:test';
import { listenTestApp, makeDataDir } from '../helpers/build-test-app.ts';
import { mediafetcher } from '../helpers/cli.ts';
import { newPostUrl } from '../helpers/downloads.ts';
import { FakeWorker } from '../helpers/fake-worker.ts';
import { addPerson } from '../helpers/people.ts';
import { pictureOf } from '../helpers/samples.ts';

interface Record {
  readonly url: string;
  readonly status: string;
  readonly errorCode?: string | null;
}

test('add waits until its posts are in the library, says what was refused, and ends accordingly', async (t) => {
  const dataDir = await makeDataDir(t);
  const { app } = await listenTestApp(t, { DATA_DIR: dataDir });
  const none = await mediafetcher(dataDir, 'add', newPostUrl());
  assert.deepEqual([none.code, none.stderr.split(':')[0]], [2, 'MF_ERR_STATE']);
  await addPerson(app, 'ann', 'admin');
  const ben = await addPerson(app, 'ben');
  const worker = await FakeWorker.connect(t, app);

  const good = newPostUrl();
  const running = mediafetcher(dataDir, 'add', good, '--user', 'ben');
  await worker.complete([await pictureOf(1)]);
  const { code, stdout, stderr } = await running;
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^✓ https:\/\/www\.tiktok\.com\/\S+ {2}\S+\.jpg\n$/);
  assert.equal((await ben.inject({ url: '/api/library' })).json<{ items: unknown[] }>().items.length, 1);

  await app.library.folders.create(ben.id, 'Sea');
  const filed = mediafetcher(dataDir, 'add', newPostUrl(), '--user', 'ben', '--folder', 'sea', '--tag', 'blue,far');
  await worker.complete([await pictureOf(2)]);
  assert.equal((await filed).code, 0);
  const tagged = await ben.inject({ url: '/api/library?tag=far' });
  assert.equal(tagged.json<{ items: unknown[] }>().items.length, 1);
  const nowhere = await mediafetcher(dataDir, 'add', newPostUrl(), '--user', 'ben', '--folder', 'Moon');
  assert.deepEqual([nowhere.code, nowhere.stderr.split(':')[0]], [2, 'MF_ERR_UNKNOWN']);

  const bad = newPostUrl();
  const mixed = mediafetcher(dataDir, 'add', 'https://example.com/page', bad, good, '--user', 'ben', '--json');
  const { jobId, attempt } = await worker.next('assign');
  worker.send({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_NOT_FOUND', message: 'It is gone.' });
  const ended = await mixed;
  assert.equal(ended.code, 1, ended.stderr);
  assert.deepEqual(
    (JSON.parse(ended.stdout) as Record[]).map(({ url, status, errorCode }) => [url, status, errorCode]),
    [
      ['https://example.com/page', 'failed', 'MF_ERR_URL_UNSUPPORTED'],
      [bad, 'failed', 'MF_ERR_NOT_FOUND'],
      [good, 'completed', null],
    ],
  );
});
