import assert from 'node:assert/strict';
import test from 'node:test';
import { dayOf, lastDays } from '../../../src/features/status/day.rules.ts';

test('a day is the calendar’s of the server, with two digits for each part', () => {
  assert.equal(dayOf(new Date(2026, 0, 5, 23, 59, 59)), '2026-01-05');
  assert.equal(dayOf(new Date(2026, 0, 6, 0, 0, 0)), '2026-01-06');
});

test('the last days end with today, and none is missing or there twice over a change of the clocks', () => {
  assert.deepEqual(lastDays(3, new Date(2026, 2, 1, 0, 30)), ['2026-02-27', '2026-02-28', '2026-03-01']);
  for (const now of [new Date(2026, 3, 2, 0, 10), new Date(2026, 10, 5, 23, 50)]) {
    const days = lastDays(30, now);
    assert.equal(new Set(days).size, 30);
    assert.equal(days.at(-1), dayOf(now));
  }
});
