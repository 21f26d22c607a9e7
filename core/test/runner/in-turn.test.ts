import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { inTurn } from '../../src/runner/in-turn.ts';

/** A worker that gives turns by hand. */
function worker() {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const events: string[] = [];
  return {
    events,
    give: (): void => resolve(undefined),
    askTurn() {
      events.push('asked');
      return { comes: promise, end: () => void events.push('over') };
    },
  };
}

describe('in turn', () => {
  test('a task begins with its turn, and gives it back', async () => {
    const { events, give, ...parent } = worker();
    const done = inTurn(parent, async () => Promise.resolve(events.push('done')));
    await new Promise(setImmediate);
    assert.deepEqual(events, ['asked']);
    give();
    await done;
    assert.deepEqual(events, ['asked', 'done', 'over']);
  });

  test('a turn is given back when the task fails', async () => {
    const { events, give, ...parent } = worker();
    give();
    await assert.rejects(
      inTurn(parent, async () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.deepEqual(events, ['asked', 'over']);
  });

  test('a turn that does not come is not waited for for ever', async () => {
    const { events, ...parent } = worker();
    await inTurn(parent, async () => Promise.resolve(events.push('done')), 1);
    assert.deepEqual(events, ['asked', 'done', 'over']);
  });
});
