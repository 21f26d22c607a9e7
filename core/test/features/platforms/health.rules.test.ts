import assert from 'node:assert/strict';
import test from 'node:test';
import { count, merge, NO_HEALTH } from '../../../src/features/platforms/health.rules.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 28, 12);

test('attempts are counted by their hour and code', () => {
  let health = count(NO_HEALTH, undefined, NOON + 1);
  health = count(health, 'MF_ERR_NETWORK', NOON + 2);
  health = count(health, 'MF_ERR_NETWORK', NOON + 3);
  health = count(health, 'MF_ERR_PRIVATE', NOON + HOUR);
  assert.deepEqual(health, {
    lastSuccess: NOON + 1,
    lastFailure: { at: NOON + HOUR, code: 'MF_ERR_PRIVATE' },
    hours: [
      { at: NOON + HOUR, successes: 0, failures: { MF_ERR_PRIVATE: 1 } },
      { at: NOON, successes: 1, failures: { MF_ERR_NETWORK: 2 } },
    ],
  });
});

test('a day is kept, however long it goes on', () => {
  let health = NO_HEALTH;
  for (let hour = 0; hour < 100; hour += 1) health = count(health, undefined, NOON + hour * HOUR);
  assert.equal(health.hours.length, 24);
  assert.deepEqual([health.hours[0]?.at, health.hours.at(-1)?.at], [NOON + 99 * HOUR, NOON + 76 * HOUR]);
});

test('accounts are added up, and what is older than a day is left out', () => {
  const one = count(count(NO_HEALTH, undefined, NOON - 30 * HOUR), 'MF_ERR_NETWORK', NOON);
  const two = count(count(NO_HEALTH, 'MF_ERR_NETWORK', NOON), undefined, NOON + 5);
  assert.deepEqual(merge([one, two], NOON + 10), {
    lastSuccess: NOON + 5,
    lastFailure: { at: NOON, code: 'MF_ERR_NETWORK' },
    hours: [{ at: NOON, successes: 1, failures: { MF_ERR_NETWORK: 2 } }],
  });
  assert.deepEqual(merge([], NOON), { hours: [] });
});
