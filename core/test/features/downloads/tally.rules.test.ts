import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  codeOfFailures,
  NO_POSTS,
  progressOfList,
  statusOfList,
} from '../../../src/features/downloads/parents/tally.rules.ts';
import type { ListWish, Tally } from '../../../src/features/downloads/parents/tally.rules.ts';

const tallyOf = (counts: Partial<Tally>): Tally => {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { ...NO_POSTS, total, ...counts };
};

for (const [counts, status, wish] of [
  [{}, 'failed'],
  [{ queued: 1, added: 2 }, 'running'],
  [{ running: 1, failed: 2 }, 'running'],
  [{ running: 1, paused: 2 }, 'running'],
  [{ paused: 1, added: 2 }, 'paused'],
  [{ queued: 1, paused: 2 }, 'paused', 'pause'],
  [{ added: 1, failed: 9 }, 'completed'],
  [{ existing: 3 }, 'completed'],
  [{ existing: 3 }, 'completed', 'pause'],
  [{ declined: 3 }, 'completed'],
  [{ failed: 1, cancelled: 4 }, 'failed'],
  [{ cancelled: 2, declined: 1 }, 'cancelled'],
  [{ added: 2, cancelled: 1 }, 'cancelled', 'cancel'],
  [{ added: 2, running: 1 }, 'cancelled', 'cancel'],
] as readonly (readonly [Partial<Tally>, string, ListWish?])[]) {
  test(`${JSON.stringify(counts)}${wish === undefined ? '' : ` with the wish to ${wish}`} is ${status}`, () => {
    assert.equal(statusOfList({ tally: tallyOf(counts), ...(wish && { wish }) }), status);
  });
}

test('each post counts the same for the progress of a list, and what has ended is whole', () => {
  assert.equal(progressOfList({ tally: NO_POSTS, running: [] }), 5);
  assert.equal(progressOfList({ tally: tallyOf({ added: 1, failed: 1, running: 1, queued: 1 }), running: [50] }), 64.4);
  assert.equal(progressOfList({ tally: tallyOf({ added: 3, declined: 1 }), running: [] }), 100);
  // A post that has ended since it was counted.
  assert.equal(progressOfList({ tally: tallyOf({ added: 2 }), running: [80] }), 100);
});

test('the code of a list is the one of its posts that says most', () => {
  assert.equal(codeOfFailures(['MF_ERR_NETWORK', 'MF_ERR_PRIVATE']), 'MF_ERR_PRIVATE');
  assert.equal(codeOfFailures([]), 'MF_ERR_NO_MEDIA');
});
