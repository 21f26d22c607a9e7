import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { computeReconnectDelay } from '../../src/worker/channel-client.ts';
import type { KeptMessage, Outbox } from '../../src/worker/outbox.ts';
import { createOutbox } from '../../src/worker/outbox.ts';

const jobId = 'd'.repeat(24);
const paused = (attempt: number): KeptMessage => ({ type: 'paused', jobId, attempt });

function create(): { outbox: Outbox; sent: KeptMessage[] } {
  const sent: KeptMessage[] = [];
  return { outbox: createOutbox((message) => sent.push(message)), sent };
}

describe('an outbox', () => {
  it('sends what it is given, and again until it is removed', () => {
    const { outbox, sent } = create();
    outbox.add(paused(1));
    outbox.resend();
    outbox.remove({ jobId, attempt: 1 });
    outbox.resend();
    assert.deepEqual(sent, [paused(1), paused(1)]);
  });
  it('keeps one message for an attempt, the newest', () => {
    const { outbox } = create();
    outbox.add({ type: 'resolved', jobId, attempt: 1, key: 'x:1', url: 'https://x.com/' });
    outbox.add(paused(1));
    assert.deepEqual(outbox.list(), [paused(1)]);
  });
  it('forgets other attempts of a job', () => {
    const { outbox } = create();
    for (const attempt of [1, 2, 3]) outbox.add(paused(attempt));
    outbox.removeOthers({ jobId, attempt: 2 });
    assert.deepEqual(outbox.list(), [paused(2)]);
  });
  it('tells when nothing is left', async () => {
    const { outbox } = create();
    await outbox.drained();
    outbox.add(paused(1));
    const drained = outbox.drained();
    outbox.remove({ jobId, attempt: 1 });
    await drained;
  });
});

describe('the wait before a connection is tried again', () => {
  const table: [tries: number, random: number, ms: number][] = [
    [0, 0, 100],
    [0, 1, 200],
    [3, 1, 1_600],
    [20, 0, 5_000],
    [1_000_000, 1, 10_000],
  ];
  for (const [tries, random, ms] of table) {
    it(`is ${ms} ms after ${tries} tries`, () => assert.equal(computeReconnectDelay(tries, random), ms));
  }
});
