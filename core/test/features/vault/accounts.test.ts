import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { AccountRef } from '../../../src/features/vault/vault-service.ts';
import { listenTestApp } from '../../helpers/build-test-app.ts';
import { newPostUrl, reaches, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { addPerson } from '../../helpers/people.ts';
import type { TestPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const { app } = await listenTestApp({ after });
const DAY = 86_400;
const inDays = (days: number): number => Math.floor(Date.now() / 1000) + days * DAY;
const sessionOf = (value: string, days = 90) => [
  { domain: '.tiktok.com', name: 'sessionid', value, expirationDate: inDays(days) },
];
const netscape = (value: string): string => `.tiktok.com\tTRUE\t/\tTRUE\t${inDays(90)}\tsessionid\t${value}\n`;

interface Status {
  readonly account: string;
  readonly status: string;
  readonly lastSuccessAt?: string;
  readonly rejectedAt?: string;
}
const save = async (person: TestPerson, cookies: unknown, rest: object = {}) =>
  person.inject({ method: 'POST', url: '/api/cookies', payload: { platform: 'tiktok', cookies, ...rest } });
const listOf = async (person: TestPerson): Promise<Status[]> =>
  (await person.inject({ url: '/api/cookies' })).json<Status[]>();
const stateOf = async (person: TestPerson): Promise<string | undefined> => (await listOf(person))[0]?.status;
const refused = {
  errorCode: 'MF_ERR_LOGIN_REQUIRED',
  message: 'TikTok no longer takes your session for this.',
} as const;

let people = 0;
const newPerson = async (): Promise<TestPerson> => addPerson(app, `person-${(people += 1)}`);

test('Netscape text is taken as the whole body, for the platform that is named or the only one in it', async () => {
  const ann = await newPerson();
  const send = async (url: string, payload: string, type = 'text/plain; charset=utf-8') =>
    ann.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
  for (const url of ['/api/cookies?platform=tiktok', '/api/cookies']) {
    const answer = await send(url, netscape('one'));
    assert.equal(answer.statusCode, 200, answer.body);
    assert.equal(answer.json<{ platform: string }>().platform, 'tiktok');
  }
  assertProblem(await send('/api/cookies?platform=x', netscape('one')), 422, 'MF_ERR_COOKIES');
  const both = `${netscape('one')}.x.com\tTRUE\t/\tTRUE\t0\tauth_token\tv\n`;
  const ambiguous = await send('/api/cookies', both);
  assertProblem(ambiguous, 422, 'MF_ERR_COOKIES');
  assert.match(ambiguous.body, /TikTok, X/);
  assertProblem(await send('/api/cookies', '# nothing\n'), 422, 'MF_ERR_COOKIES');
  assertProblem(await send('/api/cookies?platform=tiktok', '<a/>', 'application/xml'), 415, 'MF_ERR_CONTENT_TYPE');
});

test('a jar that is larger than any job can be given is refused when it comes, not when it is wanted', async () => {
  const ann = await newPerson();
  const padding = Array.from({ length: 130 }, (_, index) => ({
    domain: '.tiktok.com',
    name: `p${index}`,
    value: 'v'.repeat(8_000),
  }));
  const answer = assertProblem(await save(ann, [...sessionOf('good'), ...padding]), 422, 'MF_ERR_COOKIES');
  assert.match(answer.body, /larger than 1 MB/);
  assert.deepEqual(await listOf(ann), []);
  assert.equal((await save(ann, [...sessionOf('good'), ...padding.slice(0, 100)])).statusCode, 200);
});

test('cookies of a session that is none do not take the place of good ones', async () => {
  const ann = await newPerson();
  await save(ann, sessionOf('good'));
  const guest = await save(ann, [{ domain: '.tiktok.com', name: 'tt_webid', value: 'guest' }]);
  assertProblem(guest, 422, 'MF_ERR_COOKIES');
  assert.match(guest.body, /Nobody is signed in to TikTok/);
  assertProblem(await save(ann, sessionOf('old', -1)), 422, 'MF_ERR_COOKIES');
  assert.match((await app.vault.cookiesFor(ann.id, 'tiktok')) ?? '', /good/);
});

test('a login answer rejects the cookies and says so; they rest a day; fresh ones are good again', async (t) => {
  const ann = await newPerson();
  await save(ann, sessionOf('first'));
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const { attempt, cookies } = await worker.next('assign', jobId);
  assert.match(cookies ?? '', /first/);
  worker.send({ type: 'failed', jobId, attempt, ...refused });
  await worker.next('ack', jobId);
  const [status] = await listOf(ann);
  assert.equal(status?.status, 'rejected');
  assert.ok(status.rejectedAt !== undefined);

  const next = await submit(ann);
  assert.equal((await worker.next('assign', next)).cookies, undefined);
  worker.send({ type: 'failed', jobId: next, attempt: 1, ...refused });
  const { errorMessage } = await reaches(app, next, ({ status: state }) => state === 'failed');
  assert.match(errorMessage ?? '', /Your cookies were not used: tiktok has refused them.* Send fresh ones\.$/);

  const accounts = app.database.model('AccountCookies');
  await accounts.updateOne({ userId: ann.id }, { $set: { rejectedAt: new Date(Date.now() - 29 * 3_600_000) } });
  const probe = await submit(ann);
  const probed = await worker.next('assign', probe);
  assert.match(probed.cookies ?? '', /first/);
  worker.sendStaged(probed, await worker.stage(probed, [await pictureOf(11)]), true);
  await worker.next('ack', probe);
  assert.equal(await stateOf(ann), 'valid');

  await save(ann, sessionOf('second'));
  const [fresh] = await listOf(ann);
  assert.equal(fresh?.status, 'valid');
  assert.equal(fresh.lastSuccessAt, undefined);
});

test('a refusal of cookies that have been replaced meanwhile says nothing of the new ones', async (t) => {
  const ann = await newPerson();
  await save(ann, sessionOf('old'));
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const { attempt } = await worker.next('assign', jobId);
  await save(ann, sessionOf('new'));
  worker.send({ type: 'failed', jobId, attempt, ...refused });
  await worker.next('ack', jobId);
  assert.equal(await stateOf(ann), 'valid');
});

test('a success is remembered, and another failure than a login answer rejects nothing', async (t) => {
  const ann = await newPerson();
  await save(ann, sessionOf('v'));
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const { attempt } = await worker.next('assign', jobId);
  worker.send({ type: 'failed', jobId, attempt, errorCode: 'MF_ERR_PRIVATE', message: 'It is private.' });
  await worker.next('ack', jobId);
  assert.equal(await stateOf(ann), 'valid');
  const good = await submit(ann);
  const assign = await worker.next('assign', good);
  worker.sendStaged(assign, await worker.stage(assign, [await pictureOf(12)]), true);
  await worker.next('ack', good);
  assert.ok((await listOf(ann))[0]?.lastSuccessAt !== undefined);
});

test('of several accounts a job gets the one that is named', async (t) => {
  const ann = await newPerson();
  await save(ann, sessionOf('of-main'));
  await save(ann, sessionOf('of-second'), { account: 'second' });
  assert.deepEqual(
    (await listOf(ann)).map(({ account }) => account),
    ['main', 'second'],
  );
  const worker = await FakeWorker.connect(t, app);
  for (const account of ['main', 'second']) {
    const payload = { url: newPostUrl(), account };
    const { jobId } = (await ann.inject({ method: 'POST', url: '/api/downloads', payload })).json<{ jobId: string }>();
    assert.match((await worker.next('assign', jobId)).cookies ?? '', new RegExp(`of-${account}`));
  }
  const unknown = { method: 'POST', url: '/api/downloads', payload: { url: newPostUrl(), account: 'third' } } as const;
  assertProblem(await ann.inject(unknown), 422, 'MF_ERR_COOKIES');
  const url = '/api/cookies/tiktok?account=second';
  assert.equal((await ann.inject({ method: 'DELETE', url })).statusCode, 204);
  assert.deepEqual(
    (await listOf(ann)).map(({ account }) => account),
    ['main'],
  );
});

test('GraphQL shows every platform, also one without cookies, and no value', async () => {
  const ann = await newPerson();
  await save(ann, sessionOf('value-of-nobody', 3));
  const query = '{ platformAccounts { platform account status count expiresAt test } }';
  const { data } = await ann.graphql(query);
  const rows = data?.['platformAccounts'] as { platform: string; status: string }[];
  const states = Object.fromEntries(rows.map(({ platform, status }) => [platform, status]));
  const none = { instagram: 'none', reddit: 'none', x: 'none', youtube: 'none' };
  assert.deepEqual(states, { ...none, tiktok: 'expiring' });
  assert.ok(!JSON.stringify(data).includes('value-of-nobody'));
  await ann.graphql('mutation { forgetCookies(platform: "tiktok") { platform } }');
  assert.deepEqual(await listOf(ann), []);
});

test('a job whose chosen account is forgotten fails with a sentence', async (t) => {
  const ann = await newPerson();
  await save(ann, sessionOf('v'), { account: 'side' });
  const payload = { url: newPostUrl(), account: 'side' };
  const { jobId } = (await ann.inject({ method: 'POST', url: '/api/downloads', payload })).json<{ jobId: string }>();
  const ref: AccountRef = { userId: ann.id, platform: 'tiktok' };
  await app.vault.remove(ref);
  await FakeWorker.connect(t, app);
  const { errorCode, errorMessage } = await reaches(app, jobId, ({ status }) => status === 'failed');
  assert.equal(errorCode, 'MF_ERR_LOGIN_REQUIRED');
  assert.match(errorMessage ?? '', /no tiktok account called side/);
});
