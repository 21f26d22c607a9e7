import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { createTurns } from '../../src/worker/turns.ts';

/** Somebody who asks, and the turns that it was told of. */
const asker = () => {
  const told: number[] = [];
  return { told, send: ({ id }: { id: number }): void => void told.push(id) };
};

describe('turns', () => {
  test('come to one at a time, in the order of asking', () => {
    const turns = createTurns();
    const [a, b] = [asker(), asker()];
    turns.ask(a, 1);
    turns.ask(b, 1);
    turns.ask(a, 2);
    assert.deepEqual([a.told, b.told], [[1], []]);
    turns.leave(a, 1);
    assert.deepEqual([a.told, b.told], [[1], [1]]);
    turns.leave(b, 1);
    assert.deepEqual([a.told, b.told], [[1, 2], [1]]);
  });

  test('that are not wanted any more are passed over', () => {
    const turns = createTurns();
    const [a, b, c] = [asker(), asker(), asker()];
    for (const each of [a, b, c]) turns.ask(each, 1);
    turns.leave(b, 1);
    turns.leave(b, 7);
    turns.leave(a, 1);
    assert.deepEqual([b.told, c.told], [[], [1]]);
  });

  test('of somebody who is gone go to the next', () => {
    const turns = createTurns();
    const [a, b] = [asker(), asker()];
    for (const id of [1, 2, 3]) turns.ask(a, id);
    turns.ask(b, 1);
    turns.leave(a);
    assert.deepEqual([a.told, b.told], [[1], [1]]);
  });

  test('are not kept for one who asks without end', () => {
    const turns = createTurns();
    const [a, b] = [asker(), asker()];
    for (let id = 0; id < 1000; id += 1) turns.ask(a, id);
    turns.ask(b, 1);
    for (let id = 0; b.told.length === 0; id += 1) {
      assert.ok(id < 10, 'the other one comes soon');
      turns.leave(a, id);
    }
  });
});
