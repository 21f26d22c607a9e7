import assert from 'node:assert/strict';
import test from 'node:test';
import { parseByteRange } from '../../../src/features/media/byte-range.rules.ts';

for (const [header, size, expected] of [
  [undefined, 10, undefined],
  ['', 10, undefined],
  ['bytes=0-3', 10, { start: 0, end: 3 }],
  ['bytes=0-', 10, { start: 0, end: 9 }],
  ['bytes=9-9', 10, { start: 9, end: 9 }],
  ['bytes=4-99', 10, { start: 4, end: 9 }],
  ['bytes=0-99999999999999999999', 10, { start: 0, end: 9 }],
  ['bytes=-3', 10, { start: 7, end: 9 }],
  ['bytes=-99', 10, { start: 0, end: 9 }],
  ['bytes=10-', 10, null],
  ['bytes=99999999999999999999-', 10, null],
  ['bytes=-0', 10, null],
  ['bytes=-3', 0, null],
  ['bytes=0-', 0, null],
  ['bytes=5-4', 10, undefined],
  ['bytes=-', 10, undefined],
  ['bytes=0-1,4-5', 10, undefined],
  ['bytes=a-b', 10, undefined],
  ['bytes=1.5-2', 10, undefined],
  ['bytes=+1-2', 10, undefined],
  ['items=0-3', 10, undefined],
  ['Bytes=0-3', 10, { start: 0, end: 3 }],
  [' bytes=0-3 ', 10, { start: 0, end: 3 }],
] as const) {
  test(`of ${size} bytes, "${header ?? 'no header'}" asks for ${expected === undefined ? 'all' : JSON.stringify(expected)}`, () => {
    assert.deepEqual(parseByteRange(header, size), expected);
  });
}
