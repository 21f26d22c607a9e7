import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal128, Double, Long, MaxKey, MinKey } from 'bson';
import { MongoError } from '../../src/errors.ts';
import { matches } from '../../src/match/matches.ts';
import { parseFilter } from '../../src/match/parse.ts';
import { fromPlain } from '../support/ejson.ts';

const nan = new Double(NaN);

/** [filter, document, whether it matches] */
const answers: readonly (readonly [object, object, boolean])[] = [
  // Values
  [{ a: 1 }, { a: new Double(1) }, true],
  [{ a: Long.fromNumber(1) }, { a: Decimal128.fromString('1.0') }, true],
  [{ a: Long.fromString('9007199254740993') }, { a: new Double(9007199254740992) }, false],
  [{ a: { $lt: 5 } }, { a: nan }, false],
  [{ a: { $lte: nan } }, { a: nan }, true],
  [{ a: { $lte: nan } }, { a: 1 }, false],
  [{ a: new Double(-0) }, { a: 0 }, true],
  [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, false],
  [{ a: { $gt: '\uffff' } }, { a: '\u{1f600}' }, true],
  [{ a: { $gt: 5 } }, { a: 'x' }, false],
  [{ a: { $gt: new MinKey() } }, { a: null }, true],
  [{ a: { $lt: new MaxKey() } }, { b: 1 }, true],
  [{ $expr: { $gt: ['$a', 5] } }, { a: 'x' }, true],
  [JSON.parse('{"__proto__": 1}') as object, JSON.parse('{"__proto__": 1}') as object, true],
  [{ constructor: { $exists: true } }, {}, false],
  // Null
  [{ a: null }, {}, true],
  [{ a: null }, { a: null }, true],
  [{ a: null }, { a: [1, null] }, true],
  [{ a: null }, { a: [] }, false],
  [{ 'a.b': null }, { a: 4 }, true],
  [{ 'a.b': null }, { a: [{}] }, true],
  [{ 'a.b': null }, { a: [] }, false],
  [{ 'a.b': null }, { a: [1] }, false],
  [{ 'a.b': { $exists: false } }, { a: [] }, true],
  [{ a: { $gte: null } }, {}, true],
  [{ a: { $gt: null } }, { a: null }, false],
  // Arrays and paths
  [{ a: { $gt: 1, $lt: 3 } }, { a: [0, 5] }, true],
  [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [0, 5] }, false],
  [{ a: { $ne: 1 } }, { a: [1, 2] }, false],
  [{ a: { $ne: 1 } }, {}, true],
  [{ a: { $nin: [1] } }, { a: [2] }, true],
  [{ a: { $not: { $gt: 1 } } }, { a: [0, 2] }, false],
  [{ a: [1, 2] }, { a: [1, 2] }, true],
  [{ a: [1, 2] }, { a: [[1, 2]] }, true],
  [{ a: [1, 2] }, { a: [1, 2, 3] }, false],
  [{ 'a.0': 1 }, { a: [1, 2] }, true],
  [{ 'a.0': 1 }, { a: { 0: 1 } }, true],
  [{ 'a.0': 1 }, { a: [{ 0: 1 }] }, true],
  [{ 'a.1': 1 }, { a: [1, 2] }, false],
  [{ 'a.0': 5 }, { a: [[5]] }, true],
  [{ 'a.b': 1 }, { a: [[{ b: 1 }]] }, false],
  [{ a: { $size: 2 } }, { a: [1, [2]] }, true],
  [{ a: { $all: [1, 2] } }, { a: [2, 3, 1] }, true],
  [{ a: { $all: [] } }, { a: [] }, false],
  [{ a: { $all: [{ $elemMatch: { b: 1 } }] } }, { a: [{ b: 1 }] }, true],
  [{ a: { $elemMatch: { b: 1, c: 2 } } }, { a: [{ b: 1 }, { c: 2 }] }, false],
  [{ 'a.b': 1, 'a.c': 2 }, { a: [{ b: 1 }, { c: 2 }] }, true],
  [{ a: { $type: 'array' } }, { a: [1] }, true],
  [{ a: { $type: 'int' } }, { a: [1] }, true],
  [{ a: { $type: 'number' } }, { a: 'x' }, false],
  [{ a: { $in: [/^b/, 1] } }, { a: 'bc' }, true],
  [{ a: /^a/ }, { a: /^a/ }, true],
  [{ a: { $regex: '^AB', $options: 'i' } }, { a: 'abc' }, true],
  [{ a: { $mod: [4, 1] } }, { a: 5 }, true],
  [{ a: { $bitsAllSet: [0, 2] } }, { a: 5 }, true],
  [{ $nor: [{ a: 1 }, { b: 1 }] }, { a: 2 }, true],
  [{ $or: [{ a: 1 }, { b: 1 }] }, { b: [1] }, true],
];

for (const [filter, document, expected] of answers) {
  test(`${JSON.stringify(filter)} ${expected ? 'finds' : 'does not find'} ${JSON.stringify(document)}`, () => {
    assert.equal(matches(parseFilter(fromPlain(filter)), fromPlain(document)), expected);
  });
}

/** [filter, error code] */
const refusals: readonly (readonly [object, number])[] = [
  [{ a: { $foo: 1 } }, 2],
  [{ $foo: 1 }, 2],
  [{ $and: [] }, 2],
  [{ a: { $in: 1 } }, 2],
  [{ a: { $not: 1 } }, 2],
  [{ a: { $size: -1 } }, 2],
  [{ a: { $mod: [0, 1] } }, 2],
  [{ a: { $type: 'nothing' } }, 2],
  [{ $where: 'true' }, 2],
  [{ $expr: { $foo: 1 } }, 168],
  [{ a: { $regex: '(' } }, 51091],
];

for (const [filter, code] of refusals) {
  test(`${JSON.stringify(filter)} is refused with ${code}`, () => {
    assert.throws(
      () => parseFilter(fromPlain(filter)),
      (error) => error instanceof MongoError && error.code === code,
    );
  });
}
