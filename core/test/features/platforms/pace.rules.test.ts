import assert from 'node:assert/strict';
import test from 'node:test';
import { easedPace, paceLimitsOf } from '../../../src/features/platforms/pace-defaults.ts';
import { nextTokenAt, take } from '../../../src/features/platforms/pace.rules.ts';
import type { Pace } from '../../../src/features/platforms/pace.rules.ts';

const NOW = Date.UTC(2026, 10, 28);
const LIMITS = { burst: 3, everyMs: 10_000 };

/** Starts of somebody who always takes the next turn. */
function startsOf(count: number, randomOf: (index: number) => number, limits = LIMITS): number[] {
  let pace: Pace | undefined;
  let now = NOW;
  const starts: number[] = [];
  while (starts.length < count) {
    const taken = take(pace, limits, { now, random: randomOf(starts.length) });
    if (taken.granted) {
      pace = taken.pace;
      starts.push(now - NOW);
    } else {
      assert.ok(taken.at > now, 'it waits for a time that has come');
      now = taken.at;
    }
  }
  return starts;
}

for (const [random, gap] of [
  [0, 8_000],
  [0.5, 10_000],
  [1, 12_000],
] as const) {
  test(`a burst begins at once, then one at a time, ${gap} ms after the other when chance says ${random}`, () => {
    const starts = startsOf(6, () => random);
    assert.deepEqual(starts, [0, 0, 0, gap, 2 * gap, 3 * gap]);
  });
}

test('gaps vary by a fifth and the rate stays', () => {
  const starts = startsOf(203, (index) => (index % 10) / 9);
  const gaps = starts.slice(3).map((start, index) => start - (starts[index + 2] ?? 0));
  assert.ok(Math.min(...gaps.slice(1)) >= 7_990 && Math.max(...gaps.slice(1)) <= 12_010, String(gaps));
  assert.ok(Math.abs((starts.at(-1) ?? 0) - 2_000_000) < 20_000);
});

test('a quiet time fills the bucket to its burst, not beyond', () => {
  const empty = { tokens: 0, at: NOW };
  const later = take(empty, LIMITS, { now: NOW + 3_600_000, random: 0.5 });
  assert.deepEqual(later, { granted: true, pace: { tokens: 2, at: NOW + 3_600_000 } });
});

test('a clock that is set back gives no tokens', () => {
  assert.deepEqual(take({ tokens: 0.5, at: NOW }, LIMITS, { now: NOW - 60_000, random: 0.5 }), {
    granted: false,
    at: NOW - 60_000 + 5_000,
  });
});

test('the next turn is told: now where there is one', () => {
  assert.equal(nextTokenAt(undefined, LIMITS, NOW), 0);
  assert.equal(nextTokenAt({ tokens: 0.25, at: NOW }, LIMITS, NOW), NOW + 7_500);
});

for (const platform of ['instagram', 'reddit', 'x', 'youtube', 'tiktok', 'of-a-plugin']) {
  test(`${platform}: half the pace is half of it, and something begins all the same`, () => {
    for (const anonymous of [true, false]) {
      const limits = paceLimitsOf(platform, anonymous);
      const eased = easedPace(limits);
      assert.ok(eased.burst >= 1 && eased.burst <= limits.burst);
      assert.equal(eased.everyMs, limits.everyMs * 2);
    }
  });
}

test('an account of Instagram is asked for at most 124 posts an hour', () => {
  const limits = paceLimitsOf('instagram', false);
  const starts = startsOf(200, () => 0.5, limits);
  assert.ok(starts.filter((start) => start < 3_600_000).length <= 124);
});
