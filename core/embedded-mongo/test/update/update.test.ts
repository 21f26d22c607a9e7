import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal128, Double, Int32, Long } from 'bson';
import { MongoError } from '../../src/errors.ts';
import { parseUpdate } from '../../src/update/parse.ts';
import { fromPlain, toText } from '../support/ejson.ts';

const apply = (before: object, update: object, arrayFilters: object[] = [], matched = -1): string => {
  const given = fromPlain({ u: update, f: arrayFilters });
  const filters = given.get('f');
  return toText(
    parseUpdate(given.get('u') ?? null, Array.isArray(filters) ? filters : []).apply(fromPlain(before), matched, false),
  );
};

/** [before, update, after, array filters] */
const answers: readonly (readonly [object, object, object, object[]?])[] = [
  [{ a: new Double(5) }, { $inc: { a: new Int32(1) } }, { a: new Double(6) }],
  [{ a: new Int32(2147483647) }, { $inc: { a: 1 } }, { a: Long.fromNumber(2147483648) }],
  [
    { a: Decimal128.fromString('0.1') },
    { $inc: { a: Decimal128.fromString('0.2') } },
    { a: Decimal128.fromString('0.3') },
  ],
  [{}, { $mul: { a: new Double(3) } }, { a: new Double(0) }],
  [{}, { $mul: { a: Long.fromNumber(3) } }, { a: Long.fromNumber(0) }],
  [{}, { $set: { b: 1, a: 2 } }, { a: 2, b: 1 }],
  [{}, { $set: { b: 1 }, $inc: { a: 2 } }, { a: 2, b: 1 }],
  [{ z: 1, a: 2 }, { $rename: { z: 'y' } }, { a: 2, y: 1 }],
  [{ a: [1] }, { $set: { 'a.3': 9 } }, { a: [1, null, null, 9] }],
  [{ a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
  [{ a: [{ x: 1, y: 2 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }, { a: [{ x: 2 }] }],
  [{ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  [{ a: [1, 2, 1] }, { $pullAll: { a: [new Double(1)] } }, { a: [2] }],
  [{ a: [1] }, { $addToSet: { a: new Double(1) } }, { a: [1] }],
  [
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  [{ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
  [{ a: [3, 1] }, { $push: { a: { $each: [2], $sort: 1, $slice: -2 } } }, { a: [2, 3] }],
  [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: 0 } } }, { a: [9, 1, 2] }],
  [{ a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
  [{ a: 5 }, { $min: { a: 3 }, $max: { b: 7 } }, { a: 3, b: 7 }],
  [{ a: 5 }, { $max: { a: 3 } }, { a: 5 }],
  [
    { a: [{ g: 1 }, { g: 5 }] },
    { $set: { 'a.$[x].ok': true } },
    { a: [{ g: 1 }, { g: 5, ok: true }] },
    [{ 'x.g': { $gte: 5 } }],
  ],
  [{ a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { a: [11, 12] }],
  [{ a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  [{ _id: 1, a: 1 }, { b: 2 }, { _id: 1, b: 2 }],
  [{ a: 1 }, [{ $set: { b: { $add: ['$a', 1] } } }, { $unset: 'a' }], { b: 2 }],
];

for (const [before, update, after, filters] of answers) {
  test(`${JSON.stringify(update)} on ${JSON.stringify(before)} gives ${JSON.stringify(after)}`, () => {
    assert.equal(apply(before, update, filters), toText(fromPlain(after)));
  });
}

test('the positional operator changes the element that matched', () => {
  assert.equal(apply({ a: [1, 2] }, { $set: { 'a.$': 9 } }, [], 1), toText(fromPlain({ a: [1, 9] })));
});

test('names such as __proto__ are ordinary fields', () => {
  const update = JSON.parse('{"$set": {"__proto__.x": 1}}') as object;
  assert.equal(apply({}, update), toText(fromPlain(JSON.parse('{"__proto__": {"x": 1}}') as object)));
  assert.equal(({} as Record<string, unknown>)['x'], undefined);
});

/** [before, update, error code, array filters] */
const refusals: readonly (readonly [object, object, number, object[]?])[] = [
  [{ a: 'x' }, { $inc: { a: 1 } }, 14],
  [{ a: 1 }, { $inc: { a: 'x' } }, 14],
  [{ a: Long.MAX_VALUE }, { $inc: { a: 1 } }, 2],
  [{}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  [{}, { $set: { a: 1, 'a.b': 1 } }, 40],
  [{}, { $foo: { a: 1 } }, 9],
  [{ a: 1 }, { $set: { 'a.b': 1 } }, 28],
  [{ a: null }, { $set: { 'a.b': 1 } }, 28],
  [{ a: [] }, { $set: { 'a.b': 1 } }, 28],
  [{ a: [1] }, { $set: { 'a.$': 1 } }, 2],
  [{ a: [1] }, { $set: { b: 1 } }, 9, [{ x: 1 }]],
  [{ a: [1] }, { $set: { 'a.$[x]': 1 } }, 2],
  [{ a: 1 }, { $push: { a: 1 } }, 2],
  [{}, { $set: { '': 1 } }, 56],
  [{}, { a: 1, $set: { b: 1 } }, 52],
];

for (const [before, update, code, filters] of refusals) {
  test(`${JSON.stringify(update)} on ${JSON.stringify(before)} is refused with ${code}`, () => {
    assert.throws(
      () => apply(before, update, filters),
      (error) => error instanceof MongoError && error.code === code,
    );
  });
}
