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
});
