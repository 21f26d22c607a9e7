import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FAILURE_CODES } from '@mediafetcher/sdk';
import type { FailureCode } from '@mediafetcher/sdk';
import { ATTEMPTS, blindPause, retryDelay } from '../../../src/features/downloads/attempts.rules.ts';

/** Pauses in milliseconds after each attempt that fails; the job has failed after the last one. */
const PAUSES: Partial<Record<FailureCode, readonly number[]>> = {
  MF_ERR_NETWORK: [10_000, 40_000],
  MF_ERR_TIMEOUT: [2_000, 4_000],
  MF_ERR_DISK_FULL: [60_000, 240_000],
};

describe('attempts by the class of a failure', () => {
  for (const code of FAILURE_CODES) {
    const pauses = PAUSES[code] ?? [];
    test(`${code} is tried ${pauses.length + 1} times`, () => {
      assert.equal(ATTEMPTS.get(code), pauses.length + 1);
      const given = Array.from({ length: pauses.length + 2 }, (_, index) =>
        retryDelay({ code, attempt: index + 1, requeue: false, random: 0.5 }),
      );
      assert.deepEqual(given, [...pauses, undefined, undefined]);
    });
  }

  test('what did not fit begins without room after longer and longer pauses, and five times at most', () => {
    const hours = Array.from({ length: 6 }, (_, tries) => (blindPause(tries) ?? 0) / 3_600_000);
    assert.deepEqual(hours, [1, 2, 4, 8, 24, 0]);
  });

  test('pauses differ by a fifth, up and down', () => {
    const pause = (random: number) => retryDelay({ code: 'MF_ERR_NETWORK', attempt: 1, requeue: false, random });
    assert.deepEqual([pause(0), pause(1)], [8_000, 12_000]);
  });

  test('a job that a worker gives back goes on at once, four times', () => {
    const given = [1, 4, 5].map((attempt) =>
      retryDelay({ code: 'MF_ERR_NOT_FOUND', attempt, requeue: true, random: 0.5 }),
    );
    assert.deepEqual(given, [0, 0, undefined]);
  });
});
