import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import type { FastifyInstance } from 'fastify';
import { createCipher } from '../../../src/features/vault/cipher.ts';
import { KeyRing } from '../../../src/features/vault/key-ring.ts';
import type { RotationReport } from '../../../src/features/vault/rotate-secrets.ts';
import { buildTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import { newPostUrl } from '../../helpers/downloads.ts';
import { addPerson } from '../../helpers/people.ts';

const COOKIE = { domain: '.tiktok.com', name: 'sessionid', value: 'sealed-value' };
const rotate = async (app: FastifyInstance): Promise<RotationReport> => {
  const command = app.system.admin.commands.get('rotate-secrets');
  assert.ok(command);
  // The command of that name gives this.
  return (await command({}, new AbortController().signal)) as RotationReport;
};
/** The person's cookies, and a job with headers of its own. */
const fill = async (app: FastifyInstance, name: string): Promise<string> => {
  const ann = await addPerson(app, name);
  const payload = { platform: 'tiktok', cookies: [COOKIE] };
  assert.equal((await ann.inject({ method: 'POST', url: '/api/cookies', payload })).statusCode, 200);
  const job = { url: newPostUrl(), headers: { 'x-token': 'sealed-header' } };
  assert.equal((await ann.inject({ method: 'POST', url: '/api/downloads', payload: job })).statusCode, 202);
  return ann.id;
};
const cookiesOf = async (app: FastifyInstance, id: string): Promise<string> =>
  (await app.vault.cookiesFor(id, 'tiktok')) ?? 'none';
const keyFile = (dataDir: string): string => join(dataDir, 'secrets', 'secret-key');
const keysOf = async (app: FastifyInstance): Promise<unknown[]> =>
  app.database.collection<{ _id: number }>('vaultkeys').distinct('_id');

test('rotation gives every value a new key and the server a new master key; a restart reads them', async (t) => {
  const DATA_DIR = await makeDataDir(t);
  const first = await buildTestApp(t, { DATA_DIR });
  const ann = await fill(first, 'ann');
  const before = await readFile(keyFile(DATA_DIR), 'utf8');
  assert.deepEqual(await rotate(first), { key: 2, newMasterKey: true, renewed: 2, unreadable: 0 });
  assert.notEqual(await readFile(keyFile(DATA_DIR), 'utf8'), before);
  assert.match(await cookiesOf(first, ann), /sealed-value/);
  assert.deepEqual(await rotate(first), { key: 3, newMasterKey: true, renewed: 2, unreadable: 0 });
  assert.deepEqual(await keysOf(first), [2, 3]);
  await first.close();
  const second = await buildTestApp(t, { DATA_DIR });
  assert.match(await cookiesOf(second, ann), /sealed-value/);
  assert.equal((await rotate(second)).unreadable, 0);
  assert.ok(!existsSync(`${keyFile(DATA_DIR)}.next`));
});

test('with a master key of the owner’s own the vault’s key is renewed and theirs stays', async (t) => {
  const SECRET_KEY = 'a key that the owner has given';
  const app = await buildTestApp(t, { SECRET_KEY });
  const ann = await fill(app, 'ann');
  assert.deepEqual(await rotate(app), { key: 2, newMasterKey: false, renewed: 2, unreadable: 0 });
  assert.match(await cookiesOf(app, ann), /sealed-value/);
});

/** Where a rotation can break off: each is what the disk holds then. */
for (const when of ['before the master key is exchanged', 'after it was exchanged'] as const) {
  test(`a rotation that dies ${when} loses nothing, and the next one ends it`, async (t) => {
    const DATA_DIR = await makeDataDir(t);
    const first = await buildTestApp(t, { DATA_DIR });
    const ann = await fill(first, 'ann');
    const next = await first.system.secrets.prepareNext?.();
    assert.ok(next);
    const ring = new KeyRing(first.database.useDb(first.database.name), first.system.secrets.keyFor('vault'));
    const number = await ring.renew(next.keyFor('vault'));
    // Half of the values: the cookies, not the headers.
    await first.vault.sealedValues[0]?.renew(number, first.vault.reseal);
    if (when === 'after it was exchanged') await next.commit();
    await first.close();

    const second = await buildTestApp(t, { DATA_DIR });
    assert.match(await cookiesOf(second, ann), /sealed-value/);
    const { renewed, unreadable } = await rotate(second);
    assert.deepEqual({ renewed, unreadable }, { renewed: 2, unreadable: 0 });
    assert.match(await cookiesOf(second, ann), /sealed-value/);
    await second.close();
    const third = await buildTestApp(t, { DATA_DIR });
    assert.match(await cookiesOf(third, ann), /sealed-value/);
  });
}

test('what was sealed before there were keys of the vault opens, and is renewed', async (t) => {
  const app = await buildTestApp(t);
  const ann = await fill(app, 'ann');
  const old = createCipher(app.system.secrets.keyFor('vault')).seal('from before', `cookies:${ann}:tiktok`);
  await app.database
    .model('AccountCookies')
    .updateOne({ userId: ann }, { $set: { sealed: old }, $unset: { account: 1 } });
  await app.vault.init();
  assert.equal(await cookiesOf(app, ann), 'from before');
  assert.equal((await rotate(app)).unreadable, 0);
  assert.equal(await cookiesOf(app, ann), 'from before');
});

test('with another master key jobs go on without cookies, health says so, and a rotation makes a fresh start', async (t) => {
  const DATA_DIR = await makeDataDir(t);
  const first = await buildTestApp(t, { DATA_DIR });
  const ann = await fill(first, 'ann');
  await first.close();
  await copyFile(keyFile(DATA_DIR), `${keyFile(DATA_DIR)}.kept`);
  await writeFile(keyFile(DATA_DIR), 'another key than the one before\n');
  const second = await buildTestApp(t, { DATA_DIR });
  assert.equal(await cookiesOf(second, ann), 'none');
  const { parts } = await second.system.health.report();
  assert.equal(parts['vault']?.status, 'degraded');
  await assert.rejects(second.vault.seal('a', 'b'), { code: 'MF_ERR_UNAVAILABLE' });
  const { unreadable } = await rotate(second);
  assert.equal(unreadable, 2);
  assert.equal((await second.system.health.report()).parts['vault']?.status, 'ok');
  await fill(second, 'ben');
});
