import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { checkMediaFolder } from '../../../src/features/status/media-folder-check.ts';
import type { DayCount } from '../../../src/features/status/daily-counts.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { reaches, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { addPerson } from '../../helpers/people.ts';
import type { TestPerson } from '../../helpers/people.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after }, { PROXY_URL: 'http://owner:secret@proxy.test:3128' });
const boss = await addPerson(app, 'boss', 'admin');
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');

/** Today's counts, as soon as there are so many: counting follows the end of a job. */
async function todayOf(person: TestPerson, ended: number, everybody = false): Promise<DayCount> {
  for (;;) {
    const query = `{ downloadDays(days: 7, everybody: ${everybody}) { day completed failed bytes } }`;
    const days = (await person.graphql(query)).data?.['downloadDays'] as DayCount[];
    assert.equal(days.length, 7);
    const today = days.at(-1);
    if (today !== undefined && today.completed + today.failed >= ended) return today;
  }
}

test('each end of a download counts once, for its person; admins see the sum of all', async (t) => {
  const worker = await FakeWorker.connect(t, app, { slots: 1 });
  const picture = await pictureOf(7);
  const saved = await submit(ann);
  await worker.complete([picture]);
  await reaches(app, saved, ({ status }) => status === 'completed');
  for (const person of [ann, ben]) {
    const failed = await submit(person);
    const { attempt } = await worker.next('assign', failed);
    const failure = { jobId: failed, attempt, errorCode: 'MF_ERR_NOT_FOUND', message: 'Gone.' } as const;
    worker.send({ type: 'failed', ...failure });
    worker.send({ type: 'failed', ...failure });
    await reaches(app, failed, ({ status }) => status === 'failed');
    await worker.settled();
  }
  const cancelled = await submit(ben);
  await worker.next('assign', cancelled);
  await ben.inject({ method: 'POST', url: `/api/downloads/${cancelled}/cancel` });

  const { day } = await todayOf(ann, 2);
  assert.deepEqual(await todayOf(ann, 2), { day, completed: 1, failed: 1, bytes: picture.bytes.length });
  assert.deepEqual(await todayOf(ben, 1), { day, completed: 0, failed: 1, bytes: 0 });
  assert.deepEqual(await todayOf(boss, 3, true), { day, completed: 1, failed: 2, bytes: picture.bytes.length });
  const { errors } = await ann.graphql('{ downloadDays(everybody: true) { day } }');
  assert.equal(errors?.[0]?.extensions?.code, 'MF_ERR_FORBIDDEN');

  await app.status.counts.forgetPerson(ben.id);
  assert.equal((await todayOf(boss, 2, true)).failed, 1);
});

test('a sample of the media folder stands for its day, the last one of the day', async () => {
  await app.status.storage.sample(new Date(2026, 0, 1, 10));
  await app.status.storage.sample(new Date(2026, 0, 1, 20));
  await app.status.storage.sample(new Date(2026, 0, 3));
  const days = await app.status.storage.last(3, new Date(2026, 0, 3, 12));
  assert.deepEqual(
    days.map(({ day }) => day),
    ['2026-01-01', '2026-01-03'],
  );
  assert.ok(days.every(({ bytes, files, free }) => bytes > 0 && files === 1 && free > 0));
});

test('admins see the workers that are connected, and what the environment sets without what is secret', async (t) => {
  const worker = await FakeWorker.connect(t, app, { id: 'nuc', slots: 2 });
  await worker.settled();
  const { data } = await boss.graphql(
    '{ workers { id slots busy local } fixedValues { name value } status { state } }',
  );
  assert.deepEqual(
    (data?.['workers'] as { id: string }[]).filter(({ id }) => id === 'nuc'),
    [{ id: 'nuc', slots: 2, busy: 0, local: false }],
  );
  const fixed = new Map((data?.['fixedValues'] as { name: string; value: string }[]).map((v) => [v.name, v.value]));
  assert.equal(fixed.get('PROXY_URL'), 'proxy.test:3128');
  assert.equal(fixed.get('CONCURRENCY'), '3');
});

test('the check of the media folder writes a file as a download would, and leaves none', async () => {
  const { mediaRoot } = app.system;
  const { data } = await boss.graphql(
    'mutation { checkMediaFolder { path marked writable sameDisk free size speed problem } }',
  );
  const check = data?.['checkMediaFolder'] as Awaited<ReturnType<typeof checkMediaFolder>>;
  assert.deepEqual(
    { ...check, free: null, size: null, speed: null },
    {
      path: mediaRoot.path,
      marked: true,
      writable: true,
      sameDisk: true,
      problem: null,
      free: null,
      size: null,
      speed: null,
    },
  );
  assert.ok((check.free ?? 0) > 0 && (check.size ?? 0) >= (check.free ?? 0) && (check.speed ?? 0) > 0);
  for (const folder of [mediaRoot.staging, mediaRoot.final])
    assert.ok(!(await readdir(folder)).some((name) => name.startsWith('.check')));
});

test('nothing is written into a folder without the marker, and what cannot be written is said', async () => {
  const { mediaRoot } = app.system;
  const away = await checkMediaFolder({
    ...mediaRoot,
    mounted: async () => false,
    staging: '/nowhere',
    final: '/nowhere',
  });
  assert.deepEqual([away.marked, away.writable, away.problem], [false, false, null]);
  const inTheWay = join(mediaRoot.path, '.mediafetcher', 'tmp');
  const broken = await checkMediaFolder({ ...mediaRoot, staging: inTheWay });
  assert.deepEqual([broken.marked, broken.writable, broken.problem], [true, false, 'ENOTDIR']);
  await rm(inTheWay, { force: true }).catch(() => undefined);
});
