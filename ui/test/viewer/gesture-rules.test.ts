import { assert } from 'chai';
import { directionOf, isPair, isStill, leadsForward, swipeOf } from '../../src/viewer/gesture.rules.ts';
import type { Spot } from '../../src/viewer/gesture.rules.ts';

const spot = (x: number, y: number, at = 0): Spot => ({ x, y, at });

describe('directionOf', () => {
  for (const [dx, dy, direction] of [
    [-80, 10, 'left'],
    [90, -20, 'right'],
    [5, -100, 'up'],
    [0, 70, 'down'],
    [30, 5, undefined],
    [80, 75, undefined],
  ] as const) {
    it(`${dx}, ${dy} is ${direction ?? 'none'}`, () => assert.equal(directionOf(dx, dy), direction));
  }
});

describe('swipeOf', () => {
  for (const [title, way, swipe] of [
    ['a finger that went nowhere', [spot(0, 0), spot(3, 8, 50)], undefined],
    ['a quick way sideways', [spot(200, 0), spot(100, 4, 40)], 'left'],
    ['a slow way sideways', [spot(200, 0), spot(100, 4, 4000)], 'left'],
    ['a slow way up', [spot(0, 300), spot(0, 200, 4000)], 'up'],
    ['a flick down', [spot(0, 0), spot(0, 60, 40), spot(0, 120, 80)], 'down'],
    ['a slow drag down', [spot(0, 0), spot(0, 100, 800), spot(0, 220, 1600), spot(0, 222, 1640)], 'close'],
    ['a fast drag down that comes to rest', [spot(0, 0), spot(0, 220, 80), spot(0, 220, 600)], 'close'],
    ['a slow drag that did not go far', [spot(0, 0), spot(0, 60, 800), spot(0, 62, 840)], undefined],
    ['a drag that turned back', [spot(0, 0), spot(0, 200, 300), spot(0, 10, 600)], undefined],
  ] as const) {
    it(`${title} is ${swipe ?? 'none'}`, () => assert.equal(swipeOf(way), swipe));
  }

  it('nothing is none', () => assert.equal(swipeOf([]), undefined));
});

describe('isPair', () => {
  for (const [title, before, tap, pair] of [
    ['at once and near', spot(100, 100, 0), spot(110, 96, 200), true],
    ['too late', spot(100, 100, 0), spot(100, 100, 900), false],
    ['too far', spot(100, 100, 0), spot(280, 100, 200), false],
    ['the first', undefined, spot(100, 100), false],
  ] as const) {
    it(`${title}: ${pair}`, () => assert.equal(isPair(before, tap), pair));
  }
});

describe('leadsForward', () => {
  const frame = { left: 100, width: 200 };
  for (const [x, rtl, forward] of [
    [120, false, false],
    [280, false, true],
    [120, true, true],
    [280, true, false],
  ] as const) {
    it(`${x} ${rtl ? 'from right to left' : 'from left to right'}: ${forward}`, () =>
      assert.equal(leadsForward(x, frame, rtl), forward));
  }
});

it('a finger trembles a little', () => {
  assert.deepEqual([isStill(spot(0, 0), spot(6, 6)), isStill(spot(0, 0), spot(20, 0))], [true, false]);
});
