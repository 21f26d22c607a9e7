import { assert } from 'chai';
import { daysLeft, growthOf } from '../../src/dashboard/forecast.rules.ts';
import { lastHours, sumOf } from '../../src/dashboard/health.rules.ts';
import { formatSpan } from '../../src/dashboard/spans.ts';
import type { PlatformHealth } from '../../src/dashboard/status-types.ts';
import { verdictOf } from '../../src/dashboard/verdict.rules.ts';
import { platformPlugin, serverStatus } from './data.ts';

const day = (n: number, bytes: number): { day: string; bytes: number } => ({
  day: `2026-11-${String(n).padStart(2, '0')}`,
  bytes,
});

describe('how long there is room', () => {
  for (const [what, samples, perDay] of [
    ['nothing known', [], undefined],
    ['too short a time', [day(1, 0), day(3, 100)], undefined],
    ['a steady growth, with days on which the server did not run', [day(1, 0), day(2, 10), day(5, 40)], 10],
    ['a library that shrinks', [day(1, 30), day(2, 20), day(4, 0)], -10],
    ['one that stays', [day(1, 7), day(9, 7)], 0],
  ] as const) {
    it(what, () => {
      const found = growthOf(samples);
      if (perDay === undefined) assert.equal(found, undefined);
      else assert(Math.abs((found ?? NaN) - perDay) < 1e-6, String(found));
    });
  }

  it('days are those until the reserve is reached, and none without growth', () => {
    assert.deepEqual(
      [daysLeft(100, 10), daysLeft(-5, 10), daysLeft(100, 0), daysLeft(100, -1)],
      [10, 0, undefined, undefined],
    );
  });

  for (const [seconds, text] of [
    [10, '1 minute'],
    [3599, '60 minutes'],
    [4000, '1 hour'],
    [7200, '2 hours'],
    [86_400, '24 hours'],
    [172_800, '2 days'],
    [86_400 * 30, '4 weeks'],
    [86_400 * 100, '3 months'],
    [86_400 * 900, '2 years'],
  ] as const) {
    it(`${seconds} s are ${text}`, () => {
      assert.equal(formatSpan(seconds), text);
    });
  }
});

describe('the last hours of a platform', () => {
  const now = Date.parse('2026-11-28T12:30:00Z');
  const hour = (at: string, successes: number, count: number): PlatformHealth['hours'][number] => ({
    at: `2026-11-28T${at}:00:00.000Z`,
    successes,
    failures: count > 0 ? [{ code: 'MF_ERR_NETWORK', count }] : [],
  });
  const health = { hours: [hour('12', 2, 0), hour('11', 1, 1), hour('09', 0, 3)] } as unknown as PlatformHealth; // Only its hours are looked at.

  it('are the oldest first, with what no hour says left empty', () => {
    assert.deepEqual(lastHours(health, now, 4), ['bad', 'none', 'mixed', 'ok']);
    assert.deepEqual(lastHours(undefined, now, 2), ['none', 'none']);
  });

  it('are added up, with the failures by their code', () => {
    assert.deepEqual(sumOf(health), { good: 3, all: 7, failures: [['MF_ERR_NETWORK', 4]] });
  });
});

describe('the verdict', () => {
  const well = serverStatus();

  it('is good while nothing is wrong, and names who takes a break', () => {
    assert.deepEqual(verdictOf(well), { tone: 'ok', sentence: 'Everything is running.', more: '' });
    const plugins = [platformPlugin({ state: 'suspended' }), platformPlugin({ platform: 'youtube' })];
    assert.equal(verdictOf({ ...well, plugins }).more, 'Instagram is taking a break.');
  });

  for (const [name, sentence] of [
    ['storage', 'Downloads are stopped.'],
    ['workers', 'Downloads are waiting.'],
    ['tools', 'Some downloads can’t run.'],
  ] as const) {
    it(`says what a broken part means: ${name}`, () => {
      const status = { ...well.status, parts: [{ name, state: 'degraded' as const, reason: null }] };
      const verdict = verdictOf({ ...well, status });
      assert.deepEqual([verdict.tone, verdict.sentence], ['bad', sentence]);
    });
  }

  it('says that an admin has stopped everything', () => {
    assert.equal(verdictOf({ ...well, downloadQueue: { paused: true } }).tone, 'warn');
  });
});
