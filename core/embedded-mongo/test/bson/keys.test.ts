import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../src/bson/compare.ts';
import { decimalFromString } from '../../src/bson/decimal.ts';
import { compoundKey, keyOf } from '../../src/bson/keys.ts';
import { Int32, maxKey, minKey, undefinedValue } from '../../src/bson/values.ts';
import type { Value } from '../../src/bson/values.ts';
import { Random, anyValue, seedOf } from '../support/random.ts';

const PAIRS = Number(process.env['PAIRS'] ?? 50_000);

test('keys sort as their values compare', (context) => {
  const seed = seedOf();
  context.diagnostic(`SEED=${seed}`);
  const random = new Random(seed);
  for (let pair = 0; pair < PAIRS; pair++) {
    const left = anyValue(random);
    const right = anyValue(random);
    assert.equal(Buffer.compare(keyOf(left), keyOf(right)), compare(left, right), `pair ${pair} of SEED=${seed}`);
  }
});

test('compound keys sort by each component in its direction', (context) => {
  const seed = seedOf();
  context.diagnostic(`SEED=${seed}`);
  const random = new Random(seed);
  for (let pair = 0; pair < PAIRS / 5; pair++) {
    const directions = [random.chance(0.5), random.chance(0.5)];
    const left = [anyValue(random), anyValue(random)];
    const right = [random.chance(0.5) ? (left[0] ?? null) : anyValue(random), anyValue(random)];
    let expected = 0;
    for (const [at, descending] of directions.entries()) {
      expected ||= compare(left[at] ?? null, right[at] ?? null) * (descending ? -1 : 1);
    }
    assert.equal(
      Buffer.compare(compoundKey(left, directions), compoundKey(right, directions)),
      Math.sign(expected) || 0,
      `pair ${pair} of SEED=${seed}`,
    );
  }
});

const ascending: readonly (readonly Value[])[] = [
  [minKey],
  [undefinedValue],
  [null],
  [NaN, decimalFromString('NaN')],
  [-Infinity, decimalFromString('-Infinity')],
  [decimalFromString('-1E+400')],
  [-1, new Int32(-1), -1n],
  [0, -0, new Int32(0), 0n, decimalFromString('0'), decimalFromString('-0')],
  [decimalFromString('1E-400')],
  [decimalFromString('0.1')],
  [0.1],
  [1, new Int32(1), 1n, decimalFromString('1'), decimalFromString('1.0')],
  [9007199254740992, 9007199254740992n],
  [9007199254740993n, decimalFromString('9007199254740993')],
  [9007199254740994],
  [Number.MAX_VALUE],
  [decimalFromString('1E+400')],
  [Infinity, decimalFromString('Infinity')],
  [''],
  ['\0'],
  ['a'],
  ['a\0'],
  ['ab'],
  ['\uffff'],
  ['\u{1f600}'],
  [new Map()],
  [
    new Map<string, Value>([
      ['y', 1],
      ['x', 2],
    ]),
  ],
  [[]],
  [[1]],
  [false],
  [true],
  [maxKey],
];

test("the canonical order is MongoDB's, and equal values have equal keys", () => {
  for (const [left, group] of ascending.entries()) {
    for (const [right, others] of ascending.entries()) {
      for (const a of group) {
        for (const b of others) {
          assert.equal(Buffer.compare(keyOf(a), keyOf(b)), Math.sign(left - right), `${left} and ${right}`);
          assert.equal(compare(a, b), Math.sign(left - right), `${left} and ${right}`);
        }
      }
    }
  }
});
