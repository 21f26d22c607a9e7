import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { startEngine } from './support/server.ts';

test('agenda runs, repeats, deduplicates and cancels jobs', async (context) => {
  const { db, ends } = await startEngine(context);
  const agenda = new Agenda({ backend: new MongoBackend({ mongo: db }), processEvery: 50, defaultLockLifetime: 2000 });
  ends.push(() => agenda.stop());
  let ran: (data: unknown) => void = () => undefined;
  agenda.define('once', async (job) => ran(job.attrs.data));
  let repeats = 0;
  let repeated: () => void = () => undefined;
  agenda.define('often', async () => {
    repeats++;
    if (repeats === 2) repeated();
  });
  await agenda.start();

  const soon = new Promise((resolve) => (ran = resolve));
  await agenda.now('once', { from: 'now' });
  assert.deepEqual(await soon, { from: 'now' });

  const later = new Promise((resolve) => (ran = resolve));
  await agenda.schedule(new Date(Date.now() + 50), 'once', { from: 'schedule' });
  assert.deepEqual(await later, { from: 'schedule' });

  const twice = new Promise<void>((resolve) => (repeated = resolve));
  await agenda.every('1 second', 'often');
  await agenda.every('1 second', 'often');
  await twice;
  assert.equal((await agenda.queryJobs({ name: 'often' })).jobs.length, 1);
  assert.equal(await agenda.cancel({ name: 'often' }), 1);
  assert.equal((await agenda.queryJobs({ name: 'often' })).jobs.length, 0);
});
