import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createThrottle } from '../../src/channel/throttle.ts';

describe('a throttle', () => {
  it('lets the first and, after the interval, the last value through', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const passed: number[] = [];
    const throttle = createThrottle<number>(100, (value) => passed.push(value));
    for (const value of [1, 2, 3, 4]) throttle.push(value);
    assert.deepEqual(passed, [1]);
    t.mock.timers.tick(100);
    assert.deepEqual(passed, [1, 4]);
  });
  it('lets an urgent value through at once and forgets the one that waited', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const passed: number[] = [];
    const throttle = createThrottle<number>(100, (value) => passed.push(value));
    throttle.push(1);
    throttle.push(2);
    throttle.pushNow(3);
    t.mock.timers.tick(500);
    assert.deepEqual(passed, [1, 3]);
  });
  it('passes nothing on after its end', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const passed: number[] = [];
    const throttle = createThrottle<number>(100, (value) => passed.push(value));
    throttle.push(1);
    throttle.push(2);
    throttle.stop();
    t.mock.timers.tick(500);
    assert.deepEqual(passed, [1]);
  });
  it('counts the interval from the end of what takes long', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const passed: number[] = [];
    const ends: (() => void)[] = [];
    const throttle = createThrottle<number>(100, async (value) => {
      passed.push(value);
      await new Promise<void>((resolve) => ends.push(resolve));
    });
    throttle.push(1);
    throttle.push(2);
    t.mock.timers.tick(500);
    assert.deepEqual(passed, [1]);
    ends[0]?.();
    await settled();
    t.mock.timers.tick(99);
    assert.deepEqual(passed, [1]);
    t.mock.timers.tick(1);
    assert.deepEqual(passed, [1, 2]);
  });
  it('goes on after what went wrong', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const passed: number[] = [];
    const throttle = createThrottle<number>(100, async (value) => {
      passed.push(value);
      throw new Error('it broke');
    });
    throttle.push(1);
    throttle.push(2);
    await settled();
    t.mock.timers.tick(100);
    assert.deepEqual(passed, [1, 2]);
  });
});

/** Resolves when all that waits for a settled promise has run. */
async function settled(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
