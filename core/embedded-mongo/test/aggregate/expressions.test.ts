import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Double, Long, ObjectId } from 'bson';
import { compileExpression } from '../../src/aggregate/expressions/compile.ts';
import { MongoError } from '../../src/errors.ts';
import type { Doc, Value } from '../../src/bson/values.ts';
import { fromPlain, toText } from '../support/ejson.ts';

function evaluate(expression: unknown, document: object): Doc {
  const root = fromPlain(document);
  const value = compileExpression(fromPlain({ e: expression }).get('e') ?? null)({
    root,
    current: root,
    variables: new Map(),
  });
  return value === undefined ? new Map<string, Value>() : new Map([['v', value]]);
}

const at = new Date('2026-03-29T01:30:15.042Z');

/** [expression, document, value] */
const answers: readonly (readonly [unknown, object, unknown])[] = [
  [{ $add: [1, Long.fromNumber(2)] }, {}, Long.fromNumber(3)],
  [{ $add: ['$d', 1000] }, { d: at }, new Date(at.getTime() + 1000)],
  [{ $subtract: ['$d', '$d'] }, { d: at }, Long.fromNumber(0)],
  [{ $divide: [6, 3] }, {}, new Double(2)],
  [{ $mod: [-5, 3] }, {}, -2],
  [{ $round: [2.5] }, {}, new Double(2)],
  [{ $round: [1.005, 2] }, {}, new Double(1)],
  [{ $trunc: [-1.7] }, {}, new Double(-1)],
  [{ $cond: [{ $gt: ['$a', 1] }, 'more', 'less'] }, { a: 2 }, 'more'],
  [{ $ifNull: ['$a', '$b', 'none'] }, { b: null }, 'none'],
  [{ $gt: ['$a', 5] }, { a: 'x' }, true],
  [{ $lt: ['$missing', null] }, {}, true],
  [{ $eq: [1, new Double(1)] }, {}, true],
  [{ $switch: { branches: [{ case: false, then: 1 }], default: 2 } }, {}, 2],
  [{ $let: { vars: { x: 2 }, in: { $multiply: ['$$x', '$a'] } } }, { a: 3 }, 6],
  [{ $size: '$a' }, { a: [1, 2] }, 2],
  [{ $in: [2, '$a'] }, { a: [1, 2] }, true],
  [{ $arrayElemAt: ['$a', -1] }, { a: [1, 2] }, 2],
  [{ $filter: { input: '$a', cond: { $gt: ['$$this', 1] } } }, { a: [1, 2, 3] }, [2, 3]],
  [{ $map: { input: '$a', as: 'x', in: { $add: ['$$x', 1] } } }, { a: [1, 2] }, [2, 3]],
  [{ $reduce: { input: '$a', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, { a: [1, 2, 3] }, 6],
  [{ $concatArrays: ['$a', [3]] }, { a: [1] }, [1, 3]],
  [{ $slice: ['$a', 1, 2] }, { a: [1, 2, 3, 4] }, [2, 3]],
  [{ $setUnion: [[2, 1], [2]] }, {}, [1, 2]],
  [{ $sum: '$a.b' }, { a: [{ b: 1 }, { b: 2 }, {}] }, 3],
  [{ $max: ['$a', 3, null] }, { a: 1 }, 3],
  [{ $concat: ['a', '$b'] }, { b: 'c' }, 'ac'],
  [{ $concat: ['a', '$b'] }, {}, null],
  [{ $toUpper: 'aé' }, {}, 'Aé'],
  [{ $substrCP: ['\u{1f600}bc', 1, 1] }, {}, 'b'],
  [{ $split: ['a,b', ','] }, {}, ['a', 'b']],
  [{ $trim: { input: ' a ' } }, {}, 'a'],
  [{ $regexMatch: { input: 'abc', regex: /^AB/i } }, {}, true],
  [{ $toString: '$o' }, { o: new ObjectId('0123456789abcdef01234567') }, '0123456789abcdef01234567'],
  [{ $toInt: '42' }, {}, 42],
  [{ $toDate: '2026-03-29T01:30:15.042Z' }, {}, at],
  [{ $convert: { input: 'x', to: 'int', onError: -1 } }, {}, -1],
  [{ $dateToString: { date: '$d', format: '%Y-%m-%d %H:%M:%S.%L' } }, { d: at }, '2026-03-29 01:30:15.042'],
  [
    { $dateToString: { date: '$d', format: '%Y-%m-%dT%H:%M%z', timezone: 'Europe/Paris' } },
    { d: at },
    '2026-03-29T03:30+0200',
  ],
  [{ $dayOfYear: '$d' }, { d: at }, 88],
  [{ $isoWeek: '$d' }, { d: at }, 13],
  [
    { $dateAdd: { startDate: new Date('2026-01-31T00:00:00Z'), unit: 'month', amount: 1 } },
    {},
    new Date('2026-02-28T00:00:00Z'),
  ],
  [{ $mergeObjects: ['$a', { y: 2 }] }, { a: { x: 1 } }, { x: 1, y: 2 }],
  [{ $objectToArray: '$a' }, { a: { x: 1 } }, [{ k: 'x', v: 1 }]],
  [{ $type: '$missing' }, {}, 'missing'],
  [{ $literal: '$a' }, { a: 1 }, '$a'],
  [{ x: '$a', y: '$missing' }, { a: 1 }, { x: 1 }],
];

for (const [expression, document, value] of answers) {
  test(`${JSON.stringify(expression)} on ${JSON.stringify(document)} is ${JSON.stringify(value)}`, () => {
    assert.equal(toText(evaluate(expression, document)), toText(fromPlain({ v: value })));
  });
}

for (const [expression, code] of [
  [{ $nothing: 1 }, 168],
  [{ $add: ['x', 1] }, 14],
  [{ $divide: [1, 0] }, 2],
  [{ $toInt: 'x' }, 241],
  [{ $size: 1 }, 17124],
] as const) {
  test(`${JSON.stringify(expression)} is refused with ${code}`, () => {
    assert.throws(
      () => evaluate(expression, {}),
      (error) => error instanceof MongoError && error.code === code,
    );
  });
}
