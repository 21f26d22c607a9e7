import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../src/bson/compare.ts';
import { decode } from '../../src/bson/decode.ts';
import { encode } from '../../src/bson/encode.ts';
import { compoundKey, keyOf } from '../../src/bson/keys.ts';
import { Binary, DateTime, Int32, ObjectId, Timestamp } from '../../src/bson/values.ts';
import type { Value } from '../../src/bson/values.ts';

/** Bytes of the first buffer that documents are written into, and of the one for keys. */
const [FIRST, FIRST_OF_KEYS] = [64 * 1024, 4096];
/** More than is kept of a buffer that has grown. */
const LARGE = 2 * 1024 * 1024;

const binary = (length: number): Binary => new Binary(0, Buffer.alloc(length, 7));

const VALUES: readonly (readonly [what: string, value: Value])[] = [
  ['a double', 0.5],
  ['a text', 'some text'],
  ['a yes', true],
  ['a long', 5n],
  ['an int', new Int32(5)],
  ['an id', new ObjectId(Buffer.alloc(12, 1))],
  ['a date', new DateTime(5n)],
  ['a timestamp', new Timestamp(5n)],
  ['bytes', binary(40)],
  ['many bytes', binary(300_000)],
  ['a list', [new Int32(1), 2n, 'three']],
  ['a document', new Map<string, Value>([['inner', new Int32(1)]])],
];

for (const [what, value] of VALUES) {
  test(`${what} that reaches beyond the end of the buffer is written whole`, () => {
    for (let before = 0; before < 64; before += 1) {
      // A buffer that has grown so much is not kept.
      encode(new Map([['large', binary(LARGE)]]));
      const document = new Map<string, Value>([
        ['padding', binary(FIRST - before)],
        ['value', value],
      ]);
      assert.equal(compare(decode(encode(document)), document), 0, `${before} bytes before the end`);
    }
  });
}

test('keys of any length are what their parts are', () => {
  for (let length = FIRST_OF_KEYS - 64; length < FIRST_OF_KEYS * 20; length += 307) {
    const padding = 'p'.repeat(length);
    for (const [what, value] of VALUES) {
      const key = compoundKey([padding, value], [false, false]);
      assert.ok(key.equals(Buffer.concat([keyOf(padding), keyOf(value)])), `${what} after ${length}`);
    }
  }
});
