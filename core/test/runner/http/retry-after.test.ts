import assert from 'node:assert/strict';
import test from 'node:test';
import { parseRetryAfter } from '../../../src/runner/http/retry-after.ts';

const NOW = Date.UTC(2026, 10, 28, 12);

for (const [header, ms] of [
  ['120', 120_000],
  [' 0 ', 0],
  ['Sat, 28 Nov 2026 12:01:00 GMT', 60_000],
  ['Sat, 28 Nov 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['', undefined],
  [undefined, undefined],
] as const) {
  test(`Retry-After: ${header ?? '(none)'} asks for ${ms === undefined ? 'nothing' : `${ms} ms`}`, () => {
    assert.equal(parseRetryAfter(header, NOW), ms);
  });
}
