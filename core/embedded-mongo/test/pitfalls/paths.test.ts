import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from 'mongodb';
import { pitfallBench } from '../support/pitfalls.ts';
import { refusedWith } from '../support/refused.ts';

const { filled, found } = pitfallBench();

/** What a filter finds among documents, without and with an index. */
type Row = readonly [filter: Document, documents: readonly Document[], wanted: readonly number[]];

const nulls: readonly Document[] = [{}, { a: null }, { a: [null, 1] }, { a: [] }, { a: 4 }, { a: [1] }];
const nested: readonly Document[] = [
  {},
  { a: 4 },
  { a: [{}] },
  { a: [] },
  { a: [1] },
  { a: { b: null } },
  { a: { b: 1 } },
];
const pairs: readonly Document[] = [{ a: [1, 2] }, { a: [[1, 2]] }, { a: [1, 2, 3] }, { a: [2, 1] }];

const rows: Readonly<Record<string, readonly Row[]>> = {
  '7: null means missing, null or an element null, and never an empty array': [
    [{ a: null }, nulls, [0, 1, 2]],
    [{ a: { $exists: false } }, nulls, [0]],
    [{ a: { $ne: null } }, nulls, [3, 4, 5]],
    [{ 'a.b': null }, nested, [0, 1, 2, 5]],
    [{ 'a.b': { $exists: false } }, nested, [0, 1, 2, 3, 4]],
  ],
  '8: two bounds may be met by two elements, unless $elemMatch asks for one': [
    [{ a: { $gt: 1, $lt: 3 } }, [{ a: [0, 5] }, { a: 2 }, { a: [2] }, { a: [0] }], [0, 1, 2]],
    [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, [{ a: [0, 5] }, { a: 2 }, { a: [2] }], [2]],
  ],
  '9: $ne, $nin and $not deny that any element is so': [
    [{ a: { $ne: 1 } }, [{ a: [1, 2] }, {}, { a: 1 }, { a: [2] }], [1, 3]],
    [{ a: { $nin: [1, 2] } }, [{ a: [1, 9] }, {}, { a: 3 }], [1, 2]],
    [{ a: { $not: { $gt: 5 } } }, [{ a: [1, 9] }, {}, { a: 3 }, { a: 'x' }], [1, 2, 3]],
  ],
  '10: an array in a filter is the whole array or one element': [
    [{ a: [1, 2] }, pairs, [0, 1]],
    [{ a: { $in: [[1, 2]] } }, pairs, [0, 1]],
    [{ a: { $all: [[1, 2]] } }, pairs, [0, 1]],
  ],
  '11: a number in a path is a position, a name, or a name in an element': [
    [{ 'a.0': 5 }, [{ a: [5] }, { a: { 0: 5 } }, { a: [{ 0: 5 }] }, { a: [1, 5] }], [0, 1, 2]],
    [{ 'a.0.b': 5 }, [{ a: [{ b: 5 }] }, { a: [{ b: 1 }, { b: 5 }] }, { a: { 0: { b: 5 } } }], [0, 2]],
  ],
};

for (const [fact, list] of Object.entries(rows)) {
  test(fact, async () => {
    for (const [filter, documents, wanted] of list) {
      const collection = await filled(...documents);
      assert.deepEqual(await found(collection, filter), wanted, `${JSON.stringify(filter)} without an index`);
      for (const path of ['a', 'a.b', 'a.0']) await collection.createIndex({ [path]: 1 }, {}, {});
      assert.deepEqual(await found(collection, filter), wanted, `${JSON.stringify(filter)} with indexes`);
    }
  });
}

test('12: an ascending sort takes the least element, a descending one the greatest, whatever the filter', async () => {
  const lists = await filled({ a: [5] }, { a: [1, 9] }, { a: [] }, { a: null }, { a: 3 });
  for (const index of [false, true]) {
    if (index) await lists.createIndex({ a: 1 }, {}, {});
    const order = async (filter: Document, direction: 1 | -1): Promise<unknown[]> =>
      (await lists.find(filter, { sort: { a: direction } }).toArray()).map((one) => one['_id'] as unknown);
    assert.deepEqual(await order({ a: { $gte: 5 } }, 1), [1, 0]);
    assert.deepEqual(await order({ a: { $gte: 5 } }, -1), [1, 0]);
    assert.deepEqual(await order({}, 1), [2, 3, 1, 4, 0]);
    assert.deepEqual(await order({}, -1), [1, 0, 4, 3, 2]);
  }
});

test('13: two arrays in one compound index are refused with 171, in one sort with 2', async () => {
  const both = await filled({ a: [1, 2], b: [3, 4] });
  await assert.rejects(both.find({}, { sort: { a: 1, b: 1 } }).toArray(), refusedWith(2));
  await assert.rejects(both.createIndex({ a: 1, b: 1 }, {}, {}), refusedWith(171));
  const later = await filled({ a: 1 });
  await later.createIndex({ a: 1, b: 1 }, {}, {});
  await assert.rejects(later.insertOne({ a: [1], b: [2] }), refusedWith(171));
  await assert.rejects(later.updateOne({}, { $set: { a: [1], b: [2] } }), refusedWith(171));
});
