import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import { compileExpression } from '../../src/aggregate/expressions/compile.ts';
import { MongoError } from '../../src/errors.ts';
import type { Doc, Value } from '../../src/bson/values.ts';
import { fromPlain, toText } from '../support/ejson.ts';

function evaluate(expression: unknown, document: object): Doc {
  const root = fromPlain(document);
  const compiled = compileExpression(fromPlain({ e: expression }).get('e') ?? null);
  const value = compiled({ root, current: root, variables: new Map() });
  return value === undefined ? new Map<string, Value>() : new Map([['v', value]]);
}

const decimal = (text: string): Decimal128 => Decimal128.fromString(text);
const long = (value: number): Long => Long.fromNumber(value);

/** [expression, code] */
const refusals: readonly (readonly [unknown, number])[] = [
  [{ $add: ['x', 1] }, 14],
  [{ $add: [new Date(0), new Date(0)] }, 16612],
  [{ $subtract: ['x', 1] }, 14],
  [{ $multiply: ['x', 1] }, 14],
  [{ $divide: ['x', 1] }, 14],
  [{ $divide: [1, 0] }, 2],
  [{ $mod: [1, 0] }, 16610],
  [{ $mod: ['x', 1] }, 16611],
  [{ $pow: [0, -1] }, 28764],
  [{ $pow: ['x', 1] }, 28762],
  [{ $pow: [1, 'x'] }, 28763],
  [{ $log: ['x', 2] }, 28756],
  [{ $log: [8, 'x'] }, 28757],
  [{ $log: [0, 2] }, 28758],
  [{ $log: [8, 1] }, 28759],
  [{ $ln: -1 }, 28766],
  [{ $sqrt: -1 }, 28714],
  [{ $abs: 'x' }, 28765],
  [{ $round: ['x', 1] }, 51081],
  [{ $round: [1, 1.5] }, 51082],
  [{ $round: [1, 101] }, 51083],
  [{ $subtract: [1] }, 16020],
  [{ $cond: [1, 2] }, 16020],
  [{ $cond: { if: 1, then: 2 } }, 17082],
  [{ $cond: { if: 1, then: 2, else: 3, more: 4 } }, 17083],
  [{ $switch: { branches: [] } }, 40068],
  [{ $switch: { branches: [{ case: false, then: 1 }] } }, 40066],
  [{ $switch: { branches: [{ case: false }] } }, 40065],
  [{ $switch: { branches: 5 } }, 40061],
  [{ $switch: 5 }, 40060],
  [{ $let: { vars: {} } }, 16877],
  [{ $let: { in: 1 } }, 16876],
  [{ $ifNull: [1] }, 1257300],
  ['$$nothing', 17276],
  ['$a.', 15998],
  [{ $arrayElemAt: [1, 0] }, 28689],
  [{ $arrayElemAt: [[1], 'x'] }, 28690],
  [{ $arrayElemAt: [[1], 0.5] }, 28691],
  [{ $slice: [1, 1] }, 28724],
  [{ $slice: [[1], 'x'] }, 28725],
  [{ $slice: [[1], 1, 0] }, 28729],
  [{ $range: ['a', 1] }, 34443],
  [{ $range: [0, 1, 0] }, 34449],
  [{ $size: 'x' }, 17124],
  [{ $in: [1, 1] }, 40081],
  [{ $concatArrays: [1] }, 28664],
  [{ $reverseArray: 1 }, 34435],
  [{ $arrayToObject: 1 }, 40386],
  [{ $objectToArray: 1 }, 40390],
  [{ $mergeObjects: [1] }, 40400],
  [{ $filter: { input: 1, cond: true } }, 28651],
  [{ $filter: { input: [1] } }, 28650],
  [{ $filter: { input: [1], cond: true, nonsense: 1 } }, 28647],
  [{ $map: { input: 1, in: 1 } }, 16883],
  [{ $map: { input: [1] } }, 16882],
  [{ $reduce: { input: 1, initialValue: 0, in: 1 } }, 40080],
  [{ $setUnion: [1, [1]] }, 17043],
  [{ $setIntersection: [1, [1]] }, 17047],
  [{ $setDifference: [1, [1]] }, 17048],
  [{ $setEquals: [1, [1]] }, 17044],
  [{ $setIsSubset: [1, [1]] }, 17046],
  [{ $allElementsTrue: [1] }, 17040],
  [{ $anyElementTrue: [1] }, 17041],
  [{ $concat: ['a', 1] }, 16702],
  [{ $substrCP: ['a', 'x', 1] }, 34450],
  [{ $substrCP: ['a', -1, 1] }, 34455],
  [{ $substrBytes: ['é', 1, 1] }, 28656],
  [{ $strLenCP: null }, 34471],
  [{ $strLenBytes: 1 }, 34473],
  [{ $split: [1, ','] }, 40085],
  [{ $split: ['a', 1] }, 40086],
  [{ $split: ['a', ''] }, 40087],
  [{ $trim: { input: 1 } }, 50699],
  [{ $replaceOne: { input: 1, find: 'a', replacement: 'b' } }, 51746],
  [{ $replaceOne: { input: 'a', find: 1, replacement: 'b' } }, 51745],
  [{ $regexMatch: { input: 1, regex: 'a' } }, 51104],
  [{ $regexMatch: { input: 'a', regex: '(' } }, 51091],
  [{ $convert: { input: 'x', to: 'int' } }, 241],
  [{ $convert: { input: 1, to: 'nonsense' } }, 2],
  [{ $convert: { input: 1 } }, 9],
  [{ $toInt: '1.5' }, 241],
  [{ $toInt: 2147483648 }, 241],
  [{ $toLong: 1e30 }, 241],
  [{ $toObjectId: 'x' }, 241],
  [{ $toDate: 'x' }, 241],
  [{ $toDate: true }, 241],
  [{ $year: 'x' }, 16006],
  [{ $dateToString: { date: new Date(0), format: '%q' } }, 18536],
  [{ $dateToString: { date: new Date(0), timezone: 'Nowhere/Land' } }, 40485],
  [{ $dateToString: { format: '%Y' } }, 18628],
  [{ $bitAnd: [1.5] }, 14],
  [{ $firstN: { input: [1], n: 0 } }, 5787908],
  [{ $nonsense: 1 }, 168],
  [{ $add: [1], $subtract: [1, 1] }, 15983],
];
for (const [expression, code] of refusals) {
  test(`${JSON.stringify(expression)} is refused with ${code}`, () => {
    assert.throws(
      () => evaluate(expression, {}),
      (error) => {
        assert.ok(error instanceof MongoError, String(error));
        assert.equal(error.code, code, error.message);
        return true;
      },
    );
  });
}

/** [expression, value]: the widest type wins, and null goes through. */
const types: readonly (readonly [unknown, unknown])[] = [
  [{ $add: [1, 2] }, new Int32(3)],
  [{ $add: [2147483647, 1] }, long(2147483648)],
  [{ $add: [1, new Double(2)] }, new Double(3)],
  [{ $add: [1, decimal('0.1')] }, decimal('1.1')],
  [{ $add: [Long.MAX_VALUE, 1] }, new Double(9223372036854776000)],
  [{ $add: [null, 1] }, null],
  [{ $add: ['$missing', 1] }, null],
  [{ $multiply: [65536, 65536] }, long(4294967296)],
  [{ $subtract: [new Date(5000), 1000] }, new Date(4000)],
  [{ $subtract: [new Date(5000), new Date(1000)] }, long(4000)],
  [{ $add: [new Date(1000), 0.6] }, new Date(1001)],
  [{ $divide: [decimal('1'), 4] }, decimal('0.25')],
  [{ $mod: [decimal('5.5'), 2] }, decimal('1.5')],
  [{ $mod: [7, long(4)] }, long(3)],
  [{ $pow: [2, 3] }, new Int32(8)],
  [{ $pow: [2, 40] }, long(2 ** 40)],
  [{ $pow: [2, -1] }, new Double(0.5)],
  [{ $sqrt: 16 }, new Double(4)],
  [{ $abs: long(-5) }, long(5)],
  [{ $ceil: 1.2 }, new Double(2)],
  [{ $round: [new Int32(1234), -2] }, new Int32(1200)],
  [{ $avg: [[1, 2]] }, new Double(1.5)],
  [{ $avg: [[decimal('1'), decimal('2')]] }, decimal('1.5')],
  [{ $sum: [[1, 'x', null, long(2)]] }, long(3)],
  [{ $bitXor: [5, 1] }, new Int32(4)],
  [{ $bitNot: long(0) }, long(-1)],
  [{ $tsSecond: Timestamp.fromBits(5, 9) }, long(9)],
  [{ $stdDevPop: [[1, 3]] }, new Double(1)],
  [{ $maxN: { input: [1, null, 3, 2], n: 2 } }, [3, 2]],
  [{ $lastN: { input: [1, 2, 3], n: 2 } }, [2, 3]],
  [{ $binarySize: 'é' }, new Int32(2)],
  [{ $bsonSize: { a: 1 } }, new Int32(12)],
  [{ $slice: [[1, 2, 3], -2] }, [2, 3]],
  [{ $slice: [[1, 2, 3], -5, 2] }, [1, 2]],
  [{ $arrayElemAt: [null, 0] }, null],
  [{ $convert: { input: null, to: 'int', onNull: 7 } }, new Int32(7)],
  [{ $toBool: 'false' }, true],
  [{ $toLong: new Date(5) }, long(5)],
  [{ $toString: new Double(1) }, '1'],
  [{ $toDecimal: '1.50' }, decimal('1.50')],
];
for (const [expression, value] of types) {
  test(`${JSON.stringify(expression)} gives ${JSON.stringify(value)} of its type`, () => {
    assert.equal(toText(evaluate(expression, {})), toText(fromPlain({ v: value })));
  });
}
