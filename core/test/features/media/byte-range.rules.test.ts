import assert from 'node:assert/strict';
import test from 'node:test';
import { parseByteRanges } from '../../../src/features/media/byte-range.rules.ts';

type Expected = readonly (readonly [start: number, end: number])[] | null | undefined;

const CASES: readonly (readonly [header: string | undefined, size: number, expected: Expected])[] = [
  [undefined, 10, undefined],
  ['', 10, undefined],
  ['bytes=0-3', 10, [[0, 3]]],
  ['bytes=0-', 10, [[0, 9]]],
  ['bytes=9-9', 10, [[9, 9]]],
  ['bytes=4-99', 10, [[4, 9]]],
  ['bytes=0-99999999999999999999', 10, [[0, 9]]],
  ['bytes=-3', 10, [[7, 9]]],
  ['bytes=-99', 10, [[0, 9]]],
  ['bytes=10-', 10, null],
  ['bytes=99999999999999999999-', 10, null],
  ['bytes=-0', 10, null],
  ['bytes=-3', 0, null],
  ['bytes=0-', 0, null],
  ['bytes=5-4', 10, undefined],
  ['bytes=-', 10, undefined],
  ['bytes=', 10, undefined],
  ['bytes=,', 10, undefined],
  ['bytes=a-b', 10, undefined],
  ['bytes=1.5-2', 10, undefined],
  ['bytes=+1-2', 10, undefined],
  ['items=0-3', 10, undefined],
  ['Bytes=0-3', 10, [[0, 3]]],
  [' bytes=0-3 ', 10, [[0, 3]]],
  [
    'bytes=0-9,5000-5009',
    10_000,
    [
      [0, 9],
      [5000, 5009],
    ],
  ],
  [
    'bytes=5000-5009 , 0-9',
    10_000,
    [
      [5000, 5009],
      [0, 9],
    ],
  ],
  [
    'bytes=0-9,,-10',
    10_000,
    [
      [0, 9],
      [9990, 9999],
    ],
  ],
  ['bytes=0-9,10-19', 10_000, [[0, 19]]],
  ['bytes=0-9,100-109', 10_000, [[0, 109]]],
  [
    'bytes=0-9,138-200',
    10_000,
    [
      [0, 9],
      [138, 200],
    ],
  ],
  ['bytes=0-9,137-200', 10_000, [[0, 200]]],
  ['bytes=0-,0-,0-,0-', 10_000, [[0, 9999]]],
  [
    'bytes=0-9,4000-4009,8000-8009,3-4005',
    10_000,
    [
      [0, 4009],
      [8000, 8009],
    ],
  ],
  [
    'bytes=8000-8009,0-9,4000-4009,3-4005',
    10_000,
    [
      [8000, 8009],
      [0, 4009],
    ],
  ],
  ['bytes=0-9,2000-2009,4000-4009,0-', 10_000, [[0, 9999]]],
  ['bytes=0-9,10000-', 10_000, [[0, 9]]],
  ['bytes=20000-,10000-', 10_000, null],
  ['bytes=0-9,nonsense', 10_000, undefined],
  ['bytes=0-9,9-5', 10_000, undefined],
  [listOf(16), 10_000_000, Array.from({ length: 16 }, (_, index) => [index * 1000, index * 1000])],
  [listOf(17), 10_000_000, undefined],
  [`bytes=0-9,${' '.repeat(2000)}5000-5009`, 10_000, undefined],
];

function listOf(count: number): string {
  return `bytes=${Array.from({ length: count }, (_, index) => `${index * 1000}-${index * 1000}`).join(',')}`;
}

for (const [header, size, expected] of CASES) {
  test(`of ${size} bytes, "${header?.slice(0, 80) ?? 'no header'}" asks for ${expected === undefined ? 'all' : JSON.stringify(expected)}`, () => {
    const ranges = parseByteRanges(header, size);
    assert.deepEqual(ranges?.map(({ start, end }) => [start, end]) ?? ranges, expected);
  });
}
