import { assert } from 'chai';
import { isWorthKeeping, keepPosition, readPosition } from '../../src/viewer/positions.ts';
import { panBy, WHOLE, zoomAt } from '../../src/viewer/zoom.rules.ts';

const PICTURE = { width: 800, height: 400 };
const FRAME = { width: 800, height: 600 };

describe('zoomAt', () => {
  it('keeps the point under the pointer where it is', () => {
    const zoom = zoomAt(WHOLE, 2, { x: 100, y: 50 }, PICTURE, FRAME);
    assert.deepEqual(zoom, { scale: 2, x: -100, y: -50 });
    assert.deepEqual(zoomAt(zoom, 0.5, { x: 100, y: 50 }, PICTURE, FRAME), WHOLE);
  });

  for (const [title, factor, scale] of [
    ['no further than eight times', 100, 8],
    ['no smaller than the whole', 0.1, 1],
  ] as const) {
    it(title, () => assert.equal(zoomAt(WHOLE, factor, { x: 0, y: 0 }, PICTURE, FRAME).scale, scale));
  }
});

describe('panBy', () => {
  const near = { scale: 2, x: 0, y: 0 };

  it('stops at the picture’s edge', () => {
    assert.deepEqual(panBy(near, { x: 9999, y: -9999 }, PICTURE, FRAME), { scale: 2, x: 400, y: -100 });
  });

  it('leaves in the middle what is smaller than the frame', () => {
    assert.equal(panBy({ ...near, scale: 1.2 }, { x: 0, y: 50 }, PICTURE, FRAME).y, 0);
  });

  it('does not move the whole picture', () => {
    assert.deepEqual(panBy(WHOLE, { x: 50, y: 50 }, PICTURE, FRAME), WHOLE);
  });
});

describe('positions', () => {
  beforeEach(() => localStorage.removeItem('mf.positions'));

  for (const [title, seconds, duration, worth] of [
    ['in the middle of a long one', 100, 300, true],
    ['at its beginning', 3, 300, false],
    ['at its end', 296, 300, false],
    ['in a short one', 30, 45, false],
    ['in one without an end', 30, Infinity, false],
  ] as const) {
    it(`${title}: ${worth ? 'kept' : 'not kept'}`, () => assert.equal(isWorthKeeping(seconds, duration), worth));
  }

  it('one that was seen to its end starts over', () => {
    keepPosition('a', 100, 300);
    assert.equal(readPosition('a'), 100);
    keepPosition('a', 299, 300);
    assert.equal(readPosition('a'), undefined);
  });

  it('only the last two hundred are kept', () => {
    for (let n = 0; n < 205; n += 1) keepPosition(`m${n}`, 100, 300);
    assert.deepEqual([readPosition('m0'), readPosition('m204')], [undefined, 100]);
  });

  it('what is no list of ours is no error', () => {
    localStorage.setItem('mf.positions', '{"a":1}');
    assert.equal(readPosition('a'), undefined);
    localStorage.setItem('mf.positions', 'x');
    keepPosition('a', 100, 300);
    assert.equal(readPosition('a'), 100);
  });
});
