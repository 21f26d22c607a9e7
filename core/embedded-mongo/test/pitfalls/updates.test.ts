import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Double, Int32 } from 'bson';
import type { Document } from 'mongodb';
import { pitfallBench } from '../support/pitfalls.ts';
import { refusedWith } from '../support/refused.ts';

const { filled } = pitfallBench();

/** A document, an update, and what it becomes or the code that refuses it. */
type Row = readonly [
  before: Document,
  update: Document,
  after: Document | number,
  filter?: Document,
  options?: Document,
];

const rows: Readonly<Record<string, readonly Row[]>> = {
  '21: new fields come in name order, $rename appends, _id stays first and as it is': [
    [{}, { $set: { b: 1, a: 2 } }, { a: 2, b: 1 }],
    [{ x: 1, y: 2 }, { $rename: { x: 'z' } }, { y: 2, z: 1 }],
    [{ a: 1 }, { $set: { 9: 1, 10: 1 } }, { a: 1, 9: 1, 10: 1 }],
    [{}, { $set: { _id: 5 } }, 66],
    [{ a: 1 }, { $set: { _id: 0, a: 2 } }, { a: 2 }],
  ],
  '22: two operators on one path are refused with 40, an unknown one with 9': [
    [{ a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    [{ a: 1 }, { $set: { a: {}, 'a.b': 1 } }, 40],
    [{ a: 1 }, { $foo: { a: 1 } }, 9],
    [{ a: 1 }, { $rename: { a: 'b' }, $set: { b: 1 } }, 40],
  ],
  '23: a path through a scalar, null or array is refused with 28; positions are padded; $unset leaves null': [
    [{ a: 1 }, { $set: { 'a.b': 1 } }, 28],
    [{ a: null }, { $set: { 'a.b': 1 } }, 28],
    [{ a: [] }, { $set: { 'a.b': 1 } }, 28],
    [{ a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
    [{ a: [1, 2] }, { $unset: { 'a.0': 1 } }, { a: [null, 2] }],
    [{ a: 1 }, { $unset: { 'a.b': 1 } }, { a: 1 }],
  ],
  '24: $ needs an array condition (2), and an array filter must be used (9) and known (2)': [
    [{ a: [1, 2] }, { $set: { 'a.$': 9 } }, 2],
    [{ a: [1, 2] }, { $set: { 'a.$': 9 } }, { a: [1, 9] }, { a: 2 }],
    [{ a: [1, 2] }, { $set: { b: 1 } }, 9, {}, { arrayFilters: [{ x: 1 }] }],
    [{ a: [1, 2] }, { $set: { 'a.$[x]': 0 } }, 2],
    [{ a: [1, 2, 3] }, { $set: { 'a.$[x]': 0 } }, { a: [1, 0, 0] }, {}, { arrayFilters: [{ x: { $gt: 1 } }] }],
    [{ a: [{ b: [1, 2] }] }, { $inc: { 'a.$[].b.$[]': 1 } }, { a: [{ b: [2, 3] }] }],
  ],
  '25: $pull is a query on elements; $addToSet takes 1 for 1.0 and minds the order of fields': [
    [{ a: [{ x: 1, y: 1 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }, { a: [{ x: 2 }] }],
    [{ a: [1, 5, 9] }, { $pull: { a: { $gt: 4 } } }, { a: [1] }],
    [{ a: [{ x: 1 }, { x: 2 }, { x: 3 }] }, { $pull: { a: { $or: [{ x: 1 }, { x: 3 }] } } }, { a: [{ x: 2 }] }],
    [{ a: [new Int32(1)] }, { $addToSet: { a: new Double(1) } }, { a: [1] }],
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
    [{ a: 1 }, { $push: { a: 1 } }, 2],
  ],
};

for (const [fact, list] of Object.entries(rows)) {
  test(fact, async () => {
    for (const [before, update, after, filter = {}, options = {}] of list) {
      const collection = await filled(before);
      const run = (): Promise<unknown> => collection.updateOne(filter, update, options);
      if (typeof after === 'number') {
        await assert.rejects(run(), refusedWith(after), JSON.stringify(update));
        assert.deepEqual(await collection.findOne({}), { _id: 0, ...before });
      } else {
        await run();
        const found = await collection.findOne({});
        assert.equal(JSON.stringify(found), JSON.stringify({ _id: 0, ...after }), JSON.stringify(update));
      }
    }
  });
}

test('26: nModified counts a change of bytes', async () => {
  const numbers = await filled({ a: new Int32(1) });
  assert.equal((await numbers.updateOne({}, { $set: { a: new Int32(1) } })).modifiedCount, 0);
  assert.equal((await numbers.updateOne({}, { $set: { a: new Double(1) } })).modifiedCount, 1);
  assert.equal((await numbers.updateOne({}, { $set: { a: new Double(1) } })).modifiedCount, 0);
  assert.equal((await numbers.updateOne({}, { $inc: { a: 0 } })).modifiedCount, 0);
});

test('27: updateMany keeps what it did before the first bad document', async () => {
  const mixed = await filled({ a: 1 }, { a: 'x' }, { a: 3 });
  await assert.rejects(mixed.updateMany({}, { $inc: { a: 1 } }), refusedWith(14));
  const after = await mixed.find({}, { sort: { _id: 1 } }).toArray();
  assert.deepEqual(
    after.map((one) => one['a'] as unknown),
    [2, 'x', 3],
  );
});

test('28: an upsert begins with the equalities of its filter', async () => {
  const cases: [Document, Document, Document][] = [
    [{ a: 1, 'b.c': 2 }, { $set: { z: 1 } }, { a: 1, b: { c: 2 }, z: 1 }],
    [{ a: { $gt: 1 }, b: { $in: [1, 2] }, c: { $eq: 3 } }, { $set: { z: 1 } }, { c: 3, z: 1 }],
    [{ $and: [{ a: 1 }, { b: 2 }] }, { $setOnInsert: { z: 1 } }, { a: 1, b: 2, z: 1 }],
    [{ $or: [{ a: 1 }, { a: 2 }] }, { $set: { z: 1 } }, { z: 1 }],
    [{ a: { $all: [5] } }, { $set: { z: 1 } }, { a: 5, z: 1 }],
  ];
  for (const [filter, update, wanted] of cases) {
    const empty = await filled();
    await empty.updateOne(filter, update, { upsert: true });
    assert.deepEqual(await empty.findOne({}, { projection: { _id: 0 } }), wanted, JSON.stringify(filter));
  }
  const clash = await filled();
  await assert.rejects(clash.updateOne({ a: 1, 'a.b': 1 }, { $set: { z: 1 } }, { upsert: true }), refusedWith(54));
});

test('29: findAndModify is one step: no two workers get one job', async () => {
  const jobs = await filled(...Array.from({ length: 40 }, () => ({ locked: false })));
  const take = async (): Promise<unknown> =>
    (await jobs.findOneAndUpdate({ locked: false }, { $set: { locked: true } }))?.['_id'];
  const taken = await Promise.all(Array.from({ length: 60 }, take));
  const got = taken.filter((id) => id !== undefined);
  assert.equal(new Set(got).size, 40);
  assert.equal(got.length, 40);
});
